"""The memory between libVLC, which writes pictures on threads of its own, and Qt, which paints them."""

from __future__ import annotations

import ctypes
import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QImage

_PICTURES = 3  # one is written, one is the newest, one may still be painted
_ALIGNMENT = 32  # what libVLC's converters want of rows and planes
_BYTES_PER_PIXEL = 4


@dataclass(frozen=True, slots=True)
class Layout:
    """How libVLC is to write: into pictures of `width` × `height` pixels, `pitch` bytes from row to row."""

    key: int
    width: int
    height: int
    pitch: int


class _Pictures:
    """The pictures of one output of libVLC, all of one size. `QImage`s look into the memory; nothing is copied."""

    def __init__(self, layout: Layout) -> None:
        size = layout.pitch * layout.height
        self._memory = [ctypes.create_string_buffer(size + _ALIGNMENT) for _ in range(_PICTURES)]
        starts = [-ctypes.addressof(buffer) % _ALIGNMENT for buffer in self._memory]
        self.addresses = [ctypes.addressof(buffer) + start for buffer, start in zip(self._memory, starts, strict=True)]
        self.images = [
            QImage(
                memoryview(buffer)[start : start + size],
                layout.width,
                layout.height,
                layout.pitch,
                QImage.Format.Format_RGB32,
            )
            for buffer, start in zip(self._memory, starts, strict=True)
        ]


class FrameStore:
    """Three pictures in turn, so that neither side ever waits for the other.

    `set_up`, `begin`, `finish` and `close` are called on libVLC's threads, the rest on the GUI thread. `on_frame` is
    called on libVLC's threads too, once for all frames that come before `take`.
    """

    def __init__(self, on_frame: Callable[[], None]) -> None:
        self.max_side_px = 1 << 14
        self._on_frame = on_frame
        self._lock = threading.Lock()
        self._keys = itertools.count(1)
        self._open: dict[int, _Pictures] = {}
        self._newest: tuple[_Pictures, int] | None = None
        self._painted: tuple[_Pictures, int] | None = None
        self._count = 0
        self._is_told = False

    @property
    def count(self) -> int:
        """How many frames have come so far."""
        return self._count

    def set_up(self, width: int, height: int) -> Layout:
        """An output of libVLC begins: of the video's size, or no larger than `max_side_px`."""
        longest = max(width, height, 1)
        if longest > self.max_side_px:
            width, height = width * self.max_side_px // longest, height * self.max_side_px // longest
        width, height = max(1, width), max(1, height)
        pitch = (width * _BYTES_PER_PIXEL + _ALIGNMENT - 1) // _ALIGNMENT * _ALIGNMENT
        layout = Layout(next(self._keys), width, height, pitch)
        pictures = _Pictures(layout)
        with self._lock:
            self._open[layout.key] = pictures
        return layout

    def begin(self, key: int) -> tuple[int, int]:
        """The address to write the next picture to, and the picture's number."""
        with self._lock:
            pictures = self._open[key]
            taken = {each[1] for each in (self._newest, self._painted) if each is not None and each[0] is pictures}
            number = next(each for each in range(_PICTURES) if each not in taken)
        return pictures.addresses[number], number

    def finish(self, key: int, number: int) -> None:
        """The picture is whole, and due now."""
        with self._lock:
            self._newest = (self._open[key], number)
            self._count += 1
            tell, self._is_told = not self._is_told, True
        if tell:
            self._on_frame()

    def close(self, key: int) -> None:
        """An output of libVLC has ended. Its newest picture stays until there is another."""
        with self._lock:
            self._open.pop(key, None)

    def take(self) -> QImage | None:
        """The newest picture; libVLC does not touch it before the next call."""
        with self._lock:
            self._is_told = False
            self._painted = self._newest
            return self._painted[0].images[self._painted[1]] if self._painted is not None else None
