"""Several frames in one pass are those that `frame_at` finds one by one; quick ones are frames of their own time."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from desktop_search.core.errors import Cancelled, FileProblem
from desktop_search.core.token import CancelToken
from desktop_search.media.stills import stills
from tests.clips import Scene, make_clip, read_frame_number
from tests.clips.fixtures import ClipCache


def numbers(path: Path, times_ms: list[int], *, is_exact: bool = True) -> list[int]:
    found = stills(path, times_ms, 320, CancelToken(), is_exact=is_exact)
    return [read_frame_number(still.picture) for still in found]


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".avi", ".mts"])
@pytest.mark.parametrize("gop", [250, 12])
def test_exact_stills_are_the_frames_of_their_times(clips: ClipCache, suffix: str, gop: int) -> None:
    rate = Fraction(30000, 1001)
    clip = clips.get(f"long{suffix}", [Scene(9, "navy")], rate=rate, gop=gop, size=(320, 180))
    frames = [0, 3, 4, 30, 31, 100, 101, 200, 268]
    times = [round(frame * 1000 / rate) for frame in frames]
    assert numbers(clip.path, times) == frames
    assert numbers(clip.path, times[5:]) == frames[5:]  # the first of them far from the start
    assert numbers(clip.path, [99_000]) == [clip.frame_count - 1]


def test_quick_stills_are_key_frames_and_tell_their_time(clips: ClipCache) -> None:
    clip = clips.get("keys.mp4", [Scene(20, "navy")], gop=50, size=(320, 180))
    found = list(stills(clip.path, [0, 5500, 11_000, 16_900], 320, CancelToken(), is_exact=False))
    seen = [read_frame_number(still.picture) for still in found]
    assert seen == [0, 100, 250, 400]  # a key frame every two seconds
    assert [still.at_ms for still in found] == [frame * 40 for frame in seen]


def test_quick_stills_between_key_frames_go_on(clips: ClipCache) -> None:
    clip = clips.get("one-key.mp4", [Scene(12, "navy")], gop=500, size=(320, 180))
    assert numbers(clip.path, [0, 3000, 9000], is_exact=False) == [0, 75, 225]


def test_it_stops_when_cancelled(clips: ClipCache) -> None:
    token = CancelToken()
    walk = stills(clips.silent().path, [0, 1000], 64, token, is_exact=True)
    next(walk)
    token.cancel()
    with pytest.raises(Cancelled):
        next(walk)


def test_what_is_no_video_says_so(tmp_path: Path) -> None:
    file = tmp_path / "a.mp4"
    file.write_bytes(b"no video at all")
    with pytest.raises(FileProblem):
        next(stills(file, [0], 64, CancelToken(), is_exact=True))


def test_upright_and_scaled(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "tall.mp4", [Scene(1, "navy")], size=(180, 320), numbered=False)
    (still,) = stills(clip.path, [0], 160, CancelToken(), is_exact=True)
    assert still.picture.size == (90, 160)
