"""Sizes and numbers that no camera writes are refused before memory is asked for."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_search.core.errors import FileProblem
from desktop_search.core.token import CancelToken
from desktop_search.engine.indexing.analysis import analyse_image, analyse_video
from desktop_search.media.probe import probe
from tests.unit.bad_input.bombs import Size, huge_gif, huge_png, huge_video, many_tracks


@pytest.mark.parametrize(
    ("size", "cause"),
    [((16_000, 12_000), "too large to be decoded"), ((60_000, 60_000), "No picture could be read")],
)
def test_a_video_of_absurd_size_is_refused(tmp_path: Path, size: Size, cause: str) -> None:
    path = huge_video(tmp_path / "huge.avi", size)
    with pytest.raises(FileProblem, match=cause):
        analyse_video(path, name="huge", report=lambda done: None, token=CancelToken())


@pytest.mark.parametrize(("count", "cause"), [(129, "more than 128 tracks"), (900, "far too many tracks")])
def test_a_video_of_very_many_tracks_is_refused(tmp_path: Path, count: int, cause: str) -> None:
    with pytest.raises(FileProblem, match=cause):
        probe(many_tracks(tmp_path / "tracks.mov", count))


def test_many_tracks_of_sound_are_no_reason_to_refuse(tmp_path: Path) -> None:
    assert probe(many_tracks(tmp_path / "tracks.mov", 40)).has_audio


@pytest.mark.parametrize("make", [huge_png, huge_gif])
def test_a_picture_of_absurd_size_is_refused(tmp_path: Path, make: Callable[[Path, Size], Path]) -> None:
    path = make(tmp_path / "huge", (60_000, 60_000))
    tracemalloc.start()
    with pytest.raises(FileProblem, match="too large to be opened"):
        analyse_image(path, name="huge")
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak_bytes < 64 << 20
