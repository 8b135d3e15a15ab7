"""Showing a frame in the player."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from itertools import cycle, tee
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

_ROUNDS = 16
_DEADLINE_MS = 15_000


def cueing(folder: Path) -> Iterator[Measured]:
    """From the wish for a frame until the player says that it is on screen; 1080p, a key frame every two seconds."""
    clip, other = (
        make_clip(folder / name, [Scene(16, "skyblue", "navy", Shape.BOAT, "white")], size=(1920, 1080), gop=50)
        for name in ("clip.mp4", "other.mp4")
    )
    with VirtualDisplay():
        app = QApplication([])
        player = create_player(options=SILENT)
        assert isinstance(player, VlcPlayer)
        player.surface().resize(960, 540)
        player.surface().show()
        yield _cues(player, "cue a frame of the same clip", _moments(1, clip))
        yield _cues(player, "cue a frame of another clip", _moments(2, clip, other))
        ahead = list(_moments(3, clip, other))[:_ROUNDS]
        player.make_ready([(each.path, Timebase(each.rate).time_ms(frame)) for each, frame in ahead])
        for each, frame in ahead:  # each of them is at hand once it was shown
            _cue(player, each, frame)
        yield _cues(player, "cue a frame that was made ready", ahead)
        player.shut_down()
        player.surface().close()
        app.processEvents()


def _moments(seed: int, *clips: Clip) -> Iterator[tuple[Clip, int]]:
    """Frames all over the clips by turns, none of them twice: what was shown a moment ago is shown at once."""
    frames = random.Random(seed).sample(range(clips[0].frame_count), clips[0].frame_count)
    return zip(cycle(clips), frames, strict=False)


def _cues(player: VlcPlayer, what: str, moments: Iterable[tuple[Clip, int]]) -> Measured:
    ours, theirs = (cycle(each) for each in tee(moments))
    return compare(
        what,
        lambda: _cue(player, *next(ours)),
        "PyAV alone seeks and decodes to it",
        lambda: _decode(*next(theirs)),
        _ROUNDS,
    )


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
