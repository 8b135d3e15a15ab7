"""How SQLite keeps a transaction whole: by a log that readers never wait for, or a journal where that cannot work."""

from __future__ import annotations

import sqlite3
from enum import StrEnum
from pathlib import Path

from desktop_search.core.drives import drive_of

_VERSIONS_AT = slice(18, 20)  # of the file's head: the versions that may write and read it
_WITH_LOG = b"\x02\x02"


class Journal(StrEnum):
    """SQLite's names of the two ways."""

    LOG = "wal"  # its readers and writers share memory, which only programs on one computer can
    ROLLBACK = "truncate"  # readers wait for the moment of writing; nothing is made or removed for a transaction


def journal_for(folder: Path) -> Journal:
    """The way that is safe in this folder."""
    return Journal.ROLLBACK if drive_of(folder).is_network else Journal.LOG


def set_journal(connection: sqlite3.Connection, file: Path) -> None:
    """Let the new `connection` to `file` write in the way that is safe there. Raises `sqlite3.Error`.

    A file that was written with a log elsewhere is turned over, alone and without shared memory.
    """
    journal = journal_for(file.parent)
    is_turned_over = journal is Journal.ROLLBACK and _head(file)[_VERSIONS_AT] == _WITH_LOG
    if is_turned_over:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    connection.execute(f"PRAGMA journal_mode={journal}").fetchone()
    if is_turned_over:
        connection.execute("PRAGMA locking_mode=NORMAL")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # by this the file is let go of


def _head(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(_VERSIONS_AT.stop)
    except FileNotFoundError:
        return b""
