"""The file system behind a slow drive: `python -m tests.support.slow_drive_server PLACE SOURCE LOG LATE_MS`."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from mfusepy import FUSE, Operations, fuse_get_context


def late(operation: Callable[..., Any]) -> Callable[..., Any]:
    """Notes what is asked by which thread, and answers in a while."""

    @wraps(operation)
    def answer(drive: Drive, path: str, *arguments: Any) -> Any:
        drive.note_and_wait(f"{operation.__name__} {path}")
        return operation(drive, path, *arguments)

    return answer


class Drive(Operations):  # type: ignore[misc]
    """Passes everything on to the folder."""

    use_ns = True

    def __init__(self, source: str, log: str, late_s: float) -> None:
        self._source, self._late_s, self._never = source, late_s, threading.Event()
        self._log = Path(log).open("a", encoding="utf-8", errors="replace", buffering=1)  # noqa: SIM115 - until the end

    def note_and_wait(self, what: str) -> None:
        self._log.write(f"{fuse_get_context()[2]} {what}\n")
        self._never.wait(self._late_s)

    @late
    def getattr(self, path: str, fh: int | None = None) -> dict[str, Any]:
        del fh
        found = os.lstat(self._source + path)
        names = ("mode", "size", "uid", "gid", "nlink")
        times = {f"st_{name}": getattr(found, f"st_{name}_ns") for name in ("atime", "mtime", "ctime")}
        return times | {f"st_{name}": getattr(found, f"st_{name}") for name in names}

    @late
    def readdir(self, path: str, fh: int) -> list[str]:
        del fh
        return [".", "..", *(each.name for each in Path(self._source + path).iterdir())]

    @late
    def open(self, path: str, flags: int) -> int:
        return os.open(self._source + path, flags & ~os.O_APPEND)

    @late
    def create(self, path: str, mode: int, fi: object = None) -> int:
        del fi
        return os.open(self._source + path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, mode)

    @late
    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        del path
        return os.pread(fh, size, offset)

    @late
    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        del path
        return os.pwrite(fh, data, offset)

    @late
    def truncate(self, path: str, length: int, fh: int | None = None) -> int:
        del fh
        os.truncate(self._source + path, length)
        return 0

    @late
    def fsync(self, path: str, datasync: int, fh: int) -> int:
        del path, datasync
        os.fsync(fh)
        return 0

    @late
    def release(self, path: str, fh: int) -> int:
        del path
        os.close(fh)
        return 0

    @late
    def rename(self, old: str, new: str) -> int:
        Path(self._source + old).rename(self._source + new)
        return 0

    @late
    def unlink(self, path: str) -> int:
        Path(self._source + path).unlink()
        return 0

    @late
    def mkdir(self, path: str, mode: int) -> int:
        Path(self._source + path).mkdir(mode)
        return 0

    @late
    def rmdir(self, path: str) -> int:
        Path(self._source + path).rmdir()
        return 0

    @late
    def chmod(self, path: str, mode: int) -> int:
        Path(self._source + path).chmod(mode)
        return 0

    @late
    def utimens(self, path: str, times: tuple[int, int] | None = None) -> int:
        os.utime(self._source + path, ns=times) if times else os.utime(self._source + path)
        return 0

    @late
    def statfs(self, path: str) -> dict[str, int]:
        found = os.statvfs(self._source + path)
        names = ("f_bavail", "f_bfree", "f_blocks", "f_bsize", "f_favail", "f_ffree", "f_files", "f_namemax")
        return {name: getattr(found, name) for name in names}


def serve(place: str, source: str, log: str, late_ms: str) -> None:
    # Asked anew each time, and past the memory of the system: so no program can share memory with another by a file.
    FUSE(
        Drive(source, log, int(late_ms) / 1000), place, foreground=True, fsname="slow", subtype="slow",
        direct_io=True, attr_timeout=0, entry_timeout=0, negative_timeout=0,
    )  # fmt: skip


if __name__ == "__main__":
    serve(*sys.argv[1:])
