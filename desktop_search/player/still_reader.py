"""Reads exact frames on a thread of its own: the newest wish, and when there is none, what may be wished for next."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from desktop_search.core.byte_source import ByteSource, SourceOf
from desktop_search.core.errors import AppError, Cancelled, FileAway
from desktop_search.core.language import _
from desktop_search.core.token import CancelToken
from desktop_search.media.failing import away
from desktop_search.player.ready_stills import ReadyStills

_log = logging.getLogger(__name__)

ReadStill = Callable[[Path | ByteSource, int, int, CancelToken], Image.Image]


@dataclass(frozen=True, slots=True)
class Moment:
    """The frame on screen at `at_ms` of `path`, no larger than `max_side_px`."""

    path: Path
    at_ms: int
    max_side_px: int


@dataclass(frozen=True, slots=True)
class Wish:
    """A moment to be shown now. `serial` comes back with the answer; `keep` it at hand for a while after."""

    serial: int
    moment: Moment
    keep: bool = False


class StillReader(QObject):
    """Lives on its own thread; `wish` and `make_ready` may be called from any.

    A wish is never kept waiting by what is made ready: that is given up within a frame or two, and begun anew later.

    Signals:
        read(serial, QImage)
        failed(serial, AppError)
        made_ready(): everything that was to be made ready is at hand, or cannot be.
    """

    read = Signal(int, object)
    failed = Signal(int, object)
    made_ready = Signal()
    _woken = Signal()

    def __init__(self, read_still: ReadStill, source_of: SourceOf = lambda _path: None) -> None:
        super().__init__()
        self._read_still, self._source_of = read_still, source_of
        self._patience = CancelToken()  # of a wish that may wait for bytes to come: the next one ends it
        self._reading = CancelToken()  # of the wish that is being fulfilled: wanting nothing ends it
        self._ready = ReadyStills()
        self._lock = threading.Lock()
        self._wanted: Wish | None = None
        self._ahead: list[Moment] = []
        self._underway: tuple[Moment, CancelToken] | None = None  # of what is made ready
        self._woken.connect(self._on_woken, Qt.ConnectionType.QueuedConnection)

    def wish(self, wish: Wish | None) -> None:
        """Want this frame next instead of what was wanted before; `None` to want nothing."""
        with self._lock:
            self._wanted = wish
            self._patience.cancel()
            if wish is None:
                self._reading.cancel()
            if wish is not None and self._underway is not None and self._underway[0] != wish.moment:
                self._underway[1].cancel()
        self._woken.emit()

    def make_ready(self, moments: Sequence[Moment]) -> None:
        """Have these at hand soon, the first ones first, instead of what was to be made ready before."""
        with self._lock:
            self._ahead = list(moments)
            if self._underway is not None and self._underway[0] not in self._ahead:
                self._underway[1].cancel()
        self._woken.emit()

    def _on_woken(self) -> None:
        with self._lock:
            wish, self._wanted = self._wanted, None
            self._patience, self._reading = CancelToken(), CancelToken()
            patience, reading = self._patience, self._reading
        if wish is not None:
            self._fulfil(wish, patience, reading)
            self._woken.emit()  # come back for what is to be made ready, unless a newer wish is there by then
            return
        self._make_next_ready()

    def _fulfil(self, wish: Wish, patience: CancelToken, reading: CancelToken) -> None:
        """`patience` ends with the next wish; only a file that is on its way is kept waiting for."""
        moment = wish.moment
        source = self._source_of(moment.path)
        image = self._ready.find(moment.path, moment.at_ms, moment.max_side_px)
        try:
            if image is None:
                image = self._image_of(moment, patience if source else reading, source)
        except Cancelled:
            return
        except FileAway:
            self.failed.emit(wish.serial, away(moment.path))
        except AppError as error:
            self.failed.emit(wish.serial, error)
        except Exception as error:  # noqa: BLE001 - a file can break a decoder in any way; playing may still work
            _log.info("no still of %s", moment.path.name, exc_info=True)
            self.failed.emit(wish.serial, AppError(_("No picture could be read from this video."), details=repr(error)))
        else:
            self.read.emit(wish.serial, image)
            if wish.keep:
                self._ready.keep(moment.path, moment.at_ms, moment.max_side_px, image)

    def _make_next_ready(self) -> None:
        """One picture only, then look again whether one is wished for."""
        with self._lock:
            if self._wanted is not None or not self._ahead:
                return
            moment, token = self._ahead[0], CancelToken()
            self._underway = moment, token
        try:
            if self._ready.find(moment.path, moment.at_ms, moment.max_side_px) is None:
                image = self._image_of(moment, token)
                self._ready.keep(moment.path, moment.at_ms, moment.max_side_px, image)
        except Cancelled:
            done = False
        except Exception:  # noqa: BLE001 - it is told when the picture is wished for
            _log.debug("no still of %s ahead of time", moment.path.name, exc_info=True)
            done = True
        else:
            done = True
        with self._lock:
            self._underway = None
            if done and moment in self._ahead:
                self._ahead.remove(moment)
            is_all = not self._ahead
        if is_all:
            self.made_ready.emit()
        self._woken.emit()

    def _image_of(self, moment: Moment, token: CancelToken, source: ByteSource | None = None) -> QImage:
        return _to_qt(self._read_still(source or moment.path, moment.at_ms, moment.max_side_px, token))


def _to_qt(picture: Image.Image) -> QImage:
    rgb = picture.convert("RGB")
    view = QImage(rgb.tobytes(), rgb.width, rgb.height, rgb.width * 3, QImage.Format.Format_RGB888)
    return view.convertToFormat(QImage.Format.Format_RGB32)  # a copy: the bytes above are gone after this
