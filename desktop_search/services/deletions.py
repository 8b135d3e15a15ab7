"""Deleting that survives: what the user has deleted is noted before anything else, and done even after a crash."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.planned_deletions import PlannedDeletionsTable
from desktop_search.core.errors import AppError, Cancelled
from desktop_search.core.library_items import LibraryItem, key_of
from desktop_search.core.token import CancelToken
from desktop_search.services.library_items import LibraryItems

Report = Callable[[tuple[LibraryItem, ...]], object]


class Deletions:
    """Safe from any thread; not for the GUI thread. Every method raises `CatalogProblem`, `DiskFull`."""

    def __init__(self, catalog: Catalog, items: LibraryItems) -> None:
        self._planned, self._items = PlannedDeletionsTable(catalog), items

    def plan(self, items: Sequence[LibraryItem]) -> None:
        """These are to be deleted."""
        self._planned.put(items)

    def take_back(self, items: Sequence[LibraryItem]) -> None:
        """They are not, after all."""
        self._planned.remove(map(key_of, items))

    def planned(self) -> tuple[LibraryItem, ...]:
        """What is still to be deleted, of this run of the program or of another."""
        return self._planned.all()

    def delete(self, items: Sequence[LibraryItem], token: CancelToken, report: Report) -> None:
        """Delete those that are still planned; as `LibraryItems.delete`. What fails is not planned any more."""
        planned = set(map(key_of, self._planned.all()))

        def done(gone: tuple[LibraryItem, ...]) -> None:
            self.take_back(gone)
            report(gone)

        try:
            self._items.delete([item for item in items if key_of(item) in planned], token, done)
        except Cancelled:
            raise  # by the user, who takes the rest back; or by the end of the program, after which it goes on
        except AppError:
            self.take_back(items)
            raise
