from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from desktop_search.core.token import CancelToken
from desktop_search.engine.indexing.decoding import Copier, Decoder
from desktop_search.engine.indexing.results import VideoInfo
from desktop_search.engine.indexing.sparse import sparse_frames
from desktop_search.engine.indexing.videos import Seen, look_through
from desktop_search.media.opening import open_video
from desktop_search.media.probe import probe
from tests.unit.engine_indexing.drawing import Pixels, noisy, scenery, write_video


def look(path: Path, *, whole: bool) -> Seen:
    facts = probe(path)
    info = VideoInfo(facts.duration_ms, facts.width, facts.height, facts.rate, facts.has_audio)
    limit_ms = 10**9 if whole else 0
    return look_through(path, info, report=lambda done: None, token=CancelToken(), whole_up_to_ms=limit_ms)


def shots(*lengths: int) -> list[Pixels]:
    scenes = [(scenery(seed, 320, 180), count) for seed, count in enumerate(lengths)]
    return [noisy(picture, number) for picture, count in scenes for number in range(count)]


@pytest.mark.parametrize(
    ("gop", "codec"), [(1, "libx264"), (12, "mpeg4"), (50, "libx264"), (90, "mpeg4"), (250, "libx264")]
)
def test_cuts_of_long_videos_are_exact(tmp_path: Path, gop: int, codec: str) -> None:
    path = write_video(tmp_path / "cut.mp4", shots(137, 60, 41, 130), gop=gop, codec=codec)
    starts = [one.start_ms for one in look(path, whole=True).segments]
    sparse = look(path, whole=False)
    assert starts == [0, 5480, 7880, 9520]
    assert [one.start_ms for one in sparse.segments] == starts
    assert sparse.segments[-1].end_ms == 14720


def test_long_videos_have_the_same_words(tmp_path: Path) -> None:
    path = write_video(tmp_path / "still.mp4", shots(200), gop=25)
    (whole,), (sparse,) = look(path, whole=True).segments, look(path, whole=False).segments
    assert set(sparse.words) == set(whole.words)
    assert sparse.words["static"] == whole.words["static"]


def test_without_key_frames_everything_is_decoded(tmp_path: Path) -> None:
    pictures = [np.ascontiguousarray(picture[:90, :160]) for picture in shots(950, 60)]
    path = write_video(tmp_path / "screen.mp4", pictures, gop=2000, codec="mpeg4")
    assert 38_000 in [one.start_ms for one in look(path, whole=False).segments]


def test_what_does_not_change_is_not_decoded(tmp_path: Path) -> None:
    path = write_video(tmp_path / "still.mp4", shots(400), gop=40)
    with open_video(path) as (container, stream):
        decoder = Decoder(container, stream, CancelToken())
        times = [timed.at_ms for timed in sparse_frames(decoder, Copier(None))]
    assert times == sorted(set(times))
    assert times[-1] == 15_960
    assert len(times) < 130
