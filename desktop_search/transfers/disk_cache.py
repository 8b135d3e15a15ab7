"""Files that can be fetched again, kept within a bound: what was not used for longest goes first."""

from __future__ import annotations

import hashlib
import os
import threading
from contextlib import suppress
from pathlib import Path

PART_SUFFIX = ".part"


class DiskCache:
    """A folder of derived files. Safe from any thread; deleting the folder at any time is harmless."""

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self._folder, self._max_bytes = folder, max_bytes
        self._lock = threading.Lock()
        self._total_bytes: int | None = None  # unknown until the folder was looked through

    def place(self, *key: str, suffix: str) -> Path:
        """Where the file of `key` is kept. Keys may hold anything; the name is a digest of them."""
        name = hashlib.blake2b("\0".join(key).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        return self._folder / name[:2] / f"{name}{suffix}"

    def find(self, place: Path) -> Path | None:
        """`place` if the file is there; it then counts as just used."""
        try:
            os.utime(place)
        except OSError:
            return None
        return place

    def holds(self, path: Path) -> bool:
        """Whether a path is one of this cache."""
        return path.is_relative_to(self._folder)

    def read(self, place: Path) -> bytes | None:
        """The file's bytes, if it is there; it then counts as just used."""
        try:
            data = place.read_bytes()
            os.utime(place)
        except OSError:
            return None
        return data

    def write(self, place: Path, data: bytes) -> None:
        """Keep `data`. A full or unwritable disk is no error: the file can be made again."""
        part = place.with_name(f"{place.name}.{threading.get_ident()}{PART_SUFFIX}")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(data)
            part.replace(place)
        except OSError:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            return
        self.added(place)

    def added(self, place: Path) -> None:
        """Count a file that was put at `place`, and make room; `place` itself stays."""
        with self._lock:
            if self._total_bytes is not None:
                with suppress(OSError):
                    self._total_bytes += place.stat().st_size
            if self._total_bytes is None or self._total_bytes > self._max_bytes:
                self._make_room(place)

    def _make_room(self, keep: Path) -> None:
        files = []
        for path in self._folder.glob("*/*"):
            with suppress(OSError):
                status = path.stat()
                files.append((status.st_mtime_ns, status.st_size, path))
        total = sum(size for _, size, _ in files)
        goal = self._max_bytes if total <= self._max_bytes else self._max_bytes * 9 // 10
        for _, size, path in sorted(files):
            if total <= goal:
                break
            if path != keep and path.suffix != PART_SUFFIX:
                with suppress(OSError):  # in use, on Windows: it goes another time
                    path.unlink()
                    total -= size
        self._total_bytes = total
