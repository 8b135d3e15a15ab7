"""`POST /upload`: streamed to disk, validated, and nothing left behind when it goes wrong."""

from __future__ import annotations

import re
import resource
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.clips.fixtures import ClipCache
from tests.contract.engine_child import BASE, EngineChild
from tests.support.waiting import wait_until


def _incoming(engine: EngineChild) -> list[Path]:
    return list((engine.data_dir / "incoming").iterdir())


def _kept(engine: EngineChild) -> list[Path]:
    return list((engine.data_dir / "videos").iterdir())


def _upload(engine: EngineChild, video: bytes, *fields: tuple[str, str], name: str = "harbour.mp4") -> Any:
    return engine.post_parts("/upload", [("file", (name, video, "video/mp4")), *fields])


@pytest.fixture
def video(clips: ClipCache) -> bytes:
    return clips.silent().path.read_bytes()


def test_an_upload_is_kept_and_indexed(engine: EngineChild, video: bytes) -> None:
    data = _upload(engine, video, ("unique_id", "field work")).data
    assert set(data) == {"videoNo", "videoName", "videoStatus", "uploadTime"}
    assert re.fullmatch(r"VI\d{18}", data["videoNo"])
    assert (data["videoName"], data["videoStatus"]) == ("harbour", "UNPARSE")
    assert data["uploadTime"].isdecimal()
    assert engine.wait_indexed(data["videoNo"], "field work")["status"] == "PARSE"
    assert engine.search("purple", unique_id="field work")[0]["videoNo"] == data["videoNo"]
    answer = engine.post_json("/download", {"video_no": data["videoNo"], "unique_id": "field work"})
    assert answer.body == video
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert _incoming(engine) == []


def test_the_same_file_twice_is_two_videos(engine: EngineChild, video: bytes) -> None:
    assert _upload(engine, video).data["videoNo"] != _upload(engine, video).data["videoNo"]


@pytest.mark.parametrize(
    ("fields", "tags"),
    [
        ([("tags", "a"), ("tags", "b")], ["a", "b", "api"]),
        ([("tags[0]", "a"), ("tags[1]", "b")], ["a", "b", "api"]),
        ([("tags[]", "a"), ("tags[]", "a")], ["a", "api"]),
        ([("tags", "a, b")], ["a", "b", "api"]),
        ([("tags", "api")], ["api"]),
        ([], ["api"]),
    ],
)
def test_tags_come_in_every_form(
    engine: EngineChild, video: bytes, fields: list[tuple[str, str]], tags: list[str]
) -> None:
    assert engine.metadata(_upload(engine, video, *fields).data["videoNo"])["tags"] == tags


@pytest.mark.parametrize(
    "name",
    ["ボート ü.MP4", "quo\"te's.mov", "100%#?.mkv", "two\nlines.avi", "../../etc/passwd.mp4", "C:\\x\\y.mp4", "..mp4"],
)
def test_any_name_is_taken_and_leads_nowhere(engine: EngineChild, video: bytes, name: str) -> None:
    data = _upload(engine, video, name=name).data
    expected = Path(name.replace("\\", "/")).stem
    assert data["videoName"] == expected
    assert [file.name for file in _kept(engine)] == [f"{data['videoNo']}{Path(name).suffix.lower()}"]
    assert engine.post_json("/download", {"video_no": data["videoNo"]}).body == video


_REFUSED: list[list[tuple[str, Any]]] = [
    [],
    [("file", "text")],
    [("file", ("a.txt", b"x", "video/mp4"))],
    [("file", ("a.mp4", b"x", "image/png"))],
    [("file", ("a.mp4", b"x", "application/octet-stream"))],
    [("file", ("a.mp4", b"", "video/mp4"))],
    [("movie", ("a.mp4", b"x", "video/mp4"))],
    [("file", ("a.mp4", b"x", "video/mp4")), ("file", ("b.mp4", b"x", "video/mp4"))],
    *(
        [("file", ("a.mp4", b"x", "video/mp4")), *fields]
        for fields in (
            [("unique_id", "")],
            [("datetime_taken", "14.3.2026")],
            [("datetime_taken", "")],
            [("callback", "http://x/" + "c" * 291)],
            [("camera_model", "c" * 201)],
            [("latitude", "1")],
            [("latitude", "north"), ("longitude", "1")],
            [("latitude", "91"), ("longitude", "1")],
            [("latitude", "1e999"), ("longitude", "1")],
            [("tags", f"t{number}") for number in range(21)],
            [("retain_original_video", "maybe")],
            [("folder_id", "5")],
            [("video_transcription_prompt", "p" * 70_000)],
        )
    ),
]


@pytest.mark.parametrize("parts", _REFUSED, ids=[str(number) for number in range(len(_REFUSED))])
def test_what_is_refused_leaves_nothing(harbourless: EngineChild, parts: list[tuple[str, Any]]) -> None:
    answer = harbourless.post_parts("/upload", parts)
    assert answer.status == 200
    assert answer.refusal[0] in ("0001", "0003")
    assert _incoming(harbourless) == []
    assert _kept(harbourless) == []
    assert harbourless.post_json("/list_videos", {}).data["total_count"] == 0


@pytest.fixture(scope="module")
def harbourless(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineChild]:
    with EngineChild(tmp_path_factory.mktemp("refusals") / "data") as child:
        yield child


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"{}"),
        ("multipart/form-data", b"--b\r\n"),
        ("multipart/form-data; boundary=b", b""),
        ("multipart/form-data; boundary=b", b"no multipart"),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n',
        ),
        (
            "multipart/form-data; boundary=b",
            (
                b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n'
                b"Content-Type: video/mp4\r\n\r\nhalf"
            ),
        ),
    ],
)
def test_broken_bodies_leave_nothing(harbourless: EngineChild, content_type: str, body: bytes) -> None:
    answer = harbourless.send("POST", "/upload", body, {"Content-Type": content_type})
    assert answer.refusal[0] in ("0001", "0003")
    assert _incoming(harbourless) == []


def test_more_than_3_gb_is_refused_before_it_is_sent(engine: EngineChild) -> None:
    connection = engine.connect()
    connection.putrequest("POST", BASE + "/upload")
    for name, value in (
        ("Authorization", engine.key),
        ("Content-Type", "multipart/form-data; boundary=b"),
        ("Content-Length", str(4 << 30)),
        ("Expect", "100-continue"),
    ):
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    assert b"too large" in answer.read()
    connection.close()


def test_a_client_that_goes_away_leaves_nothing(engine: EngineChild) -> None:
    connection = engine.connect()
    connection.putrequest("POST", BASE + "/upload")
    connection.putheader("Authorization", engine.key)
    connection.putheader("Content-Type", "multipart/form-data; boundary=b")
    connection.putheader("Content-Length", str(64 << 20))
    connection.endheaders()
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\nContent-Type: video/mp4\r\n\r\n'
    connection.send(head + b"\0" * (8 << 20))
    wait_until(lambda: any(file.stat().st_size > 0 for file in _incoming(engine)), "it is being written")
    connection.close()
    wait_until(lambda: _incoming(engine) == [], "the partial file is gone")
    assert "Traceback" not in engine.log


def test_a_full_disk_is_said_and_leaves_nothing(engine: EngineChild) -> None:
    resource.prlimit(engine.process.pid, resource.RLIMIT_FSIZE, (6 << 20, resource.RLIM_INFINITY))
    code, message = _upload(engine, b"\0" * (16 << 20)).refusal
    assert code == "0001"
    assert "no room" in message
    assert _incoming(engine) == []
    assert engine.post_json("/list_videos", {}).data["total_count"] == 0


def test_a_large_upload_stays_out_of_memory(engine: EngineChild) -> None:
    """200 MB, while the engine's memory grows by less than a tenth of that."""

    def resident_kb() -> int:
        status = Path(f"/proc/{engine.process.pid}/status").read_text()
        match = re.search(r"VmRSS:\s+(\d+)", status)
        return int(match.group(1)) if match else 0

    def body() -> Iterator[bytes]:
        yield (
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="big.mp4"\r\nContent-Type: video/mp4\r\n\r\n'
        )
        for _ in range(200):
            yield b"\0" * (1 << 20)
            most.append(resident_kb())
        yield b'\r\n--b\r\nContent-Disposition: form-data; name="tags"\r\n\r\nlate\r\n--b--\r\n'

    engine.get("/list_unique_ids")
    before, most = resident_kb(), [0]
    answer = engine.send("POST", "/upload", body(), {"Content-Type": "multipart/form-data; boundary=b"})
    assert engine.metadata(answer.data["videoNo"])["tags"] == ["late", "api"]
    assert max(most) - before < 20_000
    assert _kept(engine)[0].stat().st_size == 200 << 20


def test_nothing_is_kept_when_asked(engine: EngineChild, video: bytes) -> None:
    video_no = _upload(engine, video, ("retain_original_video", "False")).data["videoNo"]
    record = engine.wait_indexed(video_no)
    assert record["status"] == "PARSE"
    assert "blob" not in record
    assert _kept(engine) == []
    assert engine.post_json("/download", {"video_no": video_no}).refusal == ("0001", "video not found")
    assert engine.search("purple")


def test_several_uploads_at_once(engine: EngineChild, video: bytes) -> None:
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(_upload(engine, video).data["videoNo"])) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 6
    assert engine.post_json("/list_videos", {}).data["total_count"] == 6


def test_lenient_takes_a_part_without_a_type(lenient_engine: EngineChild, video: bytes) -> None:
    parts = [("file", ("a.mp4", video, "application/octet-stream"))]
    assert lenient_engine.post_parts("/upload", parts).data["videoNo"]
