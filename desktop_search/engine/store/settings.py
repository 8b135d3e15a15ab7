"""What the engine was told and keeps across restarts."""

from __future__ import annotations

from desktop_search.engine.store.database import Database


class Settings:
    """Names with a text each."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: str) -> str:
        """The text under a name; "" when there is none."""
        row = self._database.reading().execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return "" if row is None else str(row["value"])

    def put(self, name: str, value: str) -> None:
        """Keep a text under a name; on disk when this returns."""
        with self._database.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))
