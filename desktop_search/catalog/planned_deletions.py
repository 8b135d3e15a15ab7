"""Videos that the user has deleted, and whose library has not been told yet."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_search.catalog.database import Catalog
from desktop_search.core.hits import ClipKey
from desktop_search.core.library_items import ItemKind, LibraryItem, key_of

_PUT = "INSERT OR REPLACE INTO planned_deletions (library_id, namespace, item_id, name) VALUES (?, ?, ?, ?)"
_REMOVE = "DELETE FROM planned_deletions WHERE library_id = ? AND namespace = ? AND item_id = ?"


class PlannedDeletionsTable:
    """Every method raises `CatalogProblem` or `DiskFull`."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def put(self, items: Iterable[LibraryItem]) -> None:
        """These are to be deleted; on disk when this returns."""
        with self._catalog.writing() as connection:
            connection.executemany(_PUT, [(*key_of(item), item.name) for item in items])

    def remove(self, keys: Iterable[ClipKey]) -> None:
        """These are deleted, or are not to be any more."""
        with self._catalog.writing() as connection:
            connection.executemany(_REMOVE, list(keys))

    def all(self) -> tuple[LibraryItem, ...]:
        """What is known of them here."""
        with self._catalog.reading() as connection:
            rows = connection.execute("SELECT library_id, namespace, item_id, name FROM planned_deletions").fetchall()
        return tuple(LibraryItem(row[0], ItemKind.VIDEO, *row[1:]) for row in rows)
