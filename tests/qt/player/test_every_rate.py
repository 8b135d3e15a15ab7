"""A cue shows the exact frame at every rate that cameras deliver, in every way that they encode."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from desktop_search.core.timecode import Timebase
from desktop_search.media.probe import probe
from tests.clips.fixtures import ClipCache
from tests.clips.make import Clip
from tests.clips.scenes import Scene, Shape
from tests.qt.player.conftest import READY_MS, Viewer

_SCENES = [Scene(2, "skyblue", "navy", Shape.BOAT, "white"), Scene(2, "black", shape=Shape.BOXES, shape_color="red")]
_NTSC = Fraction(30000, 1001)
_RATES = {
    "23.976": (Fraction(24000, 1001), "01:00:00:00"),
    "25": (Fraction(25), "10:00:00:00"),
    "29.97 drop": (_NTSC, "01:00:00;00"),
    "29.97 non-drop": (_NTSC, "01:00:00:00"),
    "50": (Fraction(50), "10:00:00:00"),
    "59.94": (Fraction(60000, 1001), "01:00:00;00"),
}
_KINDS: dict[str, dict[str, Any]] = {
    "long-GOP H.264": {"options": {"x264-params": "keyint=250:min-keyint=250:scenecut=0:bframes=3:b-adapt=0"}},
    "HEVC": {
        "codec": "libx265",
        "options": {"preset": "ultrafast", "x265-params": "log-level=none:keyint=60:bframes=4:open-gop=1"},
    },
    "all-intra": {"codec": "prores_ks", "pixel_format": "yuv422p10le", "options": {"profile": "0"}},
}
_HOLDS_FROM, _HELD_MS = 60, 1400


def _clip(clips: ClipCache, rate: Fraction, kind: str, timecode: str) -> Clip:
    return clips.get("rate.mov", _SCENES, rate=rate, size=(320, 180), clip_id=7, timecode=timecode, **_KINDS[kind])


@pytest.mark.parametrize("kind", _KINDS)
@pytest.mark.parametrize("name", _RATES)
def test_the_frame_of_a_timecode_is_on_the_screen(viewer: Viewer, clips: ClipCache, name: str, kind: str) -> None:
    rate, timecode = _RATES[name]
    clip = _clip(clips, rate, kind, timecode)
    timebase = probe(clip.path).timebase
    assert (timebase.rate, timebase.drop_frame, timebase.format(0)) == (rate, ";" in timecode, timecode)
    for frame in (clip.starts[1], 0, clip.starts[1] - 1, clip.frame_count - 1, 13):
        viewer.player.set_timebase(timebase)
        with viewer.qtbot.waitSignal(viewer.player.frame_ready, timeout=READY_MS):
            viewer.player.cue(clip.path, timebase.parse(timebase.format(timebase.time_ms(frame))))
        assert viewer.seen() == (7, frame)


def _variable_times(count: int) -> list[int]:
    """Frames 17 to 58 ms apart, as of a telephone, and one that stays for more than a second."""
    times, now = [], 0
    for number in range(count):
        times.append(now)
        now += _HELD_MS if number == _HOLDS_FROM else 17 + (number * 23) % 42
    return times


@pytest.mark.parametrize("kind", _KINDS)
def test_at_a_variable_rate_it_is_the_frame_of_that_time(viewer: Viewer, clips: ClipCache, kind: str) -> None:
    times = _variable_times(100)
    clip = clips.get(
        "variable.mp4" if kind != "all-intra" else "variable.mov", _SCENES, clip_id=8, times_ms=times, **_KINDS[kind]
    )
    viewer.player.set_timebase(Timebase(Fraction(30)))
    for frame in (50, _HOLDS_FROM, 0, _HOLDS_FROM + 1, 99, _HOLDS_FROM - 1):
        late_ms = _HELD_MS - 10 if frame == _HOLDS_FROM else 10
        for at_ms in (times[frame], times[frame] + late_ms):
            with viewer.qtbot.waitSignal(viewer.player.frame_ready, timeout=READY_MS):
                viewer.player.cue(clip.path, at_ms)
            assert viewer.seen() == (8, frame)
