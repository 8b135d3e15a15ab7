"""The fetching process: real yt-dlp, ended when it must be."""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop_search.core.errors import Cancelled, FileProblem
from desktop_search.engine.scraping import process
from desktop_search.engine.scraping.worker import FoundPost, Job
from tests.clips.fixtures import ClipCache
from tests.support.platform import Platform

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
    tool.write_bytes(b"this is no program")
    assert _run(_job(platform, tmp_path, "dawn", tool=tool)).suffix == ".mp4"
