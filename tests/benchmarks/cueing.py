"""Showing a frame in the player."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import av
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop_search.bootstrap.virtual_display import VirtualDisplay
from desktop_search.core.timecode import Timebase
from desktop_search.player.create import SILENT, create_player
from desktop_search.player.vlc_player import VlcPlayer
from tests.benchmarks.measuring import Measured, compare
from tests.clips.make import Clip, make_clip
from tests.clips.scenes import Scene, Shape

_FRAMES = (40, 210, 333, 120, 391)
_DEADLINE_MS = 15_000


def cueing(folder: Path) -> Iterator[Measured]:
    """From the wish for a frame until the player says that it is on screen; 1080p, a key frame every two seconds."""
    clip = make_clip(
        folder / "clip.mp4", [Scene(16, "skyblue", "navy", Shape.BOAT, "white")], size=(1920, 1080), gop=50
    )
    with VirtualDisplay():
        app = QApplication([])
        player = create_player(options=SILENT)
        assert isinstance(player, VlcPlayer)
        player.surface().resize(960, 540)
        player.surface().show()
        ours, theirs = cycle(_FRAMES), cycle(_FRAMES)
        cue = lambda: _cue(player, clip, next(ours))  # noqa: E731
        yield compare("cue a frame", cue, "PyAV alone seeks and decodes to it", lambda: _decode(clip, next(theirs)), 10)
        player.shut_down()
        player.surface().close()
        app.processEvents()


def _cue(player: VlcPlayer, clip: Clip, frame: int) -> None:
    timebase, loop, deadline = Timebase(clip.rate), QEventLoop(), QTimer(singleShot=True)
    player.frame_ready.connect(loop.quit)
    deadline.timeout.connect(lambda: loop.exit(1))
    deadline.start(_DEADLINE_MS)
    player.set_timebase(timebase)
    player.cue(clip.path, timebase.time_ms(frame))
    assert loop.exec() == 0, "the frame did not come"
    player.frame_ready.disconnect(loop.quit)


def _decode(clip: Clip, frame: int) -> None:
    with av.open(str(clip.path)) as container:
        stream = container.streams.video[0]
        assert stream.time_base is not None
        wanted = round(frame / clip.rate / stream.time_base)
        container.seek(wanted, stream=stream)
        next(found for found in container.decode(stream) if found.pts is not None and found.pts >= wanted)
