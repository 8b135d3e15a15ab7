"""libVLC's callbacks for a file that is still on its way, as C functions over a `ByteSource`.

They are called on libVLC's own threads and may block there until bytes have come; so `abort` goes before anything that
waits for libVLC.
"""

from __future__ import annotations

import ctypes
import itertools
import logging
from ctypes import CFUNCTYPE, POINTER, c_int, c_size_t, c_ssize_t, c_uint64, c_void_p
from typing import Any

from desktop_search.core.byte_source import ByteReader, ByteSource
from desktop_search.core.errors import AppError, Cancelled
from desktop_search.core.token import CancelToken

_log = logging.getLogger(__name__)
_FAILED = -1

_Open = CFUNCTYPE(c_int, c_void_p, POINTER(c_void_p), POINTER(c_uint64))
_Read = CFUNCTYPE(c_ssize_t, c_void_p, c_void_p, c_size_t)
_Seek = CFUNCTYPE(c_int, c_void_p, c_uint64)
_Close = CFUNCTYPE(None, c_void_p)


class StreamInput:
    """The callbacks. Keep it until libVLC has closed the media."""

    def __init__(self, source: ByteSource) -> None:
        self._source, self._token = source, CancelToken()
        self._keys = itertools.count(1)
        self._readers: dict[int, ByteReader] = {}
        self.open, self.read = _Open(self._open), _Read(self._read)
        self.seek, self.close = _Seek(self._seek), _Close(self._close)

    def abort(self) -> None:
        """Whoever waits for bytes gets none."""
        self._token.cancel()

    def _open(self, _opaque: Any, data: Any, size: Any) -> int:  # noqa: ANN401 - pointers of ctypes
        try:
            size[0] = self._source.size_bytes(self._token)
        except (AppError, Cancelled):
            return _FAILED
        key = next(self._keys)
        self._readers[key] = self._source.open(self._token)
        data[0] = key
        return 0

    def _read(self, key: int, buffer: int, length: int) -> int:
        reader = self._readers[key]
        data = reader.read(length)
        if reader.gave_up is not None:
            _log.debug("nothing more of %s: %r", self._source.path.name, reader.gave_up)
            return _FAILED
        ctypes.memmove(buffer, data, len(data))
        return len(data)

    def _seek(self, key: int, offset: int) -> int:
        self._readers[key].seek(offset)
        return 0

    def _close(self, key: int) -> None:
        del self._readers[key]
