"""What of SQLite's files is on the disk for certain: as they were when SQLite had them synced the last time.

What was only written lies in the system's memory, and a power cut takes it. Nothing shows the difference but who is
told of each sync; so SQLite's own layer over the system is wrapped.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_POINTERS_AFTER_SYNC = 13
# A name is handed on as it came: SQLite keeps it, and has more behind its end.
_Open = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_Sync = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)


class _Methods(ctypes.Structure):
    """`sqlite3_io_methods` of version 3."""

    _fields_ = (
        ("version", ctypes.c_int),
        ("before_sync", ctypes.c_void_p * 4),
        ("sync", _Sync),
        ("after_sync", ctypes.c_void_p * _POINTERS_AFTER_SYNC),
    )


class _File(ctypes.Structure):
    """`sqlite3_file`."""

    _fields_ = (("methods", ctypes.POINTER(_Methods)),)


class _Vfs(ctypes.Structure):
    """`sqlite3_vfs` of version 3."""

    _fields_ = (
        ("version", ctypes.c_int),
        ("file_size", ctypes.c_int),
        ("longest_path", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("data", ctypes.c_void_p),
        ("open", _Open),
        ("others", ctypes.c_void_p * 15),
    )


def _library() -> ctypes.CDLL | None:
    """The SQLite that Python uses; `None` where it is built into it."""
    import sqlite3  # loads it

    assert sqlite3.sqlite_version
    for line in Path("/proc/self/maps").read_text().splitlines():
        place = line.rpartition(" ")[2]
        if "libsqlite3" in place:
            return ctypes.CDLL(place)
    return None


SQLITE = _library()


class SyncedDisk:
    """Follows every file that SQLite opens while it is `watching`."""

    def __init__(self) -> None:
        self._synced: dict[str, bytes] = {}
        self._paths: dict[int, str] = {}
        self._kept: dict[int, _Methods] = {}

    def copy(self, file: Path, folder: Path) -> Path:
        """A database as a power cut would leave it now, into `folder`; its place there."""
        for suffix in ("", "-wal"):
            content = self._synced.get(f"{file}{suffix}")
            if content is not None:
                (folder / f"{file.name}{suffix}").write_bytes(content)
        return folder / file.name

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Databases that are opened inside are followed; they must be closed inside."""
        assert SQLITE is not None
        SQLITE.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
        usual = SQLITE.sqlite3_vfs_find(None)
        ours = _Vfs.from_buffer_copy(usual.contents)
        opened = usual.contents.open

        def open_file(_vfs: int, name: int | None, file: int, flags: int, flags_out: int) -> int:
            result = int(opened(ctypes.addressof(usual.contents), name, file, flags, flags_out))
            if result == 0 and name is not None:
                self._follow(file, ctypes.string_at(name))
            return result

        ours.name, ours.open = b"synced-disk", _Open(open_file)
        SQLITE.sqlite3_vfs_register(ctypes.byref(ours), 1)
        try:
            yield
        finally:
            SQLITE.sqlite3_vfs_register(usual, 1)
            SQLITE.sqlite3_vfs_unregister(ctypes.byref(ours))

    def _follow(self, address: int, name: bytes) -> None:
        file = _File.from_address(address)
        theirs = ctypes.addressof(file.methods.contents)
        self._paths[address] = name.decode()
        if theirs not in self._kept:
            own = _Methods.from_buffer_copy(file.methods.contents)
            sync = file.methods.contents.sync

            def sync_file(synced: int, flags: int) -> int:
                result = int(sync(synced, flags))
                path = self._paths[synced]
                self._synced[path] = Path(path).read_bytes()
                return result

            own.sync = _Sync(sync_file)
            self._kept[theirs] = own
        file.methods = ctypes.pointer(self._kept[theirs])
