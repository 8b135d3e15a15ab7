"""A drive that answers late, as one on the network does: a file system of our own (FUSE) over a folder.

It keeps nothing in the memory of the system, shares none between programs, and notes which thread asked it for what.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_READY_S = 20.0
_SYS_ADMIN = 1 << 21  # linux/capability.h: what mounting needs


def why_not() -> str:
    """Why there can be no such drive here; "" where there can."""
    if sys.platform != "linux" or not os.access("/dev/fuse", os.R_OK | os.W_OK) or not _may_mount():
        return "this machine lets nobody have a file system of their own"
    return "" if shutil.which("fusermount3") else "fuse3 is not installed"


def _may_mount() -> bool:
    """False in a container that was not given it, whoever asks there."""
    status = Path("/proc/self/status").read_text("utf-8")
    bounds = next(line for line in status.splitlines() if line.startswith("CapBnd:"))
    return bool(int(bounds.split()[1], 16) & _SYS_ADMIN)


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
    command = [sys.executable, "-m", "tests.support.slow_drive_server", drive.place, drive.source, folder / "asked.txt"]
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
