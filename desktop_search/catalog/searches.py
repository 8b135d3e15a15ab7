"""Recent and saved searches in the catalog."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from desktop_search.catalog.database import Catalog
from desktop_search.core.errors import RequestRejected
from desktop_search.core.language import _, ngettext
from desktop_search.core.query import SearchQuery
from desktop_search.core.query_texts import query_of, query_text
from desktop_search.core.recalling import timeless
from desktop_search.core.searches import NAME_MAX, RECENT_MAX, FoundKey, RecentSearch, SavedSearch


class RecentTable:
    """What was asked lately, each query once. Every method raises `CatalogProblem` or `DiskFull`."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def add(self, query: SearchQuery, asked_ms: int) -> None:
        """Remember a query, as the newest one; the oldest beyond `RECENT_MAX` are forgotten."""
        with self._catalog.writing() as connection:
            for search_id, text in connection.execute("SELECT id, query FROM recent_searches").fetchall():
                if timeless(query_of(text)) == timeless(query):
                    connection.execute("DELETE FROM recent_searches WHERE id = ?", (search_id,))
            connection.execute(
                "INSERT INTO recent_searches (query, asked_ms) VALUES (?, ?)", (query_text(query), asked_ms)
            )
            connection.execute(
                "DELETE FROM recent_searches WHERE id NOT IN (SELECT id FROM recent_searches ORDER BY id DESC LIMIT ?)",
                (RECENT_MAX,),
            )

    def all(self) -> tuple[RecentSearch, ...]:
        """The newest first."""
        with self._catalog.reading() as connection:
            rows = connection.execute("SELECT id, query, asked_ms FROM recent_searches ORDER BY id DESC").fetchall()
        return tuple(RecentSearch(row[0], query_of(row[1]), row[2]) for row in rows)

    def remove(self, search_id: int) -> None:
        """Forget one; an unknown id is ignored."""
        with self._catalog.writing() as connection:
            connection.execute("DELETE FROM recent_searches WHERE id = ?", (search_id,))

    def clear(self) -> None:
        """Forget all."""
        with self._catalog.writing() as connection:
            connection.execute("DELETE FROM recent_searches")


class SavedTable:
    """Searches with names. Every method raises `CatalogProblem` or `DiskFull`."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def all(self) -> tuple[SavedSearch, ...]:
        """By name."""
        with self._catalog.reading() as connection:
            return _all(connection)

    def get(self, search_id: int) -> SavedSearch | None:
        """One of them."""
        return next((saved for saved in self.all() if saved.search_id == search_id), None)

    def add(self, name: str, query: SearchQuery, library_ids: tuple[str, ...]) -> int:
        """Keep a search, and return its id. Raises `RequestRejected` for a name that is empty, too long or taken."""
        with self._catalog.writing() as connection:
            cursor = connection.execute(
                "INSERT INTO saved_searches (name, query, library_ids) VALUES (?, ?, ?)",
                (self._free_name(connection, name, 0), query_text(query), json.dumps(library_ids)),
            )
            return cursor.lastrowid or 0

    def rename(self, search_id: int, name: str) -> None:
        """Give it another name. Raises `RequestRejected` as `add`."""
        with self._catalog.writing() as connection:
            connection.execute(
                "UPDATE saved_searches SET name = ? WHERE id = ?",
                (self._free_name(connection, name, search_id), search_id),
            )

    def change(self, search_id: int, query: SearchQuery, library_ids: tuple[str, ...]) -> None:
        """Let it be another search from now on; nothing of that has been seen yet."""
        with self._catalog.writing() as connection:
            connection.execute(
                "UPDATE saved_searches SET query = ?, library_ids = ?, seen = '[]', fresh = '[]', looked_ms = 0,"
                " counted_ms = 0 WHERE id = ?",
                (query_text(query), json.dumps(library_ids), search_id),
            )

    def looked(self, search_id: int, seen: frozenset[FoundKey], looked_ms: int) -> None:
        """The user has its answer on show: nothing of that is new any more."""
        with self._catalog.writing() as connection:
            connection.execute(
                "UPDATE saved_searches SET seen = ?, fresh = '[]', looked_ms = ?, counted_ms = ? WHERE id = ?",
                (_keys_text(seen), looked_ms, looked_ms, search_id),
            )

    def counted(self, saved: SavedSearch, fresh: frozenset[FoundKey], counted_ms: int) -> None:
        """What is new since the user looked; void when they have looked, or changed it, since `saved` was read."""
        with self._catalog.writing() as connection:
            connection.execute(
                "UPDATE saved_searches SET fresh = ?, counted_ms = ? WHERE id = ? AND looked_ms = ? AND query = ?",
                (_keys_text(fresh), counted_ms, saved.search_id, saved.looked_ms, query_text(saved.query)),
            )

    def remove(self, search_id: int) -> None:
        """Forget it; an unknown id is ignored."""
        with self._catalog.writing() as connection:
            connection.execute("DELETE FROM saved_searches WHERE id = ?", (search_id,))

    def pictures(self) -> frozenset[Path]:
        """The pictures that are searched by; within a transaction of the caller as they are after it."""
        with self._catalog.writing() as connection:
            return frozenset(saved.query.picture for saved in _all(connection) if saved.query.picture is not None)

    @staticmethod
    def _free_name(connection: sqlite3.Connection, name: str, search_id: int) -> str:
        """The name on one line. Raises `RequestRejected`."""
        plain = " ".join(name.split())
        if not plain:
            raise RequestRejected(_("A saved search needs a name."))
        if len(plain) > NAME_MAX:
            raise RequestRejected(
                ngettext("A name has at most {count} character.", "A name has at most {count} characters.", NAME_MAX)
            )
        if any(
            saved.name.casefold() == plain.casefold() and saved.search_id != search_id for saved in _all(connection)
        ):
            raise RequestRejected(_("There is a saved search “{name}” already.").format(name=plain))
        return plain


def _all(connection: sqlite3.Connection) -> tuple[SavedSearch, ...]:
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    rows = cursor.execute("SELECT * FROM saved_searches ORDER BY name COLLATE NOCASE, id")
    return tuple(_saved(row) for row in rows)


def _saved(row: sqlite3.Row) -> SavedSearch:
    return SavedSearch(
        search_id=row["id"],
        name=row["name"],
        query=query_of(row["query"]),
        library_ids=tuple(json.loads(row["library_ids"])),
        seen=_keys(row["seen"]),
        fresh=_keys(row["fresh"]),
        looked_ms=row["looked_ms"],
        counted_ms=row["counted_ms"],
    )


def _keys_text(keys: frozenset[FoundKey]) -> str:
    return json.dumps(sorted(keys))


def _keys(text: str) -> frozenset[FoundKey]:
    return frozenset((row[0], row[1], row[2], row[3]) for row in json.loads(text))
