"""Namespaces (`unique_id`): the partition everything lives in. Each also has a number, its folder id."""

from __future__ import annotations

import sqlite3

from desktop_search.engine.store.database import Database


class NamespaceGone(Exception):
    """The namespace was renamed or deleted since it was looked up."""


class Namespaces:
    """The namespaces ever used."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def names(self) -> tuple[str, ...]:
        """In the order of their first use."""
        rows = self._database.reading().execute("SELECT name FROM namespaces ORDER BY id").fetchall()
        return tuple(row["name"] for row in rows)

    def name_of(self, folder_id: int) -> str | None:
        """The namespace with this folder id."""
        row = self._database.reading().execute("SELECT name FROM namespaces WHERE id = ?", (folder_id,)).fetchone()
        return None if row is None else str(row["name"])

    def ensure(self, name: str, new_id: int) -> None:
        """Create the namespace if this is its first use."""
        known = self._database.reading().execute("SELECT 1 FROM namespaces WHERE name = ?", (name,)).fetchone()
        if known is None:
            with self._database.writing() as connection:
                connection.execute("INSERT OR IGNORE INTO namespaces (id, name) VALUES (?, ?)", (new_id, name))


def namespace_id(connection: sqlite3.Connection, name: str) -> int:
    """The row id of a namespace. Raises NamespaceGone."""
    row = connection.execute("SELECT id FROM namespaces WHERE name = ?", (name,)).fetchone()
    if row is None:
        raise NamespaceGone(name)
    return int(row["id"])
