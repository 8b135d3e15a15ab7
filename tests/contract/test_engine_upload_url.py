"""`POST /upload_url`: files in place, and files fetched over HTTP."""

from __future__ import annotations

import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.clips.fixtures import ClipCache
from tests.contract.engine_child import Answer, EngineChild


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineChild]:
    """For what is refused, and may reach this computer."""
    with EngineChild(tmp_path_factory.mktemp("urls") / "data", "--allow-private-imports") as child:
        yield child


@pytest.fixture
def reaching(tmp_path: Path) -> Iterator[EngineChild]:
    """An engine of its own that may reach this computer."""
    with EngineChild(tmp_path / "data", "--allow-private-imports") as child:
        yield child


class _Site(http.server.BaseHTTPRequestHandler):
    video = b""

    def do_GET(self) -> None:
        name = self.path.partition("?")[0]
        if name == "/moved.mp4":
            self._answer(302, b"", Location="/pier%20one.mp4")
        elif name == "/escape.mp4":
            self._answer(302, b"", Location="file:///etc/hostname")
        elif name == "/ftp.mp4":
            self._answer(302, b"", Location="ftp://127.0.0.1/a.mp4")
        elif name == "/loop.mp4":
            self._answer(302, b"", Location="/loop.mp4")
        elif name == "/page.mp4":
            self._answer(200, b"<html>", **{"Content-Type": "text/html"})
        elif name == "/huge.mp4":
            self._answer(200, b"", **{"Content-Length": str(2 << 30)})
        elif name == "/cut.mp4":
            self._answer(200, self.video[:100], **{"Content-Length": str(len(self.video))})
        elif name in ("/pier%20one.mp4", "/empty.mp4"):
            self._answer(200, b"" if name == "/empty.mp4" else self.video)
        else:
            self._answer(404, b"nothing here")

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def site(clips: ClipCache) -> Iterator[str]:
    handler = type("Site", (_Site,), {"video": clips.silent().path.read_bytes()})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def _add(engine: EngineChild, url: str, *fields: tuple[str, str]) -> Answer:
    return engine.post_form("/upload_url", [("url", url), *fields])


@pytest.mark.parametrize("name", ["plain.mp4", "ü 'q\" %41 # ? &.MOV", "two\nlines.mkv", "ボート.avi", "a+b.mp4"])
def test_a_file_is_indexed_where_it_lies(engine: EngineChild, clips: ClipCache, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "my footage"
    folder.mkdir()
    shutil.copy(clips.silent().path, folder / name)
    data = _add(engine, (folder / name).as_uri()).data
    assert data["videoName"] == Path(name).stem
    record = engine.wait_indexed(data["videoNo"])
    assert record["status"] == "PARSE", record
    assert record["size"] == (folder / name).stat().st_size
    assert list((engine.data_dir / "videos").iterdir()) == []
    assert engine.post_json("/download", {"video_no": data["videoNo"]}).body == (folder / name).read_bytes()


def test_a_name_that_is_no_unicode_is_taken(engine: EngineChild, clips: ClipCache, tmp_path: Path) -> None:
    path = os.path.join(os.fsencode(tmp_path), b"bad\xff.mp4")  # noqa: PTH118 - bytes
    shutil.copy(os.fsencode(clips.silent().path), path)
    data = _add(engine, Path(os.fsdecode(path)).as_uri()).data
    assert data["videoName"] == "bad\ufffd"
    assert engine.wait_indexed(data["videoNo"])["status"] == "PARSE"


def test_bad_paths_are_refused_readably(shared: EngineChild, tmp_path: Path) -> None:
    (tmp_path / "empty.mp4").touch()
    (tmp_path / "folder.mp4").mkdir()
    (tmp_path / "text.txt").write_text("x")
    os.mkfifo(tmp_path / "pipe.mp4")
    (tmp_path / "loop.mp4").symlink_to(tmp_path / "loop.mp4")
    base = tmp_path.as_uri()
    for name, words in (
        ("missing.mp4", "does not exist"),
        ("empty.mp4", "empty"),
        ("folder.mp4", "not a file"),
        ("pipe.mp4", "not a file"),
        ("text.txt", "Only videos"),
        ("loop.mp4", "cannot be read"),
        ("a%00.mp4", "absolute path"),
        ("n" * 300 + ".mp4", "cannot be read"),
    ):
        code, message = _add(shared, f"{base}/{name}").refusal
        assert code == "0001"
        assert words in message, name
    for url in ("file://server/share/a.mp4", "file:a.mp4", "file:"):
        assert _add(shared, url).refusal[0] == "0001"
    assert shared.post_json("/list_videos", {}).data["total_count"] == 0


def test_an_unreadable_file_is_refused(engine: EngineChild, clips: ClipCache, tmp_path: Path) -> None:
    path = tmp_path / "private.mp4"
    shutil.copy(clips.silent().path, path)
    path.chmod(0)
    answer = _add(engine, path.as_uri())
    if os.geteuid() == 0:  # root reads everything
        assert answer.data["videoNo"]
    else:
        assert "permission denied" in answer.refusal[1]


def test_a_truncated_file_fails_with_its_cause_and_the_rest_goes_on(
    engine: EngineChild, clips: ClipCache, tmp_path: Path
) -> None:
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(clips.silent().path.read_bytes()[:2000])
    first, second = (str(_add(engine, path.as_uri()).data["videoNo"]) for path in (cut, clips.silent().path))
    record = engine.wait_indexed(first)
    assert record["status"] == "FAILED"
    assert record["cause"]
    assert engine.wait_indexed(second)["status"] == "PARSE"


@pytest.mark.parametrize("path", ["/pier%20one.mp4", "/pier%20one.mp4?sig=1", "/moved.mp4"])
def test_a_file_is_fetched(reaching: EngineChild, site: str, path: str) -> None:
    data = _add(reaching, site + path, ("tags", "pier")).data
    assert data["videoName"] in ("pier one", "moved")
    assert reaching.wait_indexed(data["videoNo"])["status"] == "PARSE"
    assert len(list((reaching.data_dir / "videos").iterdir())) == 1


def test_nothing_is_fetched_from_this_computer_or_its_network(engine: EngineChild, site: str) -> None:
    port = site.rpartition(":")[2]
    for host in ("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "10.0.0.1", "169.254.169.254", "0.0.0.0"):
        code, message = _add(engine, f"http://{host}:{port}/pier%20one.mp4").refusal
        assert (code, "own network" in message) == ("0001", True), (host, message)


def test_bad_addresses_are_refused_readably(shared: EngineChild, site: str) -> None:
    before = shared.post_json("/list_videos", {}).data["total_count"]
    for name, words in (
        ("nope", "HTTP 404"),
        ("escape", "HTTP 302"),
        ("ftp", "away from http"),
        ("loop", "HTTP 302"),
        ("page", "a page"),
        ("huge", "too large"),
        ("empty", "empty"),
        ("cut", "broke"),
    ):
        assert words in _add(shared, f"{site}/{name}.mp4").refusal[1]
    addresses = ["", "nonsense", "ftp://x/a.mp4", "http://", "http:///a.mp4", "http://[::1/a.mp4", site + "/a.txt"]
    addresses += [site + "/stream.m3u8", "http://127.0.0.1:1/a.mp4", "http://127.0.0.1:99999/a.mp4", "javascript:1"]
    for address in addresses:
        code, message = _add(shared, address).refusal
        assert code == "0001", address
        assert message
        assert "Traceback" not in message
    assert list((shared.data_dir / "incoming").iterdir()) == []
    assert list((shared.data_dir / "videos").iterdir()) == []
    assert shared.post_json("/list_videos", {}).data["total_count"] == before


@pytest.mark.parametrize("fields", [[("unique_id", "")], [("datetime_taken", "x")], [("latitude", "1")]])
def test_fields_are_checked(shared: EngineChild, clips: ClipCache, fields: list[tuple[str, str]]) -> None:
    assert _add(shared, clips.silent().path.as_uri(), *fields).refusal[0] == "0001"


def test_only_a_form_is_taken(shared: EngineChild, clips: ClipCache) -> None:
    uri = clips.silent().path.as_uri()
    assert shared.post_json("/upload_url", {"url": uri}).refusal[0] == "0001"
    assert shared.post_parts("/upload_url", [("url", uri)]).refusal[0] == "0001"


def test_lenient_takes_json_and_multipart(lenient_engine: EngineChild, clips: ClipCache) -> None:
    uri = clips.silent().path.as_uri()
    answer = lenient_engine.post_json("/upload_url", {"url": uri, "tags": ["a", "b"], "callback": None})
    assert lenient_engine.metadata(answer.data["videoNo"])["tags"] == ["a", "b", "api"]
    answer = lenient_engine.post_parts("/upload_url", [("url", uri), ("tags", "c")])
    assert lenient_engine.metadata(answer.data["videoNo"])["tags"] == ["c", "api"]
