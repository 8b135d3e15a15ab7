"""What a file can do to a player: a format that VLC does not know, a cut, a file or a drive that goes away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_search.core.errors import AppError, FileAway
from desktop_search.media.opening import TOO_SHORT
from desktop_search.player.port import PlayerState
from desktop_search.player.vlc_player import VlcPlayer
from tests.clips.fixtures import ClipCache
from tests.clips.make import Clip
from tests.clips.scenes import Scene, Shape
from tests.qt.player.conftest import READY_MS, Viewer
from tests.qt.player.test_playing import frames_seen, wait_for


def _told(qtbot: QtBot, player: VlcPlayer, act: Callable[[], None]) -> AppError:
    with qtbot.waitSignal(player.failed, timeout=READY_MS) as told:
        act()
    error = told.args[0]
    assert isinstance(error, AppError)
    assert error.hint
    assert player.state is PlayerState.FAILED
    return error


def test_a_format_that_vlc_does_not_know_is_named(viewer: Viewer, clips: ClipCache, long_gop: Clip) -> None:
    scenes = [Scene(3, "red", shape=Shape.BALL)]
    clip = clips.get("strange.mov", scenes, size=(320, 180), codec="magicyuv", pixel_format="gbrp", speech="Hello.")
    error = _told(viewer.qtbot, viewer.player, lambda: viewer.player.play_from(clip.path, 1000))
    assert "magicyuv" in error.message
    assert "convert" in error.hint
    viewer.cue(long_gop, 20)
    assert viewer.seen() == (3, 20)


def test_a_file_that_was_cut_off_is_said_where_it_ends(viewer: Viewer, clips: ClipCache, tmp_path: Path) -> None:
    whole = clips.get("whole.mkv", [Scene(8, "teal", shape=Shape.BALL)], clip_id=7, speech="Hello.")
    cut = tmp_path / "cut.mkv"
    cut.write_bytes(whole.path.read_bytes()[: whole.path.stat().st_size // 2])
    viewer.cue(Clip(cut, whole.scenes, whole.rate, whole.size, whole.starts, whole.frame_count, 7), 10)
    assert viewer.seen() == (7, 10)
    assert _told(viewer.qtbot, viewer.player, viewer.player.play).message == TOO_SHORT


@pytest.mark.parametrize("held", [True, False])
def test_a_file_that_is_deleted_while_it_is_shown(viewer: Viewer, copied: Path, held: bool) -> None:
    with viewer.qtbot.waitSignal(viewer.player.frame_ready, timeout=READY_MS):
        viewer.player.cue(copied, 4000)
    if not held:
        viewer.player.play()
        frames_seen(viewer, 110)
    copied.unlink()
    error = _told(viewer.qtbot, viewer.player, lambda: viewer.player.step(30))
    assert isinstance(error, FileAway)
    assert error.findable


def test_a_folder_that_goes_away_is_named_and_the_clip_plays_when_it_is_back(
    viewer: Viewer, copied: Path, tmp_path: Path
) -> None:
    drive, elsewhere = tmp_path / "drive", tmp_path / "unplugged"
    place = drive / "reel 7" / "take.mp4"
    place.parent.mkdir(parents=True)
    copied.rename(place)
    with viewer.qtbot.waitSignal(viewer.player.frame_ready, timeout=READY_MS):
        viewer.player.cue(place, 4000)
    drive.rename(elsewhere)
    error = _told(viewer.qtbot, viewer.player, lambda: viewer.player.step(30))
    assert isinstance(error, FileAway)
    assert f"folder {drive} " in _told(viewer.qtbot, viewer.player, lambda: viewer.player.cue(place, 0)).message
    elsewhere.rename(drive)
    with viewer.qtbot.waitSignal(viewer.player.frame_ready, timeout=READY_MS):
        viewer.player.cue(place, 2000)
    assert viewer.seen() == (3, 50)
    viewer.player.play()
    wait_for(viewer, PlayerState.PLAYING)
