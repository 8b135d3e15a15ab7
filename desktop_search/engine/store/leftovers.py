"""Files of the engine's own that must go, should the engine end in the middle of storing or deleting them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from desktop_search.engine.store.database import Database


class Leftovers:
    """Names of stored files, without folder. A name that is here at a start belongs to nothing any more."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[str]:
        """Every name."""
        return [row["name"] for row in self._database.reading().execute("SELECT name FROM leftovers")]

    def add(self, names: Iterable[str]) -> None:
        """These files are about to be stored; the transaction that adds their rows takes the names out again."""
        with self._database.writing() as connection:
            leave(connection, names)

    def remove(self, names: Iterable[str]) -> None:
        """These files are gone."""
        with self._database.writing() as connection:
            belong(connection, names)


def leave(connection: sqlite3.Connection, names: Iterable[str]) -> None:
    """From this transaction on the files belong to nothing."""
    connection.executemany("INSERT OR IGNORE INTO leftovers VALUES (?)", [(name,) for name in names])


def belong(connection: sqlite3.Connection, names: Iterable[str]) -> None:
    """From this transaction on the files belong to a row, or are gone."""
    connection.executemany("DELETE FROM leftovers WHERE name = ?", [(name,) for name in names])
