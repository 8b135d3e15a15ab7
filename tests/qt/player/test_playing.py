"""Playing, ending, seeking while playing, and what can go wrong with a file."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_search.core.errors import AppError
from desktop_search.player.port import PlayerState
from desktop_search.player.vlc_player import VlcPlayer
from tests.clips.make import Clip
from tests.qt.player.conftest import READY_MS, Viewer


def wait_for(viewer: Viewer, state: PlayerState) -> None:
    viewer.qtbot.waitUntil(lambda: viewer.player.state is state, timeout=READY_MS)


def frames_seen(viewer: Viewer, until: int, at_least: int = 1) -> list[int]:
    """The frames on the screen, one after the other: so many, and until frame `until` or a later one."""
    seen: list[int] = []

    def look() -> bool:
        now = viewer.seen()
        if now is not None and (not seen or seen[-1] != now[1]):
            seen.append(now[1])
        return len(seen) >= at_least and seen[-1] >= until

    viewer.qtbot.waitUntil(look, timeout=READY_MS)
    return seen


def test_it_plays_on_from_the_cued_frame(viewer: Viewer, long_gop: Clip) -> None:
    viewer.cue(long_gop, 120)
    viewer.player.play()
    seen = frames_seen(viewer, 150)
    assert seen[0] == 120
    assert seen == sorted(seen)
    assert viewer.player.state is PlayerState.PLAYING


def test_play_from_shows_no_earlier_frame(viewer: Viewer, long_gop: Clip) -> None:
    viewer.player.play_from(long_gop.path, 300 * 40)
    seen = frames_seen(viewer, 320)
    assert seen[0] >= 300
    assert seen == sorted(seen)


def test_a_held_picture_is_what_the_position_says(viewer: Viewer, ntsc: Clip) -> None:
    viewer.cue(ntsc, 60)
    viewer.player.play()
    frames_seen(viewer, 80)
    with viewer.qtbot.waitSignal(viewer.player.frame_ready, timeout=READY_MS):
        viewer.player.pause()
    said = round(viewer.player.position_ms * ntsc.rate / 1000)
    assert viewer.seen() == (4, said)
    viewer.player.play()
    assert frames_seen(viewer, said + 5)[0] == said


def test_a_seek_while_playing_goes_on_playing(viewer: Viewer, long_gop: Clip) -> None:
    viewer.cue(long_gop, 10)
    viewer.player.play()
    wait_for(viewer, PlayerState.PLAYING)
    viewer.player.seek(400 * 40)
    assert frames_seen(viewer, 410)[-1] >= 410


def test_beside_the_playing_picture_it_is_black_whatever_was_there_before(viewer: Viewer, long_gop: Clip) -> None:
    surface = viewer.player.surface()
    surface.resize(600, 450)
    viewer.cue(long_gop, 10)
    viewer.player.play()
    frames_seen(viewer, 20)
    over = QWidget()
    viewer.qtbot.addWidget(over)
    over.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    over.setStyleSheet("background: red")
    over.setGeometry(surface.geometry().adjusted(-10, -10, 10, 10))
    over.show()
    over.raise_()
    viewer.qtbot.waitUntil(lambda: colour_at(surface, 300, 10) == "#ff0000")
    over.hide()
    viewer.qtbot.waitUntil(lambda: colour_at(surface, 300, 10) == colour_at(surface, 300, 440) == "#000000")
    surface.resize(640, 470)
    viewer.qtbot.waitUntil(lambda: colour_at(surface, 635, 5) == colour_at(surface, 635, 465) == "#000000")
    assert viewer.player.state is PlayerState.PLAYING  # at the end a still covers all of it


def colour_at(surface: QWidget, x: int, y: int) -> str:
    """Of the screen, at a place of the surface."""
    at = surface.mapToGlobal(QPoint(x, y))
    return surface.screen().grabWindow(0, at.x(), at.y(), 1, 1).toImage().pixelColor(0, 0).name()


def test_at_the_end_the_last_frame_stays_and_play_begins_anew(viewer: Viewer, long_gop: Clip) -> None:
    viewer.cue(long_gop, long_gop.frame_count - 10)
    viewer.player.play()
    wait_for(viewer, PlayerState.ENDED)
    viewer.qtbot.waitUntil(lambda: viewer.seen() == (3, long_gop.frame_count - 1), timeout=READY_MS)
    viewer.player.play()
    wait_for(viewer, PlayerState.PLAYING)
    viewer.qtbot.waitUntil(lambda: (viewer.seen() or (3, 0))[1] in range(5, 60), timeout=READY_MS)


def test_it_tells_how_long_the_clip_is(viewer: Viewer, long_gop: Clip) -> None:
    with viewer.qtbot.waitSignal(viewer.player.duration_changed, timeout=READY_MS, check_params_cb=bool):
        viewer.player.cue(long_gop.path, 0)


def _failure(qtbot: QtBot, player: VlcPlayer, path: Path) -> AppError:
    with qtbot.waitSignal(player.failed, timeout=READY_MS) as told:
        player.cue(path, 1000)
    error = told.args[0]
    assert isinstance(error, AppError)
    assert player.state is PlayerState.FAILED
    return error


def test_a_missing_file_is_said(qtbot: QtBot, player: VlcPlayer, tmp_path: Path) -> None:
    assert "not there" in _failure(qtbot, player, tmp_path / "gone.mp4").message


def test_a_broken_file_is_said_and_the_next_one_plays(viewer: Viewer, tmp_path: Path, long_gop: Clip) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no film at all" * 5000)
    assert _failure(viewer.qtbot, viewer.player, broken).hint
    viewer.cue(long_gop, 20)
    assert viewer.seen() == (3, 20)


def test_a_file_deleted_while_it_is_shown(viewer: Viewer, copied: Path, long_gop: Clip) -> None:
    with viewer.qtbot.waitSignal(viewer.player.frame_ready, timeout=READY_MS):
        viewer.player.cue(copied, 4000)
    viewer.player.play()
    wait_for(viewer, PlayerState.PLAYING)
    copied.unlink()
    viewer.cue(long_gop, 0)
    assert "not there" in _failure(viewer.qtbot, viewer.player, copied).message


def test_it_can_be_shut_down_at_any_moment_and_twice(player: VlcPlayer, long_gop: Clip) -> None:
    player.cue(long_gop.path, 5000)
    player.play()
    player.shut_down()
    player.shut_down()
    assert isinstance(player, QObject)


def test_a_still_that_comes_after_the_end_is_not_shown(viewer: Viewer, long_gop: Clip) -> None:
    viewer.cue(long_gop, 10)
    shown: list[object] = []
    viewer.player.surface().show_still = lambda *still: shown.append(still)  # type: ignore[method-assign]
    serial = viewer.player._still_serial
    viewer.player.shut_down()
    viewer.player._on_still(serial, QImage(4, 4, QImage.Format.Format_RGB32))
    assert shown == []


def test_a_name_that_is_no_unicode_plays(viewer: Viewer, long_gop: Clip, tmp_path: Path) -> None:
    path = Path(os.fsdecode(bytes(tmp_path) + b"/take \xff\xfe 1 # 100%.mp4"))
    path.write_bytes(long_gop.path.read_bytes())
    viewer.player.play_from(path, 100 * 40)
    assert frames_seen(viewer, 110)[-1] >= 110


def test_the_playhead_moves_evenly_with_the_picture(viewer: Viewer, long_gop: Clip) -> None:
    viewer.cue(long_gop, 50)
    told: list[int] = []
    viewer.player.position_changed.connect(told.append)
    viewer.player.play()
    wait_for(viewer, PlayerState.PLAYING)
    apart: list[int] = []

    def look() -> bool:
        before_ms, seen, after_ms = viewer.player.position_ms, viewer.seen(), viewer.player.position_ms
        if seen is not None:  # how far the frame is from what was said right before and after it was looked at
            apart.append(max(0, before_ms - (seen[1] + 1) * 40, seen[1] * 40 - after_ms))
        return len(apart) > 40

    viewer.qtbot.waitUntil(look, timeout=READY_MS)
    assert told == sorted(told)
    assert sorted(apart)[len(apart) // 4] <= 80


def test_the_last_frame_is_shown_even_where_the_video_left_it_out(viewer: Viewer, long_gop: Clip) -> None:
    viewer.cue(long_gop, long_gop.frame_count - 10)
    viewer.player.surface().show_video = lambda: None  # type: ignore[method-assign]  # what it shows stays out of sight
    viewer.player.play()
    wait_for(viewer, PlayerState.ENDED)
    viewer.qtbot.waitUntil(lambda: viewer.seen() == (3, long_gop.frame_count - 1), timeout=READY_MS)
