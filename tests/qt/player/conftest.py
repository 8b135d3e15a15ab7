"""A real player on the real display, and clips whose frames can be told from the screen's pixels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_search.core.timecode import Timebase
from desktop_search.player.create import SILENT, create_player
from desktop_search.player.picture_way import PictureWay
from desktop_search.player.vlc_player import VlcPlayer
from tests.clips.fixtures import ClipCache
from tests.clips.make import Clip
from tests.clips.scenes import Scene, Shape
from tests.qt.player.screen import frame_on_screen
from tests.support.focus import wait_exposed

READY_MS = 15_000
_LONG_GOP = {"x264-params": "keyint=250:min-keyint=250:scenecut=0:bframes=3:b-adapt=0"}
_SCENES = [Scene(14, "skyblue", "navy", Shape.BOAT, "white"), Scene(10, "black", shape=Shape.BOXES, shape_color="red")]


@pytest.fixture
def way() -> PictureWay:
    """Who draws the video; tests of a way of their own say which."""
    return PictureWay.AUTOMATIC


@pytest.fixture
def player(qtbot: QtBot, way: PictureWay) -> Iterator[VlcPlayer]:
    """On screen in a frameless window of the clips' shape."""
    made = create_player(way, options=SILENT)
    assert isinstance(made, VlcPlayer)
    surface = made.surface()
    surface.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    surface.resize(800, 450)
    surface.move(40, 30)
    qtbot.addWidget(surface)
    surface.show()
    wait_exposed(qtbot, surface)
    yield made
    made.shut_down()
    made.deleteLater()


@pytest.fixture
def long_gop(clips: ClipCache) -> Clip:
    """25 fps, one key frame in ten seconds, B-frames, sound."""
    return clips.get("long.mp4", _SCENES, options=_LONG_GOP, speech="one two three four five", clip_id=3)


@pytest.fixture
def ntsc(clips: ClipCache) -> Clip:
    """29.97 fps, as long between key frames."""
    return clips.get("ntsc.mov", _SCENES, rate=Fraction(30000, 1001), options=_LONG_GOP, clip_id=4)


@dataclass
class Viewer:
    """Uses a player and looks at the screen."""

    qtbot: QtBot
    player: VlcPlayer

    def cue(self, clip: Clip, frame: int) -> None:
        """Cue a frame and wait until the player says it is there."""
        timebase = Timebase(clip.rate)
        self.player.set_timebase(timebase)
        with self.qtbot.waitSignal(self.player.frame_ready, timeout=READY_MS):
            self.player.cue(clip.path, timebase.time_ms(frame))

    def seen(self) -> tuple[int, int] | None:
        """Clip and frame number on the screen."""
        code = frame_on_screen(self.player.surface())
        return (code.clip, code.frame) if code is not None else None


@pytest.fixture
def viewer(qtbot: QtBot, player: VlcPlayer) -> Viewer:
    """The player's user."""
    return Viewer(qtbot, player)


@pytest.fixture
def copied(tmp_path: Path, long_gop: Clip) -> Path:
    """A copy that a test may delete or damage."""
    path = tmp_path / "copy.mp4"
    path.write_bytes(long_gop.path.read_bytes())
    return path
