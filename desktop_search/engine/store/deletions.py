"""Wiping what was deleted: SQLite and its index of phrases mark it as gone, but would keep the bytes for long."""

from __future__ import annotations

import sqlite3

from desktop_search.engine.store.database import Database

_PENDING = "wipe"  # a setting: "began" once the index of phrases is being merged
_PAGES = 200  # of the index of phrases, merged in one transaction: writers wait for 0.1 s at most
_MERGE = "INSERT INTO utterance_grams (utterance_grams, rank) VALUES ('merge', ?)"


class Deletions:
    """The record overwrites deleted rows itself (`secure_delete`). The index of phrases forgets in merging only."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def wipe_some(self) -> bool:
        """Do some of what is to be done; whether there is more."""
        row = self._database.reading().execute("SELECT value FROM settings WHERE name = ?", (_PENDING,)).fetchone()
        if row is None:
            return False
        with self._database.writing() as connection:
            before = connection.total_changes
            # A negative number puts all parts of the index in line to become one; the next ones go on with that.
            connection.execute(_MERGE, (_PAGES if row["value"] == "began" else -_PAGES,))
            if connection.total_changes - before >= 2:
                connection.execute("UPDATE settings SET value = 'began' WHERE name = ?", (_PENDING,))
                return True
            connection.execute("DELETE FROM settings WHERE name = ?", (_PENDING,))
        self._database.empty_log()
        return False


def wipe_later(connection: sqlite3.Connection) -> None:
    """Something is being deleted in this transaction."""
    connection.execute("INSERT OR REPLACE INTO settings VALUES (?, 'asked')", (_PENDING,))
