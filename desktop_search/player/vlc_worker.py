"""libVLC on a thread of its own: takes plain orders, and brings the player into the state that was ordered last."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop_search.core.byte_source import ByteSource, SourceOf
from desktop_search.core.errors import AppError, FileProblem
from desktop_search.core.language import _
from desktop_search.media.failing import away, why_cut_short, why_not_played
from desktop_search.player.frame_store import FrameStore

_log = logging.getLogger(__name__)

_OPENING_DEADLINE_MS = 10_000
_HARDWARE_DEADLINE_MS = 4_000  # until the same is tried without the graphics processor
_BLIND_MS = 3_000  # of the clip played without a picture: there will be none
_END_MS = 2_000  # libVLC tells the time twice a second or so
_SETTLING_MS = 250  # how long libVLC needs after a paused seek until playing on begins with the right frame at once


class Binding(Protocol):
    """What the worker needs of libVLC."""

    def show_in(self, outlet: int | FrameStore) -> None: ...  # noqa: D102
    def open(self, path: Path, *, hardware: bool, source: ByteSource | None) -> None: ...  # noqa: D102
    def resume(self) -> None: ...  # noqa: D102
    def hold(self) -> None: ...  # noqa: D102
    def go_to(self, at_ms: int) -> None: ...  # noqa: D102
    def pictures_shown(self) -> int: ...  # noqa: D102
    def set_rate(self, rate: float) -> None: ...  # noqa: D102
    def set_volume(self, percent: int) -> None: ...  # noqa: D102
    def set_muted(self, muted: bool) -> None: ...  # noqa: D102
    def stop(self) -> None: ...  # noqa: D102
    def release(self) -> None: ...  # noqa: D102


MakeBinding = Callable[[Callable[[str, int], None]], Binding]


@dataclass(frozen=True, slots=True)
class Order:
    """What the player is to do: be at `at_ms` of `path`, playing or held. `serial` counts the orders."""

    serial: int
    path: Path
    at_ms: int
    playing: bool


class _Phase(Enum):
    EMPTY = "empty"
    OPENING = "opening"
    READY = "ready"


class VlcWorker(QObject):
    """Lives on the player's thread; every libVLC call is made there.

    Signals:
        started(serial, settled): playing on began; `settled` when the right frame follows at once.
        ended(serial): the last frame was reached while playing.
        failed(serial, AppError)
        time_told(serial, ms), length_told(ms): as libVLC reports them, sparsely.
    """

    started = Signal(int, bool)
    ended = Signal(int)
    failed = Signal(int, object)
    time_told = Signal(int, object)
    length_told = Signal(object)
    _told = Signal(str, object, int)
    _ordered = Signal()

    def __init__(
        self, make_binding: MakeBinding, outlet: int | FrameStore, hardware: bool, source_of: SourceOf
    ) -> None:
        super().__init__()
        self._source_of = source_of
        self._source: ByteSource | None = None  # of the file that is open, while it is on its way
        self._hardware = self._by_hardware = hardware
        self._make_binding, self._outlet = make_binding, outlet
        self._binding: Binding | None = None
        self._phase = _Phase.EMPTY
        self._order: Order | None = None
        self._media_count = 0
        self._rate, self._volume, self._muted = 1.0, 100, False
        self._runs = self._fresh = False
        self._hold_asked = False
        self._held_at_ms: int | None = None
        self._last_ms = self._length_ms = 0
        self._lock = threading.Lock()
        self._newest: Order | None = None
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        self._ordered.connect(self._on_ordered, Qt.ConnectionType.QueuedConnection)

    def open_library(self) -> None:
        """Start libVLC. First thing on the thread."""
        self._opening = QTimer(self, singleShot=True, interval=_OPENING_DEADLINE_MS)
        self._opening.timeout.connect(self._on_opening_late)
        self._settling = QTimer(self, singleShot=True, interval=_SETTLING_MS)
        self._settling.timeout.connect(self._on_settled)
        self._blind = QTimer(self, singleShot=True, interval=_BLIND_MS)
        self._blind.timeout.connect(self._on_maybe_blind)
        try:
            self._binding = self._make_binding(self._on_event)
            self._binding.show_in(self._outlet)
        except AppError as error:
            self.failed.emit(0, error)

    def order(self, order: Order | None) -> None:
        """Callable from any thread: have the player do this next; orders not yet begun are forgotten."""
        with self._lock:
            self._newest = order
        self._ordered.emit()

    def _on_ordered(self) -> None:
        with self._lock:
            order, self._newest = self._newest, None
        if order is not None and self._binding is not None:
            self._obey(order)

    def _obey(self, order: Order) -> None:
        before, self._order = self._order, order
        if self._phase is not _Phase.EMPTY and before is not None and before.path == order.path:
            if self._phase is _Phase.READY:
                self._apply()
            return
        self._source = self._source_of(order.path)
        if self._source is None and not order.path.is_file():
            self._fail(away(order.path))
            return
        self._by_hardware = self._hardware
        self._open(order.path)

    def set_rate(self, rate: float) -> None:
        """Playing speed."""
        self._rate = rate
        if self._binding is not None and self._phase is _Phase.READY:
            self._binding.set_rate(rate)

    def set_volume(self, percent: int) -> None:
        """0 to 100."""
        self._volume = percent
        if self._binding is not None:
            self._binding.set_volume(percent)

    def set_muted(self, muted: bool) -> None:
        """Sound off or on. While a file is being opened it is off anyway."""
        self._muted = muted
        if self._binding is not None and self._phase is not _Phase.OPENING:
            self._binding.set_muted(muted)

    def clear(self) -> None:
        """Let go of the file."""
        self._order = None
        self._close_media()

    def close(self) -> None:
        """Give libVLC back. Last thing on the thread."""
        for timer in (self._opening, self._settling, self._blind):
            timer.stop()
        self._phase, self._order = _Phase.EMPTY, None
        if self._binding is not None:
            self._binding.release()
            self._binding = None

    def _open(self, path: Path) -> None:
        assert self._binding is not None
        self._phase, self._runs = _Phase.OPENING, True
        self._media_count += 1
        self._hold_asked, self._held_at_ms, self._fresh = False, None, True
        self._settling.stop()
        self._blind.stop()
        self._binding.set_muted(True)  # it has to run for a moment until it can be sought
        self._binding.open(path, hardware=self._by_hardware, source=self._source)
        self._opening.start(_HARDWARE_DEADLINE_MS if self._by_hardware else _OPENING_DEADLINE_MS)

    def _apply(self) -> None:
        """The file is open: seek, and hold or play on as ordered."""
        order, binding = self._order, self._binding
        assert order is not None
        assert binding is not None
        if self._hold_asked:
            return  # what it comes to is decided when it is held
        if self._runs and order.playing and not self._fresh:
            binding.go_to(order.at_ms)
            self.started.emit(order.serial, False)
        elif self._runs:
            self._hold_asked = True
            binding.hold()  # the seek follows when it is held: given at once it may be lost
        elif self._held_at_ms != order.at_ms:
            self._seek_held(order)
        elif order.playing and not self._settling.isActive():
            self._resume()

    def _resume(self) -> None:
        """It waits at the very frame: playing on shows nothing earlier."""
        assert self._binding is not None
        self._held_at_ms = None
        self._binding.set_volume(self._volume)
        self._binding.set_muted(self._muted)
        self._binding.resume()

    def _on_settled(self) -> None:
        if self._phase is _Phase.READY and self._order is not None and self._order.playing and not self._runs:
            self._apply()

    def _seek_held(self, order: Order) -> None:
        assert self._binding is not None
        self._binding.go_to(order.at_ms)
        self._held_at_ms = order.at_ms
        self._settling.start()

    def _on_event(self, name: str, value: int) -> None:
        """Called on libVLC's threads: only passes on what was told."""
        try:
            self._told.emit(name, value, self._media_count)
        except RuntimeError:
            _log.debug("libVLC spoke after the player was gone")

    def _on_told(self, name: str, value: object, media_count: int) -> None:
        if self._binding is None or self._phase is _Phase.EMPTY or media_count != self._media_count:
            return
        order = self._order
        if order is None:
            return
        if name == "opened" and self._phase is _Phase.OPENING:
            self._on_opened()
        elif name == "playing":
            self._on_playing(order)
        elif name == "paused":
            self._on_paused(order)
        elif name in {"failed", "ended"}:
            self._give_up(order)
        elif name == "time" and isinstance(value, int):
            self._on_time(order, value)
        elif name == "length" and isinstance(value, int):
            self._length_ms = value
            self.length_told.emit(value)

    def _on_time(self, order: Order, at_ms: int) -> None:
        if self._phase is _Phase.OPENING and at_ms >= _BLIND_MS:
            self._give_up(order)  # it plays, but only what is heard
        elif self._phase is _Phase.READY and order.playing and self._runs:
            self._last_ms = at_ms
            self.time_told.emit(order.serial, at_ms)

    def _on_opened(self) -> None:
        assert self._binding is not None
        self._opening.stop()
        if self._hardware and not self._by_hardware:
            self._hardware = False
            _log.warning("the graphics processor failed to decode; from now on clips are decoded without it")
        self._phase = _Phase.READY
        self._binding.set_rate(self._rate)
        self._apply()

    def _on_playing(self, order: Order) -> None:
        if self._phase is not _Phase.READY or self._runs:
            return
        self._runs = True
        if order.playing:
            self._last_ms = order.at_ms
            self.started.emit(order.serial, True)
            if self._by_hardware:
                self._blind.start()
        else:
            self._apply()

    def _on_maybe_blind(self) -> None:
        """It has played for a while: has the graphics processor brought out any picture?"""
        order = self._order
        if self._waits_for_bytes():
            self._blind.start()
        elif self._binding is not None and order is not None and self._runs and not self._binding.pictures_shown():
            self._order = replace(order, at_ms=self._last_ms)
            self._give_up(order)

    def _on_paused(self, order: Order) -> None:
        if self._phase is _Phase.OPENING:
            self._give_up(order)  # its end, before there was any picture
            return
        self._blind.stop()
        self._runs = self._fresh = False
        asked, self._hold_asked = self._hold_asked, False
        if asked or not order.playing:
            self._apply()
        else:  # nobody asked: it is libVLC's pause on the last frame
            self._on_last_frame(order)

    def _on_last_frame(self, order: Order) -> None:
        """The end; or no more can be read, though there should be more."""
        is_early = self._last_ms < self._length_ms - _END_MS
        if self._source is not None and self._source.is_over:
            self._close_media()
        elif self._source is None and is_early and (problem := why_cut_short(order.path)) is not None:
            self._fail(problem)
        else:
            self.ended.emit(order.serial)

    def _waits_for_bytes(self) -> bool:
        return self._source is not None and self._source.is_waiting and not self._source.is_over

    def _on_opening_late(self) -> None:
        if self._waits_for_bytes():
            self._opening.start()
        elif self._order is not None:
            late = FileProblem(_("The player could not open this clip in time."), hint=_("Is its disk busy or asleep?"))
            self._give_up(self._order, late)

    def _give_up(self, order: Order, error: AppError | None = None) -> None:
        """It does not play so: without the graphics processor, if that was asked, or not at all."""
        if self._source is not None and self._source.is_over:
            self._close_media()  # nothing more comes; who fetched it says why
        elif self._by_hardware:
            self._by_hardware = False
            self._open(order.path)
        else:
            self._fail(error or why_not_played(order.path))

    def _fail(self, error: AppError) -> None:
        serial = self._order.serial if self._order is not None else 0
        self._close_media()
        self._order = None
        self.failed.emit(serial, error)

    def _close_media(self) -> None:
        self._opening.stop()
        self._settling.stop()
        if self._binding is not None and self._phase is not _Phase.EMPTY:
            self._binding.stop()
        self._blind.stop()
        self._phase, self._runs = _Phase.EMPTY, False
