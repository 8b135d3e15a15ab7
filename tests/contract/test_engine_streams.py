"""`POST /upload_url` with playlists of pieces."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import pytest

from tests.clips.fixtures import ClipCache
from tests.contract.engine_child import EngineChild


@dataclass(frozen=True)
class Site:
    """Serves `files` by path."""

    url: str
    files: dict[str, bytes]

    def playlist(self, name: str, *pieces: str, before: str = "", after: str = "#EXT-X-ENDLIST") -> str:
        """Put one there; its address."""
        lines = ["#EXTM3U", before, *(f"#EXTINF:1,\n{piece}" for piece in pieces), after]
        self.files[f"/{name}"] = "\n".join(lines).encode()
        return f"{self.url}/{name}"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    files: dict[str, bytes] = {}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = files.get(self.path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.server_port}", files)
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def reaching(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineChild]:
    with EngineChild(tmp_path_factory.mktemp("streams") / "data", "--allow-private-imports") as child:
        yield child


def _muxed(clip: Path, form: str, **options: str) -> bytes:
    """The same video in another container."""
    made = BytesIO()
    with av.open(str(clip)) as source, av.open(made, "w", format=form, options=options) as target:
        stream = target.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(source.streams.video[0]):
            if packet.dts is not None:
                packet.stream = stream
                target.mux(packet)
    return made.getvalue()


def _cut(content: bytes, count: int) -> list[bytes]:
    size = -(-len(content) // count)
    return [content[start : start + size] for start in range(0, len(content), size)]


def _serve(site: Site, name: str, pieces: list[bytes]) -> list[str]:
    for number, piece in enumerate(pieces):
        site.files[f"/{name}{number}"] = piece
    return [f"{site.url}/{name}{number}" for number in range(len(pieces))]


def test_a_transport_stream_in_pieces_is_indexed(reaching: EngineChild, site: Site, clips: ClipCache) -> None:
    content = _muxed(clips.silent().path, "mpegts")
    address = site.playlist("pier.m3u8", *_serve(site, "ts", _cut(content, 3)))
    data = reaching.post_form("/upload_url", [("url", address)]).data
    assert data["videoName"] == "pier"
    record = reaching.wait_indexed(data["videoNo"])
    assert (record["status"], record["duration"], record["width"]) == ("PARSE", 2, 320), record
    assert record["blob"].endswith(".ts")
    place = {"bucket": record["bucket"], "blob": record["blob"]}
    assert reaching.get("/download", **place).body == content


def test_the_best_variant_is_taken_and_fragments_get_their_head(
    reaching: EngineChild, site: Site, clips: ClipCache
) -> None:
    content = _muxed(clips.silent().path, "mp4", movflags="frag_keyframe+empty_moov+default_base_moof")
    head, *fragments = _cut(content, 4)
    site.files["/init"] = head
    good = site.playlist("good", *_serve(site, "m4s", fragments), before=f'#EXT-X-MAP:URI="{site.url}/init"')
    variants = [f"#EXT-X-STREAM-INF:BANDWIDTH={rate}\n{url}" for rate, url in ((9, f"{site.url}/bad"), (80, good))]
    address = site.playlist("all.m3u8", before="\n".join(variants), after="")
    record = reaching.wait_indexed(reaching.post_form("/upload_url", [("url", address)]).data["videoNo"])
    assert (record["status"], record["duration"]) == ("PARSE", 2), record
    assert record["size"] == len(content)


def test_playlists_that_are_refused(reaching: EngineChild, site: Site) -> None:
    (piece,) = _serve(site, "one", [b"piece"])
    site.files["/none.m3u8"] = b"nothing of the kind"
    for address, words in (
        (site.playlist("relative.m3u8", piece, "two.ts"), "absolute"),
        (site.playlist("rooted.m3u8", "/two.ts"), "absolute"),
        (site.playlist("file.m3u8", "file:///etc/hostname"), "absolute"),
        (site.playlist("live.m3u8", piece, after=""), "live"),
        (site.playlist("key.m3u8", piece, before='#EXT-X-KEY:METHOD=AES-128,URI="k"'), "EXT-X-KEY"),
        (site.playlist("bytes.m3u8", piece, before="#EXT-X-BYTERANGE:5@0"), "EXT-X-BYTERANGE"),
        (site.playlist("empty.m3u8"), "between 1 and"),
        (site.playlist("variant.m3u8", before="#EXT-X-STREAM-INF:BANDWIDTH=1\nlow.m3u8", after=""), "absolute"),
        (site.playlist("gone.m3u8", piece, f"{site.url}/gone"), "HTTP 404"),
        (f"{site.url}/none.m3u8", "no playlist"),
    ):
        code, message = reaching.post_form("/upload_url", [("url", address)]).refusal
        assert (code, words in message) == ("0001", True), message
    assert list((reaching.data_dir / "incoming").iterdir()) == []


def test_a_playlist_does_not_lead_inside(engine: EngineChild, site: Site) -> None:
    address = site.playlist("inside.m3u8", "http://127.0.0.1/a")
    assert "network" in engine.post_form("/upload_url", [("url", address)]).refusal[1]
