"""The fetching process: real yt-dlp, ended when it must be."""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import av
import pytest

from desktop_search.core.errors import Cancelled, FileProblem
from desktop_search.engine.scraping import process
from desktop_search.engine.scraping.worker import FoundPost, Job
from tests.clips import Scene, make_clip
from tests.clips.fixtures import ClipCache
from tests.support.platform import Platform

MANIFEST = """<?xml version="1.0"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT2S"><Period>
<AdaptationSet mimeType="video/mp4">
<Representation id="1" codecs="avc1.4d401f" width="320" height="180" bandwidth="90000"><BaseURL>{url}/high.mp4</BaseURL>
</Representation>
<Representation id="2" codecs="avc1.4d401f" width="256" height="144" bandwidth="9000"><BaseURL>{url}/low.mp4</BaseURL>
</Representation></AdaptationSet>
<AdaptationSet mimeType="audio/mp4">
<Representation id="3" codecs="mp4a.40.2" bandwidth="9000"><BaseURL>{url}/sound.m4a</BaseURL></Representation>
</AdaptationSet></Period></MPD>
"""
NEWER = """
class YoutubeDL:
    def __init__(self, options):
        self.options = options
    def __enter__(self):
        return self
    def __exit__(self, *_):
        pass
    def extract_info(self, address, download):
        return {"id": "7", "title": "by the newer copy", "webpage_url": address, "duration": 2.5}
    def process_ie_result(self, info, download):
        open(self.options["outtmpl"] % {"ext": "webm"}, "wb").write(b"newer")
"""


@pytest.fixture
def platform(clips: ClipCache) -> Iterator[Platform]:
    with Platform({"dawn": clips.silent().path}) as served:
        yield served


def _job(platform: Platform, folder: Path, name: str, **more: Any) -> Job:
    host, _, port = platform.place.partition(":")
    places = ((host, int(port)),)
    return Job(False, platform.post(name), ("generic",), folder / "50% post", places=places, **more)


def _never() -> bool:
    return False


def _run(job: Job, seen: list[FoundPost] | None = None, stopped: Callable[[], bool] = _never, **more: Any) -> Any:
    def wanted(found: FoundPost) -> bool:
        (seen if seen is not None else []).append(found)
        return True

    return process.run(job, wanted=wanted, report=lambda _: None, stopped=stopped, **more)


def test_a_post_is_fetched(platform: Platform, clips: ClipCache, tmp_path: Path) -> None:
    seen: list[FoundPost] = []
    path = _run(_job(platform, tmp_path, "dawn"), seen)
    assert path == tmp_path / "50% post.mp4"
    assert path.read_bytes() == clips.silent().path.read_bytes()
    assert (seen[0].post_id, seen[0].title, seen[0].address) == ("dawn", "dawn", platform.post("dawn"))


def test_what_is_not_wanted_is_not_fetched(platform: Platform, tmp_path: Path) -> None:
    job = _job(platform, tmp_path, "dawn")
    assert process.run(job, wanted=lambda _: False, report=lambda _: None, stopped=_never) is None
    assert list(tmp_path.iterdir()) == []


def test_a_large_post_is_refused(platform: Platform, tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="too large"):
        _run(_job(platform, tmp_path, "dawn", size_max_bytes=1000))


@pytest.mark.parametrize(("height", "width"), [(180, 320), (144, 256), (45, 256)])
def test_picture_and_sound_that_come_apart_are_put_together(
    platform: Platform, clips: ClipCache, tmp_path: Path, height: int, width: int
) -> None:
    small = make_clip(tmp_path / "small.mp4", [Scene(2, "purple")], size=(256, 144)).path
    _only(clips.silent().path, "video", _served(platform, tmp_path, "/high.mp4"))
    _only(small, "video", _served(platform, tmp_path, "/low.mp4"))
    _only(clips.harbour().path, "audio", _served(platform, tmp_path, "/sound.m4a"))
    (tmp_path / "apart.mpd").write_text(MANIFEST.format(url=platform.url))
    platform.serve("/apart.mpd", tmp_path / "apart.mpd")
    host, _, port = platform.place.partition(":")
    target = tmp_path / "fetched" / "post"
    target.parent.mkdir()
    job = Job(False, f"{platform.url}/apart.mpd", ("generic",), target, height=height, places=((host, int(port)),))
    path = _run(job)
    assert list(target.parent.iterdir()) == [path]
    with av.open(str(path)) as made, av.open(str(clips.silent().path)) as original:
        assert (made.streams.video[0].width, len(made.streams.audio)) == (width, 1)
        assert made.streams.video[0].frames == original.streams.video[0].frames
        assert made.duration is not None
        assert sum(1 for _ in made.decode(video=0)) == made.streams.video[0].frames


def _served(platform: Platform, folder: Path, name: str) -> Path:
    platform.serve(name, folder / name.strip("/"))
    return folder / name.strip("/")


def _only(clip: Path, kind: str, target: Path) -> None:
    """One stream of a clip, in a file of its own."""
    with av.open(str(clip)) as source, av.open(str(target), "w", format="mp4") as made:
        stream = getattr(source.streams, kind)[0]
        into = made.add_stream_from_template(stream)
        for packet in source.demux(stream):
            if packet.dts is not None:
                packet.stream = into
                made.mux(packet)


def test_only_the_extractors_named_are_used(platform: Platform, tmp_path: Path) -> None:
    job = Job(False, platform.post("dawn"), (r"tiktok(:.*)?",), tmp_path / "post", inside=True)
    with pytest.raises(FileProblem, match="No suitable extractor"):
        _run(job)


@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://127.0.0.1:9/a.mp4"])
def test_neither_files_nor_the_inside_are_read(platform: Platform, tmp_path: Path, address: str) -> None:
    with pytest.raises(FileProblem, match="could not be fetched"):
        _run(Job(False, address, ("generic",), tmp_path / "post", places=(("127.0.0.1", 1),)))


def test_silence_ends_it(platform: Platform, tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="too long"):
        _run(_job(platform, tmp_path, "endless"), stall_limit_s=2)


def test_it_is_ended_when_it_is_not_wanted_any_more(platform: Platform, tmp_path: Path) -> None:
    over = threading.Event()

    def wait() -> None:
        platform.wait_for_endless()
        over.set()

    thread = threading.Thread(target=wait)
    thread.start()
    with pytest.raises(Cancelled):
        _run(_job(platform, tmp_path, "endless"), stopped=over.is_set)
    thread.join()


def test_a_newer_copy_is_used_when_it_is_there(platform: Platform, tmp_path: Path) -> None:
    tool = tmp_path / "yt-dlp"
    with zipfile.ZipFile(tool, "w") as archive:
        archive.writestr("yt_dlp/__init__.py", NEWER)
    tool.write_bytes(b"#!/usr/bin/env python3\n" + tool.read_bytes())  # as releases are
    seen: list[FoundPost] = []
    path = _run(_job(platform, tmp_path, "dawn", tool=tool), seen)
    assert (path.name, path.read_bytes()) == ("50% post.mkv", b"newer")
    assert (seen[0].title, seen[0].duration_ms) == ("by the newer copy", 2500)
    path.unlink()
    tool.write_bytes(b"this is no program")
    assert _run(_job(platform, tmp_path, "dawn", tool=tool)).suffix == ".mp4"
