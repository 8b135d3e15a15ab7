"""What is held in memory, kept in a file too, so that the next start need not work it out again.

The record alone counts: a file that is damaged, of another record, or of another version of the program is thrown away.
"""

from __future__ import annotations

import json
import logging
import mmap
import os
import struct
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from desktop_search.engine.ranking.postings import Arrays

_log = logging.getLogger(__name__)
_BEGINS = b"desktop-search memory 1\n"
_HEAD = struct.Struct(f"<{len(_BEGINS)}sQII")  # then: bytes of the description, its checksum, that of the arrays
_ALIGNED = 64
_AT_ONCE_BYTES = 1 << 24  # whole pages


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file held: everything up to the change of that number. Arrays are read from the disk as they are used."""

    number: int
    arrays: Mapping[str, npt.NDArray[np.generic]]


class Snapshot:
    """One file with arrays.

    Args:
        file: where; its folder is made when it is needed.
        identity: of the record, and of what the arrays mean: nothing else is taken.
    """

    def __init__(self, file: Path, identity: str) -> None:
        self._file, self._identity = file, identity

    def write(self, number: int, arrays: Arrays) -> bool:
        """Replace what is there, all at once. False, with a line in the log, where the disk does not take it."""
        new = self._file.with_name(self._file.name + ".new")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            _write(new, {"identity": self._identity, "number": number}, arrays)
            new.replace(self._file)
        except OSError as error:
            _log.info("%s could not be written: %s", self._file.name, error)
            with suppress(OSError):
                new.unlink(missing_ok=True)
            return False
        return True

    def read(self) -> Taken | None:
        """What is there; `None`, and the file is gone, where it cannot be used."""
        try:
            with self._file.open("rb") as opened:
                data = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
            return self._taken(data)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, struct.error) as error:
            self.discard(error)
            return None

    def discard(self, why: object) -> None:
        """Throw the file away."""
        _log.info("%s is not used: %s", self._file.name, why)
        with suppress(OSError):
            self._file.unlink(missing_ok=True)

    def _taken(self, data: mmap.mmap) -> Taken:
        begins, length, description_sum, arrays_sum = _HEAD.unpack_from(data)
        description = data[_HEAD.size : _HEAD.size + length]
        if begins != _BEGINS or zlib.crc32(description) != description_sum:
            raise ValueError("it is damaged, or of another version")
        found = json.loads(description)
        if found["identity"] != self._identity:
            raise ValueError("it belongs to another library")
        start = _aligned(_HEAD.size + length)
        if len(data) != start + found["bytes"] or _checksum(data, start) != arrays_sum:
            raise ValueError("it is damaged")
        return Taken(
            found["number"],
            {
                name: np.frombuffer(data, np.dtype(kind), count, start + offset)
                for name, kind, count, offset in found["arrays"]
            },
        )


def _checksum(data: mmap.mmap, start: int) -> int:
    """Of everything from `start` on, which need not stay in memory once it was gone through."""
    checksum = 0
    with memoryview(data) as view:
        for first in range(0, len(data), _AT_ONCE_BYTES):
            after = min(first + _AT_ONCE_BYTES, len(data))
            checksum = zlib.crc32(view[max(first, start) : after], checksum)
            if hasattr(mmap, "MADV_DONTNEED"):
                data.madvise(mmap.MADV_DONTNEED, first, after - first)
    return checksum


def _write(file: Path, description: dict[str, object], arrays: Arrays) -> None:
    offset, listed = 0, list[tuple[str, str, int, int]]()
    for name, array in arrays.items():
        listed.append((name, array.dtype.str, len(array), offset))
        offset = _aligned(offset + array.nbytes)
    described = json.dumps({**description, "bytes": offset, "arrays": listed}).encode()
    with file.open("wb") as opened:
        opened.write(bytes(_aligned(_HEAD.size + len(described))))
        checksum = 0
        for array in arrays.values():
            for part in (np.ascontiguousarray(array).view(np.uint8).data, bytes(-array.nbytes % _ALIGNED)):
                checksum = zlib.crc32(part, checksum)
                opened.write(part)
        opened.seek(0)
        opened.write(_HEAD.pack(_BEGINS, len(described), zlib.crc32(described), checksum) + described)
        opened.flush()
        os.fsync(opened.fileno())


def _aligned(offset: int) -> int:
    return -(-offset // _ALIGNED) * _ALIGNED
