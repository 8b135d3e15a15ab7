"""The engine's SQLite file: one writer at a time, a reading connection per thread, numbered migrations."""

from __future__ import annotations

import math
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop_search.core.journals import set_journal
from desktop_search.engine.store.migrations import MIGRATIONS

_PATIENCE_MS = 30_000
_EARTH_RADIUS_KM = 6371.0


class StoreTooNew(Exception):
    """The file was written by a newer version of this program."""


def distance_km(
    latitude_a: float | None, longitude_a: float | None, latitude_b: float, longitude_b: float
) -> float | None:
    """Great-circle distance in kilometres; `None` where a place is unknown."""
    if latitude_a is None or longitude_a is None:
        return None
    north_a, north_b = math.radians(latitude_a), math.radians(latitude_b)
    half_north = math.sin((north_b - north_a) / 2)
    half_east = math.sin(math.radians(longitude_b - longitude_a) / 2)
    chord = half_north**2 + math.cos(north_a) * math.cos(north_b) * half_east**2
    return 2 * _EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))


class Database:
    """The record. Safe from any thread.

    A file that SQLite cannot read is set aside and a new one begun; `notice` then says so, for the log.
    """

    def __init__(self, file: Path, migrations: tuple[str, ...] = MIGRATIONS) -> None:
        self.file, self._migrations = file, migrations
        self.notice = ""
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._connections_lock = threading.Lock()
        self._writer_lock = threading.Lock()
        try:
            self._open_writer()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            self._set_aside(error)
            self._open_writer()

    def reading(self) -> sqlite3.Connection:
        """This thread's connection for reading."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._connect()
            connection.execute("PRAGMA query_only = 1")
        return connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: committed and on disk at the end, or rolled back when the block raises."""
        with self._writer_lock:
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
            except BaseException:
                self._writer.execute("ROLLBACK")
                raise
            self._commit()

    def empty_log(self) -> None:
        """Write the log of transactions into the file and empty it, unless somebody reads: it holds older pages too."""
        with self._writer_lock:
            self._writer.execute("PRAGMA busy_timeout = 200")  # who reads for longer holds up no writer
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            self._writer.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")

    def close(self) -> None:
        """Close every connection; nothing may be in use any longer."""
        with self._writer_lock, self._connections_lock:
            for connection in self._connections:
                connection.close()
            self._connections.clear()

    def _commit(self) -> None:
        try:
            self._writer.execute("COMMIT")
        except sqlite3.Error:
            with suppress(sqlite3.Error):  # a full disk may have rolled it back already
                self._writer.execute("ROLLBACK")
            raise

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.file, isolation_level=None, check_same_thread=False, timeout=_PATIENCE_MS / 1000
        )
        connection.row_factory = sqlite3.Row
        with self._connections_lock:
            self._connections.append(connection)
        connection.create_function("distance_km", 4, distance_km, deterministic=True)
        set_journal(connection, self.file)
        for pragma in ("synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def _open_writer(self) -> None:
        self._writer = self._connect()
        verdict = self._writer.execute("PRAGMA quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)
        self._migrate()

    def _migrate(self) -> None:
        version: int = self._writer.execute("PRAGMA user_version").fetchone()[0]
        if version > len(self._migrations):
            raise StoreTooNew(f"{self.file} was written by a newer version of Desktop Search; please update.")
        for number, step in enumerate(self._migrations[version:], start=version + 1):
            self._writer.executescript(f"BEGIN IMMEDIATE; {step}; PRAGMA user_version = {number}; COMMIT;")

    def _set_aside(self, error: sqlite3.DatabaseError) -> None:
        self.close()
        aside = self.file.with_name(f"{self.file.name}.damaged-{time.time_ns()}")
        for ending in ("", "-wal", "-shm"):
            part = self.file.with_name(self.file.name + ending)
            if part.exists():
                part.rename(aside.with_name(aside.name + ending))
        self.notice = f"The index could not be read ({error}). It was set aside as {aside.name} and a new one begun."
