"""Callbacks that wait to be sent. A trigger adds one in the transaction that ends a video's indexing."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_search.engine.store.database import Database


@dataclass(frozen=True, slots=True)
class Callback:
    """A body to be posted to an address. `tries` went wrong so far; the next is due at `due_ms`, a UTC instant."""

    callback_id: int
    address: str
    body: str
    tries: int
    due_ms: int


class Callbacks:
    """The table of what is not delivered yet."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def next(self) -> Callback | None:
        """The one that is due first."""
        row = (
            self._database.reading()
            .execute("SELECT id, address, body, tries, due_ms FROM callbacks ORDER BY due_ms, id LIMIT 1")
            .fetchone()
        )
        return None if row is None else Callback(*row)

    def all_due(self) -> None:
        """Whatever waits is due now: a start of the engine is a good moment, and its clock may have been changed."""
        with self._database.writing() as connection:
            connection.execute("UPDATE callbacks SET due_ms = 0")

    def put_off(self, callback_id: int, due_ms: int) -> None:
        """One more try went wrong; the next is due at a UTC instant in milliseconds."""
        with self._database.writing() as connection:
            connection.execute("UPDATE callbacks SET tries = tries + 1, due_ms = ? WHERE id = ?", (due_ms, callback_id))

    def remove(self, callback_id: int) -> None:
        """It was delivered, or is given up."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM callbacks WHERE id = ?", (callback_id,))
