"""Reads exact frames on a thread of its own. Only the newest wish counts: older ones are never begun."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from desktop_search.core.errors import AppError

_log = logging.getLogger(__name__)

ReadStill = Callable[[Path, int, int], Image.Image]


@dataclass(frozen=True, slots=True)
class Wish:
    """The frame on screen at `at_ms` of `path`, no larger than `max_side_px`. `serial` comes back with the answer."""

    serial: int
    path: Path
    at_ms: int
    max_side_px: int


class StillReader(QObject):
    """Lives on its own thread; `wish` may be called from any.

    Signals:
        read(serial, QImage)
        failed(serial, AppError)
    """

    read = Signal(int, object)
    failed = Signal(int, object)
    _woken = Signal()

    def __init__(self, read_still: ReadStill) -> None:
        super().__init__()
        self._read_still = read_still
        self._lock = threading.Lock()
        self._wanted: Wish | None = None
        self._woken.connect(self._on_woken, Qt.ConnectionType.QueuedConnection)

    def wish(self, wish: Wish | None) -> None:
        """Want this frame next instead of what was wanted before; `None` to want nothing."""
        with self._lock:
            self._wanted = wish
        self._woken.emit()

    def _on_woken(self) -> None:
        with self._lock:
            wish, self._wanted = self._wanted, None
        if wish is None:
            return
        try:
            image = _to_qt(self._read_still(wish.path, wish.at_ms, wish.max_side_px))
        except AppError as error:
            self.failed.emit(wish.serial, error)
        except Exception as error:  # noqa: BLE001 - a file can break a decoder in any way; playing may still work
            _log.info("no still of %s", wish.path.name, exc_info=True)
            self.failed.emit(wish.serial, AppError("No picture could be read from this video.", details=repr(error)))
        else:
            self.read.emit(wish.serial, image)


def _to_qt(picture: Image.Image) -> QImage:
    rgb = picture.convert("RGB")
    view = QImage(rgb.tobytes(), rgb.width, rgb.height, rgb.width * 3, QImage.Format.Format_RGB888)
    return view.convertToFormat(QImage.Format.Format_RGB32)  # a copy: the bytes above are gone after this
