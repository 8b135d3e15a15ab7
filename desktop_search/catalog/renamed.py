"""A namespace goes by another name: all that is remembered under the old one goes along."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.row_texts import details_of, details_text
from desktop_search.core.query import SearchQuery
from desktop_search.core.query_texts import query_of, query_text

_PLACED = ("library_items", "local_files", "selects", "planned_deletions")
_DETAILED = ("watched_folders", "uploads", "imports")
_ROWS = tuple(
    f"UPDATE OR REPLACE {table} SET namespace = ? WHERE library_id = ? AND namespace = ?"  # noqa: S608 - constants
    for table in _PLACED
)
_ELSEWHERE = "SELECT 1 FROM library_items WHERE namespace = ? AND library_id <> ? LIMIT 1"


def rename_namespace(catalog: Catalog, library_id: str, old: str, new: str) -> None:
    """Videos, selects, watched folders, rows of the queue, imports, and searches, where these mean this library.

    Searches do where they ask it alone, and all of them where no other library has the name.

    Raises `CatalogProblem`, `DiskFull`.
    """
    with catalog.writing() as connection:
        for statement in _ROWS:
            connection.execute(statement, (new, library_id, old))
        for table in _DETAILED:
            _rename_details(connection, table, library_id, old, new)
        is_shared = connection.execute(_ELSEWHERE, (old, library_id)).fetchone() is not None
        for number, text, ids, seen, fresh in connection.execute(
            "SELECT id, query, library_ids, seen, fresh FROM saved_searches"
        ).fetchall():
            asked = json.loads(ids)
            is_meant = asked == [library_id] or (not is_shared and (not asked or library_id in asked))
            connection.execute(
                "UPDATE saved_searches SET query = ?, seen = ?, fresh = ? WHERE id = ?",
                (
                    query_text(_renamed(query_of(text), library_id, old, new, is_meant=is_meant)),
                    _renamed_keys(seen, library_id, old, new),
                    _renamed_keys(fresh, library_id, old, new),
                    number,
                ),
            )
        for number, text in connection.execute("SELECT id, query FROM recent_searches").fetchall():
            query = _renamed(query_of(text), library_id, old, new, is_meant=not is_shared)
            connection.execute("UPDATE recent_searches SET query = ? WHERE id = ?", (query_text(query), number))


def _rename_details(connection: sqlite3.Connection, table: str, library_id: str, old: str, new: str) -> None:
    """What goes to a library carries its namespace among its details."""
    rows = connection.execute(f"SELECT id, details FROM {table} WHERE library_id = ?", (library_id,)).fetchall()  # noqa: S608 - constants
    for number, text in rows:
        details = details_of(text)
        if details.namespace == old:
            renamed = details_text(replace(details, namespace=new))
            connection.execute(f"UPDATE {table} SET details = ? WHERE id = ?", (renamed, number))  # noqa: S608


def _renamed(query: SearchQuery, library_id: str, old: str, new: str, *, is_meant: bool) -> SearchQuery:
    if is_meant and query.filters.namespace == old:
        query = replace(query, filters=replace(query.filters, namespace=new))
    if query.inside is not None and query.inside[:2] == (library_id, old):
        query = replace(query, inside=(library_id, new, query.inside[2]))
    return query


def _renamed_keys(text: str, library_id: str, old: str, new: str) -> str:
    """What was found, by library, namespace, id and start, so that nothing of it is new again."""
    keys = json.loads(text)
    return json.dumps([[key[0], new, *key[2:]] if key[:2] == [library_id, old] else key for key in keys])
