"""Showing a frame in the player."""

from __future__ import annotations

import ctypes
import random
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from itertools import cycle, tee
from pathlib import Path
from typing import Any, Self

import av
import vlc
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop_search.bootstrap.virtual_display import VirtualDisplay
from desktop_search.core.timecode import Timebase
from desktop_search.player.create import SILENT, create_player
from desktop_search.player.vlc_player import VlcPlayer
from tests.benchmarks.clips import RATE, SPARSE, clip
from tests.benchmarks.measuring import Measured, compare
from tests.clips.make import Clip, make_clip
from tests.clips.scenes import Scene, Shape

_ROUNDS = 16
_DEADLINE_MS = 15_000
_WIDTH, _HEIGHT = 960, 540
_RARE, _RARE_S = "key frames 10 s apart", 20
_SEEKS, _STARTS = "PyAV alone seeks and decodes to it", "bare libVLC plays from about there to its first picture"


def cueing(folder: Path) -> Iterator[Measured]:
    """From the wish for a frame until the player says that it is on screen; 1080p, a key frame every two seconds.

    Then the same with a key frame every ten seconds, in footage with the grain of a camera.
    """
    first, other = (
        make_clip(folder / name, [Scene(16, "skyblue", "navy", Shape.BOAT, "white")], size=(1920, 1080), gop=50)
        for name in ("clip.mp4", "other.mp4")
    )
    with VirtualDisplay():
        app = QApplication([])
        player = create_player(options=SILENT)
        assert isinstance(player, VlcPlayer)
        player.surface().resize(_WIDTH, _HEIGHT)
        player.surface().show()
        yield _cues(player, "cue a frame of the same clip", _moments(1, first))
        yield _cues(player, "cue a frame of another clip", _moments(2, first, other))
        with _BareVlc() as bare:
            yield _cues(player, "the same again", _moments(4, first, other), _STARTS, bare.show)
        yield _made_ready(player, "cue a frame that was made ready", first, other)
        rare, other_rare = _with_rare_key_frames(folder)
        yield _cues(player, f"cue a frame of the same clip, {_RARE}", _moments(5, rare))
        yield _cues(player, f"cue a frame of another clip, {_RARE}", _moments(6, rare, other_rare))
        yield _made_ready(player, f"cue a frame that was made ready, {_RARE}", rare, other_rare)
        player.shut_down()
        player.surface().close()
        app.processEvents()


def _made_ready(player: VlcPlayer, what: str, *clips: Clip) -> Measured:
    ahead = list(_moments(3, *clips))[:_ROUNDS]
    player.make_ready([(each.path, Timebase(each.rate).time_ms(frame)) for each, frame in ahead])
    for each, frame in ahead:  # each of them is at hand once it was shown
        _cue(player, each, frame)
    return _cues(player, what, ahead)


def _with_rare_key_frames(folder: Path) -> tuple[Clip, Clip]:
    """Ten seconds between key frames, twice."""
    made = clip(SPARSE, _RARE_S)
    other = folder / f"other {made.name}"
    shutil.copyfile(made, other)
    size, count = SPARSE.size, round(_RARE_S * RATE)
    return Clip(made, (), RATE, size, (), count, 0), Clip(other, (), RATE, size, (), count, 0)


def _moments(seed: int, *clips: Clip) -> Iterator[tuple[Clip, int]]:
    """Frames all over the clips by turns, none of them twice: what was shown a moment ago is shown at once."""
    frames = random.Random(seed).sample(range(clips[0].frame_count), clips[0].frame_count)
    return zip(cycle(clips), frames, strict=False)


def _cues(
    player: VlcPlayer,
    what: str,
    moments: Iterable[tuple[Clip, int]],
    floor_is: str = _SEEKS,
    floor: Callable[[Clip, int], None] | None = None,
) -> Measured:
    ours, theirs = (cycle(each) for each in tee(moments))
    alone = floor or _decode
    return compare(what, lambda: _cue(player, *next(ours)), floor_is, lambda: alone(*next(theirs)), _ROUNDS)


def _cue(player: VlcPlayer, clip: Clip, frame: int) -> None:
    timebase, loop, deadline = Timebase(clip.rate), QEventLoop(), QTimer(singleShot=True)
    player.frame_ready.connect(loop.quit)
    deadline.timeout.connect(lambda: loop.exit(1))
    deadline.start(_DEADLINE_MS)
    player.set_timebase(timebase)
    player.cue(clip.path, timebase.time_ms(frame))
    assert loop.exec() == 0, "the frame did not come"
    player.frame_ready.disconnect(loop.quit)


class _BareVlc:
    """libVLC as it comes, which writes its pictures into memory. Where it starts, it is some frames off."""

    def __init__(self) -> None:
        self._vlc = vlc.Instance("--quiet", "--no-audio")
        self._player = self._vlc.media_player_new()
        self._shown = threading.Event()
        self._pixels = (ctypes.c_ubyte * (_WIDTH * _HEIGHT * 4))()
        self._lock, self._display = vlc.CallbackDecorators.VideoLockCb(self._to_memory), _on_display(self._shown)
        self._player.video_set_callbacks(self._lock, None, self._display, None)
        self._player.video_set_format("RV32", _WIDTH, _HEIGHT, _WIDTH * 4)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._player.stop()
        self._player.release()
        self._vlc.release()

    def show(self, clip: Clip, frame: int) -> None:
        """Play from there until the first picture is shown."""
        media = self._vlc.media_new(str(clip.path), f":start-time={float(frame / clip.rate):.3f}")
        self._player.stop()
        self._shown.clear()
        self._player.set_media(media)
        self._player.play()
        assert self._shown.wait(_DEADLINE_MS / 1000), "libVLC showed nothing"
        media.release()

    def _to_memory(self, _opaque: object, planes: Any) -> None:
        planes[0] = ctypes.cast(self._pixels, ctypes.c_void_p)


def _on_display(shown: threading.Event) -> Any:
    return vlc.CallbackDecorators.VideoDisplayCb(lambda _opaque, _picture: shown.set())


def _decode(clip: Clip, frame: int) -> None:
    with av.open(str(clip.path)) as container:
        stream = container.streams.video[0]
        assert stream.time_base is not None
        wanted = round(frame / clip.rate / stream.time_base)
        container.seek(wanted, stream=stream)
        next(found for found in container.decode(stream) if found.pts is not None and found.pts >= wanted)
