"""The catalog file of this computer: opened, checked, brought up to date, and set aside when it is damaged."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop_search.catalog.migrations import MIGRATIONS
from desktop_search.core.errors import AppError, CatalogProblem, DiskFull
from desktop_search.core.journals import set_journal
from desktop_search.core.language import _

_BUSY_TIMEOUT_S = 10.0


class Catalog:
    """One SQLite file. Safe from any thread: one connection writes, another reads, each behind a lock.

    Everything that `writing` committed is on the disk before it returns (`synchronous=FULL`), so that it outlives a
    crash of the program or of the machine.

    Attributes:
        notice: what the user must be told after opening ("" when all is well), e.g. that a damaged file was set aside.
    """

    def __init__(self, file: Path) -> None:
        """Open or create `file`. Raises `CatalogProblem`, `DiskFull`."""
        self.notice = ""
        self._file = file
        self._write_lock, self._read_lock = threading.RLock(), threading.RLock()
        self._depth = 0
        with _in_words(file):
            file.parent.mkdir(parents=True, exist_ok=True)
            self._set_aside_if_damaged()
            self._writer = _connect(file)
            try:
                self._migrate()
                self._reader = _connect(file)
            except BaseException:
                self._writer.close()
                raise

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction, committed at the end of the outermost block, rolled back when it is left by an exception.

        Raises `CatalogProblem`, `DiskFull`.
        """
        with self._write_lock, _in_words(self._file):
            outermost = self._depth == 0
            if outermost:
                self._writer.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield self._writer
            except BaseException:
                self._depth -= 1
                if outermost:
                    self._writer.rollback()
                raise
            self._depth -= 1
            if outermost:
                self._commit()

    @property
    def lock_file(self) -> Path:
        """The file that tells several programs with this catalog whose turn it is."""
        return self._file.with_name(f"{self._file.name}.turn")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection for SELECT. Raises `CatalogProblem`.

        It never waits for a write to reach the disk, except where that is a drive of the network.
        """
        with self._read_lock, _in_words(self._file):
            yield self._reader

    def close(self) -> None:
        """Close the file; later use raises `CatalogProblem`. Harmless when repeated."""
        with self._write_lock, self._read_lock:
            self._reader.close()
            self._writer.close()

    def _commit(self) -> None:
        try:
            self._writer.commit()
        except sqlite3.Error:
            self._writer.rollback()
            raise

    def _set_aside_if_damaged(self) -> None:
        if not self._file.exists() or _is_sound(self._file):
            return
        number = 1
        while (aside := self._file.with_name(f"{self._file.name}.damaged-{number}")).exists():
            number += 1
        for suffix in ("-wal", "-shm"):
            with suppress(FileNotFoundError):
                self._file.with_name(self._file.name + suffix).rename(aside.with_name(aside.name + suffix))
        self._file.rename(aside)
        self.notice = _(
            "The catalog of your uploads, searches and marks was damaged. It was set aside as {name} and a new one was "
            "begun. Your footage is untouched; add it again to fill the list."
        ).format(name=aside.name)

    def _migrate(self) -> None:
        version = self._version()
        if version > len(MIGRATIONS):
            raise CatalogProblem(
                _("The list of your uploads was made by a newer version of this program."),
                hint=_("Install the newer version again."),
                details=f"{self._file}: version {version}, this program knows {len(MIGRATIONS)}",
            )
        if 0 < version < len(MIGRATIONS):
            self._back_up(version)
        if version < len(MIGRATIONS):
            with self.writing() as connection:
                # Asked again: another window may have done it while this one waited for its turn to write.
                for step in MIGRATIONS[self._version() :]:
                    for statement in step:
                        connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")

    def _version(self) -> int:
        return int(self._writer.execute("PRAGMA user_version").fetchone()[0])

    def _back_up(self, version: int) -> None:
        target = sqlite3.connect(self._file.with_name(f"{self._file.name}.backup-{version}"))
        try:
            self._writer.backup(target)
        finally:
            target.close()


def _connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=_BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)
    set_journal(connection, file)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA fullfsync=ON")  # macOS: through the drive's own memory too, or a power cut takes it
    connection.execute("PRAGMA foreign_keys=ON")
    return connection


def _is_sound(file: Path) -> bool:
    connection = sqlite3.connect(file, timeout=_BUSY_TIMEOUT_S)
    try:
        set_journal(connection, file)
        return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
            raise  # locked, not readable: that is no damage
        return False
    finally:
        connection.close()


@contextmanager
def _in_words(file: Path) -> Iterator[None]:
    """Failures of SQLite and of the file system become errors for the user."""
    try:
        yield
    except AppError:
        raise
    except sqlite3.Error as error:
        details = f"{file}: {type(error).__name__}: {error}"
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL:
            raise DiskFull(
                _("The disk is full; the list of uploads could not be saved."),
                hint=_("Free some space, then try again."),
                details=details,
            ) from error
        raise CatalogProblem(_("The list of uploads could not be read or saved."), details=details) from error
    except OSError as error:
        raise CatalogProblem(
            _("The list of uploads could not be opened."),
            hint=_("Check that you may write in {folder}.").format(folder=file.parent),
            details=f"{type(error).__name__}: {error}",
        ) from error
