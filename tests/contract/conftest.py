"""Engines for the tests of the contract."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop_search.api.client import VisualSearchClient
from tests.clips import Clip
from tests.clips.fixtures import ClipCache
from tests.contract.engine_child import EngineChild
from tests.contract.public_library import Shared, shared_engine

SUBTITLES = """1
00:00:00,500 --> 00:00:03,200
The boat is leaving the harbor at sunset.

2
00:00:04,500 --> 00:00:07,900
We follow the red ball: 100% across the green_field.

3
00:00:09,000 --> 00:00:10,000
Straßenfest, NAÏVE, "quoted".
"""


@dataclass(frozen=True)
class Harbour:
    """An engine with two videos in namespace "default": the harbour clip with all details, and a silent one."""

    engine: EngineChild
    clip: Clip
    video_no: str
    silent_no: str


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[EngineChild]:
    """An engine of its own, empty."""
    with EngineChild(tmp_path / "data") as child:
        yield child


@pytest.fixture
def lenient_engine(tmp_path: Path) -> Iterator[EngineChild]:
    """An engine that forgives what real clients get wrong."""
    with EngineChild(tmp_path / "data", "--lenient") as child:
        yield child


@pytest.fixture(scope="session")
def harbour(clips: ClipCache, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Harbour]:
    """Shared by all tests that only read; they must not add to namespace "default" nor delete."""
    with EngineChild(tmp_path_factory.mktemp("harbour") / "data") as child:
        clip, silent = clips.harbour(), clips.silent()
        film = tmp_path_factory.mktemp("Summer shoot") / "harbour.mp4"
        shutil.copy(clip.path, film)
        film.with_suffix(".srt").write_text(SUBTITLES)
        video_no = child.add_in_place(
            film,
            tags="sea,boat",
            camera_model="X100",
            datetime_taken="2026-03-14 09:20:00",
            latitude="57.7",
            longitude="11.97",
        )
        silent_no = child.add_in_place(silent.path)
        for each in (video_no, silent_no):
            assert child.wait_indexed(each)["status"] == "PARSE", child.log
        yield Harbour(child, clip, video_no, silent_no)


@pytest.fixture
def client(engine: EngineChild) -> Iterator[VisualSearchClient]:
    """The program's client of the test's own engine."""
    made = VisualSearchClient(engine.url, engine.key)
    yield made
    made.close()


@pytest.fixture
def reader(harbour: Harbour) -> Iterator[VisualSearchClient]:
    """A client of the shared engine, for reading."""
    made = VisualSearchClient(harbour.engine.url, harbour.engine.key)
    yield made
    made.close()


@pytest.fixture(scope="session")
def shared(clips: ClipCache, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    """An engine with a public library, for tests that only read."""
    with shared_engine(clips, tmp_path_factory.mktemp("public"), SUBTITLES) as made:
        yield made
