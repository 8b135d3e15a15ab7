"""A drive that answers late, as one on the network does: a file system of our own (FUSE) over a folder.

It keeps nothing in the memory of the system, shares none between programs, and notes which thread asked it for what.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

_READY_S = 20.0


def why_not() -> str:
    """Why there can be no such drive here; "" where there can."""
    if sys.platform != "linux" or not os.access("/dev/fuse", os.R_OK | os.W_OK):
        return "this machine lets nobody have a file system of their own"
    return "" if shutil.which("fusermount3") else "fuse3 is not installed"


class SlowDrive:
    """Seen at `place`; what is on it lies in `source`."""

    def __init__(self, place: Path, source: Path, log: Path) -> None:
        self.place, self.source, self._log = place, source, log

    def asked(self) -> list[tuple[int, str]]:
        """Everything it was asked so far: (native id of the thread that waited, "open /path")."""
        lines = self._log.read_text("utf-8", "replace").splitlines()
        return [(int(thread), what) for thread, _, what in (line.partition(" ") for line in lines)]


@contextmanager
def slow_drive(folder: Path, late_ms: int) -> Iterator[SlowDrive]:
    """One that answers `late_ms` after it was asked, below the new `folder`; gone at the end, however that comes."""
    drive = SlowDrive(folder / "drive", folder / "source", folder / "asked.txt")
    for made in (drive.place, drive.source):
        made.mkdir(parents=True)
    command = [sys.executable, "-m", "tests.support.slow_drive", drive.place, drive.source, folder / "asked.txt"]
    server = subprocess.Popen([*map(str, command), str(late_ms)], stderr=subprocess.PIPE)
    try:
        deadline = time.monotonic() + _READY_S
        while not drive.place.is_mount():
            if server.poll() is not None or time.monotonic() > deadline:
                server.kill()
                raise RuntimeError(f"the drive did not come: {server.communicate()[1].decode()[-500:]}")
        yield drive
    finally:
        subprocess.run(["fusermount3", "-u", "-z", str(drive.place)], check=False, capture_output=True)
        server.kill()
        server.communicate()


def _serve(place: str, source: str, log: str, late_ms: int) -> None:
    from mfusepy import FUSE, Operations, fuse_get_context  # here alone: it looks for its library when imported

    never = threading.Event()
    noted = Path(log).open("a", encoding="utf-8", errors="replace", buffering=1)  # noqa: SIM115 - until the end

    def late(operation: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(operation)
        def answer(drive: object, path: str, *arguments: Any) -> Any:
            noted.write(f"{fuse_get_context()[2]} {operation.__name__} {path}\n")
            never.wait(late_ms / 1000)
            return operation(drive, path, *arguments)

        return answer

    class _Drive(Operations):  # type: ignore[misc]
        """Passes everything on to the folder."""

        use_ns = True

        @late
        def getattr(self, path: str, fh: int | None = None) -> dict[str, Any]:
            del fh
            found = os.lstat(source + path)
            names = ("mode", "size", "uid", "gid", "nlink")
            times = {f"st_{name}": getattr(found, f"st_{name}_ns") for name in ("atime", "mtime", "ctime")}
            return times | {f"st_{name}": getattr(found, f"st_{name}") for name in names}

        @late
        def readdir(self, path: str, fh: int) -> list[str]:
            del fh
            return [".", "..", *(each.name for each in Path(source + path).iterdir())]

        @late
        def open(self, path: str, flags: int) -> int:
            return os.open(source + path, flags & ~os.O_APPEND)

        @late
        def create(self, path: str, mode: int, fi: object = None) -> int:
            del fi
            return os.open(source + path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, mode)

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
            os.truncate(source + path, length)
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
            Path(source + old).rename(source + new)
            return 0

        @late
        def unlink(self, path: str) -> int:
            Path(source + path).unlink()
            return 0

        @late
        def mkdir(self, path: str, mode: int) -> int:
            Path(source + path).mkdir(mode)
            return 0

        @late
        def rmdir(self, path: str) -> int:
            Path(source + path).rmdir()
            return 0

        @late
        def chmod(self, path: str, mode: int) -> int:
            Path(source + path).chmod(mode)
            return 0

        @late
        def utimens(self, path: str, times: tuple[int, int] | None = None) -> int:
            os.utime(source + path, ns=times) if times else os.utime(source + path)
            return 0

        @late
        def statfs(self, path: str) -> dict[str, int]:
            found = os.statvfs(source + path)
            names = ("f_bavail", "f_bfree", "f_blocks", "f_bsize", "f_favail", "f_ffree", "f_files", "f_namemax")
            return {name: getattr(found, name) for name in names}

    # Asked anew each time, and past the memory of the system: so no program can share memory with another by a file.
    FUSE(
        _Drive(), place, foreground=True, fsname="slow", subtype="slow",
        direct_io=True, attr_timeout=0, entry_timeout=0, negative_timeout=0,
    )  # fmt: skip


if __name__ == "__main__":
    _serve(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
