"""The player: libVLC plays, and whatever is held is the exact frame, read from the file. See docs/player.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal
from PySide6.QtGui import QImage

from desktop_search.core.byte_source import SourceOf
from desktop_search.core.errors import AppError, FileAway
from desktop_search.core.timecode import Timebase
from desktop_search.player.playhead import Playhead
from desktop_search.player.port import FASTEST_RATE, PlayerState
from desktop_search.player.still_reader import Moment, ReadStill, StillReader, Wish
from desktop_search.player.surface import Surface
from desktop_search.player.vlc_worker import MakeBinding, Order, VlcWorker

_TICK_MS = 16  # as often as displays show something new
_UNCOVER_SETTLED_MS, _UNCOVER_SOUGHT_MS = 40, 120  # when the right frame is on the screen after playing on, measured
_THREAD_DEADLINE_MS = 10_000
_HOLDS_PICTURE = frozenset({PlayerState.LOADING, PlayerState.PAUSED, PlayerState.ENDED})


class VlcPlayer(QObject):
    """Implements `player.port.Player`. Made and used on the GUI thread; libVLC and the file reading are elsewhere."""

    state_changed = Signal(object)
    position_changed = Signal(object)
    duration_changed = Signal(object)
    frame_ready = Signal(object)
    failed = Signal(object)
    _rate_set = Signal(float)
    _volume_set = Signal(int)
    _muted_set = Signal(bool)
    _cleared = Signal()

    def __init__(
        self,
        make_binding: MakeBinding,
        read_still: ReadStill,
        surface: Surface,
        *,
        hardware_decoding: bool = False,
        source_of: SourceOf = lambda _path: None,
    ) -> None:
        super().__init__()
        self.facts: Mapping[str, str] = {}
        self._surface = surface
        self._surface.still_painted.connect(self._on_still_painted)
        self._state = PlayerState.IDLE
        self._timebase = Timebase()
        self._path: Path | None = None
        self._serial = self._still_serial = self._ready_serial = 0
        self._position_ms = self._duration_ms = 0
        self._playhead = Playhead()
        self._ahead: list[Moment] = []
        self._reads_while_playing = False
        self._later: Order | None = None  # for libVLC, once the still is on the screen: both at once take twice as long
        self._is_to_play = self._down = False
        self._tick = QTimer(self, interval=_TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._tick.timeout.connect(self._on_tick)
        self._uncover = QTimer(self, singleShot=True)
        self._uncover.timeout.connect(self._on_uncover)
        self._worker = VlcWorker(make_binding, self._surface.outlet(), hardware_decoding, source_of)
        self._stills = StillReader(read_still, source_of)
        self._threads = (self._thread_of(self._worker, "player"), self._thread_of(self._stills, "stills"))
        self._wire()
        for thread in self._threads:
            thread.start()

    @property
    def state(self) -> PlayerState:
        """The state that was last reported."""
        return self._state

    @property
    def position_ms(self) -> int:
        """The time of the picture on screen; while playing it runs on between libVLC's sparse reports."""
        if self._state is not PlayerState.PLAYING:
            return self._position_ms
        now = self._playhead.now_ms()
        return min(now, self._duration_ms) if self._duration_ms else now

    def surface(self) -> Surface:
        """The widget with the picture."""
        return self._surface

    def set_timebase(self, timebase: Timebase) -> None:
        """How the clip counts frames."""
        self._timebase = timebase

    def cue(self, path: Path, at_ms: int) -> None:
        """Show exactly the frame on screen at `at_ms`, paused."""
        self._show(path, at_ms, playing=False, keep=True)

    def play_from(self, path: Path, at_ms: int) -> None:
        """Show that frame and play on from it."""
        self._show(path, at_ms, playing=True, keep=True)

    def make_ready(self, moments: Sequence[tuple[Path, int]], *, while_playing: bool = False) -> None:
        """Have the frames of these files and times at hand, as soon as nothing else is wanted."""
        self._reads_while_playing = while_playing
        side = self._surface.longest_side_px()
        self._ahead = [Moment(path, max(0, at_ms), side) for path, at_ms in moments]
        self._read_ahead()

    def play(self) -> None:
        """Play from the picture on screen."""
        if self._path is None or self._state is PlayerState.PLAYING:
            return
        if self._state is PlayerState.ENDED:
            self._show(self._path, 0, playing=True)
        else:
            self._order(self._path, self._position_ms, playing=True)

    def pause(self) -> None:
        """Hold the picture, and let it be the very frame that the position names."""
        if self._path is not None and self._state in {PlayerState.PLAYING, PlayerState.LOADING}:
            frame = self._timebase.frame_at(self.position_ms)
            self._show(self._path, self._timebase.time_ms(frame), playing=False)

    def toggle(self) -> None:
        """Hold or play."""
        if self._state is PlayerState.PLAYING:
            self.pause()
        else:
            self.play()

    def seek(self, at_ms: int) -> None:
        """Go to another time of the clip."""
        if self._path is None:
            return
        at_ms = max(0, min(at_ms, self._duration_ms - 1) if self._duration_ms else at_ms)
        if self._state is PlayerState.PLAYING:
            self._order(self._path, at_ms, playing=True)
            self._place(at_ms)
        else:
            self._show(self._path, at_ms, playing=False)

    def step(self, frames: int) -> None:
        """Hold, and go by frames."""
        frame = max(0, self._timebase.frame_at(self.position_ms) + frames)
        if self._path is not None:
            last = self._timebase.frame_at(max(0, self._duration_ms - 1)) if self._duration_ms else frame
            self._show(self._path, self._timebase.time_ms(min(frame, last)), playing=False)

    def set_actual_size(self, *, is_actual: bool) -> None:
        """Held pictures at 100 %, or fitted."""
        self._surface.set_actual_size(is_actual=is_actual)
        if self._path is not None:
            self._show(self._path, self.position_ms, playing=False)

    def set_rate(self, rate: float) -> None:
        """Playing speed, forward only."""
        rate = min(FASTEST_RATE, max(0.1, rate))
        self._playhead.set_rate(rate)
        self._rate_set.emit(rate)

    def set_volume(self, percent: int) -> None:
        """0 to 100."""
        self._volume_set.emit(max(0, min(100, percent)))

    def set_muted(self, muted: bool) -> None:
        """Sound off or on."""
        self._muted_set.emit(muted)

    def stop(self) -> None:
        """Let go of the clip."""
        self._path = self._later = None
        self._is_to_play = False
        self._serial += 1
        self._stills.wish(None)
        self._ahead = []
        self._worker.order(None)
        self._uncover.stop()
        self._surface.show_black()
        self._cleared.emit()
        self._place(0)
        self._enter(PlayerState.IDLE)

    def shut_down(self) -> None:
        """End both threads, libVLC first."""
        if self._down:
            return
        self._down = True
        self._serial, self._still_serial = (
            self._serial + 1,
            0,
        )  # what is still told comes too late: the surface may be gone
        self._tick.stop()
        self._uncover.stop()
        self._stills.wish(None)
        self._stills.make_ready(())
        self._worker.order(None)
        for thread in self._threads:
            thread.quit()
        for thread in self._threads:
            thread.wait(_THREAD_DEADLINE_MS)
        if self._surface.parent() is None:
            self._surface.deleteLater()

    def _thread_of(self, worker: QObject, name: str) -> QThread:
        thread = QThread(self)
        thread.setObjectName(name)
        worker.moveToThread(thread)
        return thread

    def _wire(self) -> None:
        queued = Qt.ConnectionType.QueuedConnection
        worker, stills = self._worker, self._stills
        thread = self._threads[0]
        thread.started.connect(worker.open_library)
        thread.finished.connect(worker.close, Qt.ConnectionType.DirectConnection)  # still on the player's thread
        self._rate_set.connect(worker.set_rate, queued)
        self._volume_set.connect(worker.set_volume, queued)
        self._muted_set.connect(worker.set_muted, queued)
        self._cleared.connect(worker.clear, queued)
        worker.started.connect(self._on_started, queued)
        worker.ended.connect(self._on_ended, queued)
        worker.failed.connect(self._on_failed, queued)
        worker.time_told.connect(self._on_time, queued)
        worker.length_told.connect(self._on_length, queued)
        stills.read.connect(self._on_still, queued)
        stills.failed.connect(self._on_no_still, queued)

    def _show(self, path: Path, at_ms: int, *, playing: bool, keep: bool = False) -> None:
        """Another picture: its still now, libVLC beneath it, playing or held. `keep` the still at hand."""
        if path != self._path:
            self._surface.show_black()
            self._duration_ms = 0
            self.duration_changed.emit(0)
        at_ms = max(0, at_ms)
        self._uncover.stop()
        self._order(path, at_ms, playing=playing)
        self._still_serial = self._serial
        self._enter(PlayerState.LOADING)
        self._place(at_ms)
        self._stills.wish(Wish(self._serial, Moment(path, at_ms, self._surface.longest_side_px()), keep))

    def _order(self, path: Path, at_ms: int, *, playing: bool) -> None:
        """Have libVLC there: at once when it is to play, or plays; else when the still has been shown."""
        self._path = path
        self._serial += 1
        order, self._later = Order(self._serial, path, at_ms, playing), None
        if playing or self._is_to_play:
            self._worker.order(order)
        else:
            self._later = order
        self._is_to_play = playing

    def _order_later(self) -> None:
        order, self._later = self._later, None
        if order is not None:
            self._worker.order(order)

    def _place(self, at_ms: int) -> None:
        self._position_ms = at_ms
        self._playhead.put(at_ms)
        self.position_changed.emit(at_ms)

    def _enter(self, state: PlayerState) -> None:
        if state is PlayerState.PLAYING:
            self._tick.start()
        else:
            self._tick.stop()
        if state is not self._state:
            self._state = state
            self._read_ahead()
            self.state_changed.emit(state)

    def _read_ahead(self) -> None:
        """As a rule not while a clip plays, which needs the processor. What was read already is not read again."""
        waits = self._state is PlayerState.PLAYING and not self._reads_while_playing
        self._stills.make_ready(() if waits else self._ahead)

    def _on_still(self, serial: int, image: QImage) -> None:
        if serial == self._still_serial and self._state in _HOLDS_PICTURE:
            self._surface.show_still(image, serial)

    def _on_still_painted(self, serial: int) -> None:
        if serial == self._still_serial:
            self._picture_is_there(serial)

    def _on_no_still(self, serial: int, error: AppError) -> None:
        """What libVLC shows is the next best: a few frames early, and still the right moment."""
        if isinstance(error, FileAway):  # libVLC may still hold it open, but it is of no use any more
            self._cleared.emit()
            self._on_failed(serial, error)
        elif serial == self._still_serial and self._state in _HOLDS_PICTURE:
            self._surface.show_video()
            self._picture_is_there(serial)

    def _picture_is_there(self, serial: int) -> None:
        self._order_later()
        if self._state is PlayerState.LOADING and serial == self._serial:
            self._enter(PlayerState.PAUSED)
        if self._ready_serial != serial:
            self._ready_serial = serial
            self.frame_ready.emit(self._position_ms)

    def _on_started(self, serial: int, settled: bool) -> None:
        if serial != self._serial:
            return
        self._surface.expect_video()
        self._uncover.start(_UNCOVER_SETTLED_MS if settled else _UNCOVER_SOUGHT_MS)
        self._place(self._position_ms)
        self._enter(PlayerState.PLAYING)

    def _on_uncover(self) -> None:
        if self._state is PlayerState.PLAYING:
            self._surface.show_video()

    def _on_ended(self, serial: int) -> None:
        if serial == self._serial:
            self._surface.show_video()
            self._enter(PlayerState.ENDED)
            self._place(self._duration_ms or self._position_ms)
            if self._path is not None:  # on a busy machine libVLC leaves out frames that are late, the last one too
                self._still_serial = serial
                moment = Moment(self._path, self._position_ms, self._surface.longest_side_px())
                self._stills.wish(Wish(serial, moment))

    def _on_failed(self, serial: int, error: AppError) -> None:
        if serial in {0, self._serial} and not self._down:
            self._stills.wish(None)
            self._still_serial = 0
            self._path = self._later = None
            self._is_to_play = False
            self._surface.show_black()
            self._enter(PlayerState.FAILED)
            self.failed.emit(error)

    def _on_time(self, serial: int, at_ms: int) -> None:
        if serial == self._serial and self._state is PlayerState.PLAYING:
            self._playhead.told(at_ms)

    def _on_length(self, duration_ms: int) -> None:
        if duration_ms > 0 and duration_ms != self._duration_ms:
            self._duration_ms = duration_ms
            self.duration_changed.emit(duration_ms)

    def _on_tick(self) -> None:
        self.position_changed.emit(self.position_ms)
