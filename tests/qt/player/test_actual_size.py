"""A held picture at 100 %, by its pixels on the screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from tests.clips.fixtures import ClipCache
from tests.clips.make import Clip
from tests.clips.scenes import Scene
from tests.qt.player.conftest import READY_MS, Viewer
from tests.qt.player.screen import grab, pixels


@pytest.fixture
def wide(clips: ClipCache) -> Clip:
    """Twice as wide and high as the surface."""
    return clips.get("wide.mp4", [Scene(1, "red", "blue")], size=(1600, 900), clip_id=5)


def _left_and_right(viewer: Viewer) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """The colours at the ends of the line a quarter from the top, as blue, green, red in steps of 64."""
    line = pixels(grab(viewer.player.surface()))[112, :, :3] // 64
    return tuple(map(int, line[2])), tuple(map(int, line[-3]))  # type: ignore[return-value]


def _set(viewer: Viewer, *, is_actual: bool) -> None:
    with viewer.qtbot.waitSignal(viewer.player.frame_ready, timeout=READY_MS):
        viewer.player.set_actual_size(is_actual=is_actual)


def test_a_small_picture_has_black_around_it_and_is_fitted_again(viewer: Viewer, long_gop: Clip) -> None:
    viewer.cue(long_gop, 100)
    whole = _left_and_right(viewer)
    _set(viewer, is_actual=True)
    assert viewer.seen() == (3, 100)
    assert _left_and_right(viewer) == ((0, 0, 0), (0, 0, 0))
    _set(viewer, is_actual=False)
    assert _left_and_right(viewer) == whole != ((0, 0, 0), (0, 0, 0))


def test_a_large_picture_is_moved_by_the_mouse_and_never_beyond_its_edge(
    qtbot: QtBot, viewer: Viewer, wide: Clip
) -> None:
    viewer.cue(wide, 3)
    assert viewer.seen() == (5, 3)
    _set(viewer, is_actual=True)
    assert viewer.seen() is None  # the strip at the bottom is out of view
    surface, centre = viewer.player.surface(), QPoint(400, 225)
    qtbot.mousePress(surface, Qt.MouseButton.LeftButton, pos=centre)
    qtbot.mouseMove(surface, centre - QPoint(0, 200))
    qtbot.mouseMove(surface, centre - QPoint(0, 5000))
    qtbot.mouseRelease(surface, Qt.MouseButton.LeftButton, pos=centre)
    # The lower half is blue, and the strip is in view.
    qtbot.waitUntil(lambda: bool(pixels(grab(surface))[100, 400, 0] > 128), timeout=READY_MS)
    strip = pixels(grab(surface))[-3, :, :3]
    assert strip.max() > 200
    assert strip.min() < 60
