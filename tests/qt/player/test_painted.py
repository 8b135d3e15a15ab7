"""The picture painted by Qt from libVLC's memory: the same frames on the screen as in a window of libVLC's own."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop_search.player.painted_surface import PaintedSurface
from desktop_search.player.picture_way import PictureWay
from desktop_search.player.port import PlayerState
from tests.clips.fixtures import ClipCache
from tests.clips.make import Clip
from tests.clips.scenes import Scene, Shape
from tests.qt.player.conftest import READY_MS, Viewer
from tests.qt.player.screen import grab, pixels
from tests.qt.player.test_playing import frames_seen, wait_for
from tests.unit.media.remux import remux


@pytest.fixture
def way() -> PictureWay:
    return PictureWay.PAINTED


@pytest.fixture
def surface(viewer: Viewer) -> PaintedSurface:
    surface = viewer.player.surface()
    assert isinstance(surface, PaintedSurface)
    return surface


def test_a_cued_frame_is_exact(viewer: Viewer, surface: PaintedSurface, long_gop: Clip, ntsc: Clip) -> None:
    for frame in (0, 1, 249, 250, 333, long_gop.frame_count - 1):
        viewer.cue(long_gop, frame)
        assert viewer.seen() == (3, frame)
        viewer.cue(ntsc, frame)
        assert viewer.seen() == (4, frame)
    assert not surface.internalWinId() or surface.isWindow()


def test_it_plays_on_from_the_cued_frame_and_never_shows_an_earlier_one(viewer: Viewer, long_gop: Clip) -> None:
    viewer.cue(long_gop, 120)
    viewer.player.play()
    seen = frames_seen(viewer, 160, at_least=11)
    assert seen[0] == 120
    assert seen == sorted(seen)
    assert viewer.player.state is PlayerState.PLAYING
    with viewer.qtbot.waitSignal(viewer.player.frame_ready, timeout=READY_MS):
        viewer.player.pause()
    assert viewer.seen() == (3, round(viewer.player.position_ms * long_gop.rate / 1000))


def test_a_seek_while_playing_goes_on_playing(viewer: Viewer, long_gop: Clip) -> None:
    viewer.cue(long_gop, 10)
    viewer.player.play()
    wait_for(viewer, PlayerState.PLAYING)
    viewer.player.seek(400 * 40)
    assert frames_seen(viewer, 410)[-1] >= 410


def test_at_the_end_the_last_frame_stays(viewer: Viewer, long_gop: Clip) -> None:
    viewer.cue(long_gop, long_gop.frame_count - 10)
    viewer.player.play()
    wait_for(viewer, PlayerState.ENDED)
    viewer.qtbot.waitUntil(lambda: viewer.seen() == (3, long_gop.frame_count - 1), timeout=READY_MS)


def test_a_clip_after_another_shows_nothing_of_the_first(viewer: Viewer, long_gop: Clip, ntsc: Clip) -> None:
    viewer.player.play_from(long_gop.path, 0)
    frames_seen(viewer, 20)
    clips: set[int] = set()
    viewer.cue(ntsc, 100)
    viewer.player.play()

    def look() -> bool:
        code = viewer.seen()
        clips.add(code[0] if code else 0)
        return code is not None and code[1] > 120

    viewer.qtbot.waitUntil(look, timeout=READY_MS)
    assert clips == {4}


@pytest.mark.parametrize(
    ("name", "options", "shown"),
    [
        ("narrow.mp4", {"size": (640, 480), "options": {"x264-params": "sar=4/3"}}, Fraction(16, 9)),
        ("odd.mp4", {"size": (642, 362)}, Fraction(642, 362)),
        ("large.mp4", {"size": (1920, 1080)}, Fraction(16, 9)),
    ],
)
def test_the_video_has_the_place_and_shape_of_the_still(
    viewer: Viewer, clips: ClipCache, name: str, options: dict[str, Any], shown: Fraction
) -> None:
    scenes = [Scene(4, "red", shape=Shape.BOXES, shape_color="white")]
    clip = clips.get(name, scenes, clip_id=5, **options)
    viewer.player.surface().resize(500, 450)
    viewer.cue(clip, 10)
    held = _picture_box(viewer)
    viewer.player.play()
    frames_seen(viewer, 40)
    playing = _picture_box(viewer)
    assert all(abs(one - other) <= 1 for one, other in zip(held, playing, strict=True)), (held, playing)
    assert abs(Fraction(held[2] - held[0], held[3] - held[1]) - shown) < Fraction(1, 30)


def test_a_turned_video_is_upright_while_it_plays_too(viewer: Viewer, long_gop: Clip, tmp_path: Path) -> None:
    turned = remux(long_gop.path, tmp_path / "turned.mp4", rotation_deg=90)
    viewer.player.surface().resize(450, 500)
    with viewer.qtbot.waitSignal(viewer.player.frame_ready, timeout=READY_MS):
        viewer.player.cue(turned, 1000)
    held = pixels(grab(viewer.player.surface()))
    viewer.player.play()
    wait_for(viewer, PlayerState.PLAYING)
    frames = viewer.player.surface()
    assert isinstance(frames, PaintedSurface)
    before = frames._frames.count
    viewer.qtbot.waitUntil(lambda: frames._frames.count > before + 10, timeout=READY_MS)
    playing = pixels(grab(viewer.player.surface()))
    off = abs(held[..., :3].astype(int) - playing[..., :3].astype(int)).mean()
    upside_down = abs(held[..., :3].astype(int) - playing[::-1, ::-1, :3].astype(int)).mean()
    assert off < upside_down / 2


def _picture_box(viewer: Viewer) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is not black."""
    lit = pixels(grab(viewer.player.surface()))[..., :3].max(axis=2) > 40
    rows, columns = lit.any(axis=1).nonzero()[0], lit.any(axis=0).nonzero()[0]
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def test_the_program_ends_while_it_plays(qtbot: QtBot, viewer: Viewer, long_gop: Clip) -> None:
    viewer.player.play_from(long_gop.path, 0)
    frames_seen(viewer, 10)
    viewer.player.shut_down()
    assert viewer.player.state is not PlayerState.FAILED
