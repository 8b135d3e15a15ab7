"""libVLC's callbacks for pictures in memory, as C functions over a `FrameStore`.

python-vlc's own prototype gives the name of the format as Python bytes, which cannot be written to.
"""

from __future__ import annotations

import ctypes
import logging
from ctypes import CFUNCTYPE, POINTER, c_char, c_uint, c_void_p
from typing import Any

from desktop_search.player.frame_store import FrameStore

_log = logging.getLogger(__name__)
_FORMAT = b"RV32"  # blue, green, red and a byte of nothing: QImage's Format_RGB32

_Setup = CFUNCTYPE(
    c_uint, POINTER(c_void_p), POINTER(c_char), POINTER(c_uint), POINTER(c_uint), POINTER(c_uint), POINTER(c_uint)
)
_Cleanup = CFUNCTYPE(None, c_void_p)
_Lock = CFUNCTYPE(c_void_p, c_void_p, POINTER(c_void_p))
_Display = CFUNCTYPE(None, c_void_p, c_void_p)


class MemoryOutput:
    """The callbacks. Keep it as long as libVLC's player: libVLC calls what is held here."""

    def __init__(self, frames: FrameStore) -> None:
        self._frames = frames
        self.set_up, self.clean_up = _Setup(self._set_up), _Cleanup(self._clean_up)
        self.lock, self.display = _Lock(self._lock), _Display(self._display)

    def _set_up(self, opaque: Any, chroma: Any, width: Any, height: Any, pitches: Any, lines: Any) -> int:  # noqa: ANN401 - pointers of ctypes
        """Fill in the format. Two sizes are given, with and without what is cut off; both become the picture's."""
        try:
            layout = self._frames.set_up(width[1] or width[0], height[1] or height[0])
        except MemoryError:
            _log.warning("no memory for pictures of %s × %s", width[0], height[0])
            return 0  # libVLC then goes on without a picture
        ctypes.memmove(chroma, _FORMAT, len(_FORMAT))
        width[0] = width[1] = layout.width
        height[0] = height[1] = layout.height
        pitches[0], lines[0] = layout.pitch, layout.height
        opaque[0] = layout.key
        return 1

    def _clean_up(self, key: int) -> None:
        self._frames.close(key)

    def _lock(self, key: int, planes: Any) -> int:  # noqa: ANN401 - a pointer of ctypes
        planes[0], number = self._frames.begin(key)
        return number + 1  # 0 would be no picture

    def _display(self, key: int, picture: int) -> None:
        self._frames.finish(key, picture - 1)
