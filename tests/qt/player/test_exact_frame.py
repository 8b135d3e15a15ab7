"""`cue` shows exactly the frame that was asked for, whatever was shown before and however busy the machine is."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.clips.make import Clip
from tests.qt.player.conftest import READY_MS, Viewer

_BURN = (
    "import sys, threading; threading.Thread(target=sys.stdin.read).start()\nwhile threading.active_count() > 1: pass"
)


@pytest.fixture
def busy_machine() -> Iterator[None]:
    """Two processes that do nothing but compute."""
    burners = [subprocess.Popen([sys.executable, "-c", _BURN], stdin=subprocess.PIPE) for _ in range(2)]
    yield
    for burner in burners:
        burner.communicate()


def _targets(clip: Clip, count: int, seed: int) -> list[int]:
    chosen = random.Random(seed)
    edges = [0, 1, clip.starts[1] - 1, clip.starts[1], 249, 250, 251, clip.frame_count - 2, clip.frame_count - 1]
    return edges + [chosen.randrange(clip.frame_count) for _ in range(count)]


def test_first_cue_after_the_start(viewer: Viewer, long_gop: Clip) -> None:
    viewer.cue(long_gop, 333)
    assert viewer.seen() == (3, 333)


def test_many_frames_of_one_clip(viewer: Viewer, long_gop: Clip) -> None:
    for frame in _targets(long_gop, 30, seed=1):
        viewer.cue(long_gop, frame)
        assert viewer.seen() == (3, frame)


def test_many_frames_at_a_fractional_rate(viewer: Viewer, ntsc: Clip) -> None:
    for frame in _targets(ntsc, 30, seed=2):
        viewer.cue(ntsc, frame)
        assert viewer.seen() == (4, frame)


def test_to_and_fro_between_clips(viewer: Viewer, long_gop: Clip, ntsc: Clip) -> None:
    for frame in _targets(long_gop, 6, seed=3):
        viewer.cue(long_gop, frame)
        assert viewer.seen() == (3, frame)
        viewer.cue(ntsc, frame)
        assert viewer.seen() == (4, frame)


@pytest.mark.usefixtures("busy_machine")
def test_while_the_machine_is_busy(viewer: Viewer, long_gop: Clip, ntsc: Clip) -> None:
    for frame in _targets(long_gop, 6, seed=4):
        viewer.cue(long_gop, frame)
        assert viewer.seen() == (3, frame)
        viewer.cue(ntsc, frame)
        assert viewer.seen() == (4, frame)


def test_of_many_quick_cues_the_last_one_wins(viewer: Viewer, long_gop: Clip, ntsc: Clip) -> None:
    player = viewer.player
    wanted = [(clip, frame) for frame in range(0, 300, 10) for clip in (long_gop, ntsc)]
    told: list[int] = []
    player.frame_ready.connect(told.append)
    for clip, frame in wanted[:-1]:
        player.cue(clip.path, round(frame * 1000 / clip.rate))
    viewer.cue(*wanted[-1])
    assert viewer.seen() == (4, 290)
    assert len(told) < 5


def test_it_stays_exact_while_libvlc_settles_beneath(viewer: Viewer, long_gop: Clip) -> None:
    viewer.cue(long_gop, 77)
    seen = set()
    for _ in range(12):
        viewer.qtbot.waitUntil(lambda: True)
        with viewer.qtbot.waitSignal(viewer.player.surface().destroyed, timeout=50, raising=False):
            pass
        seen.add(viewer.seen())
    assert seen == {(3, 77)}


def test_a_seek_while_held_is_exact_too(viewer: Viewer, long_gop: Clip) -> None:
    viewer.cue(long_gop, 100)
    with viewer.qtbot.waitSignal(viewer.player.frame_ready, timeout=READY_MS):
        viewer.player.seek(17 * 40)
    assert viewer.seen() == (3, 17)


@pytest.mark.parametrize("frames", [1, -1, 10, -10])
def test_steps_go_by_frames(viewer: Viewer, ntsc: Clip, frames: int) -> None:
    viewer.cue(ntsc, 301)
    with viewer.qtbot.waitSignal(viewer.player.frame_ready, timeout=READY_MS):
        viewer.player.step(frames)
    assert viewer.seen() == (4, 301 + frames)
