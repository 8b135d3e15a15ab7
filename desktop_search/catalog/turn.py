"""One window at a time: several programs may share a catalog, but only one of them may send its rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from desktop_search.core.errors import CatalogProblem
from desktop_search.core.language import _
from desktop_search.core.token import CancelToken

_LOOK_EVERY_S = 0.5


@contextmanager
def sole_turn(lock_file: Path, token: CancelToken) -> Iterator[None]:
    """Waits until no other program holds `lock_file`, and holds it for the length of the block.

    The system lets go of it when the program ends, however it ends. Raises `Cancelled`, `CatalogProblem`.
    """
    try:
        # An empty database is a lock that works alike on every system.
        connection = sqlite3.connect(lock_file, timeout=0, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as error:
        raise CatalogProblem(
            _("The list of uploads could not be reserved for this window."), details=str(error)
        ) from error
    with closing(connection):
        while not _taken(connection):
            token.wait(_LOOK_EVERY_S)
        yield


def _taken(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            return False
        raise CatalogProblem(
            _("The list of uploads could not be reserved for this window."), details=str(error)
        ) from error
    return True
