"""What the user can do to rows of the queue: for one, for many, for all of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.upload_actions import Ids, UploadActions
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.details_change import DetailsChange
from desktop_search.core.uploads import Priority, UploadItem
from desktop_search.transfers.active import Active
from desktop_search.transfers.bell import Bell
from desktop_search.transfers.holds import Holds


class QueueActions:
    """Each takes ids, or `None` for all rows, changes those that can be, and returns them as they are now.

    What is changed is on the disk when a method returns, and work that it stops ends soon after. They take
    milliseconds, also for 10,000 rows, but they write to the disk: not for the GUI thread. Any thread may call them.
    Each raises `CatalogProblem` or `DiskFull`; then nothing has changed.
    """

    def __init__(self, catalog: Catalog, discard: Callable[[Path], None]) -> None:
        """`discard` deletes a proxy that no row needs."""
        self._discard = discard
        self._actions, self._rows = UploadActions(catalog), UploadsTable(catalog)
        self._holds, self._bell = Holds(), Bell()
        self._active = Active(self._bell.ring)

    def items(self) -> tuple[UploadItem, ...]:
        """Every row in the order of the work: by priority, then by position. Raises `CatalogProblem`."""
        return self._active.as_reported(self._rows.all())

    def start(self, ids: Ids, library_id: str | None = None) -> tuple[UploadItem, ...]:
        """Let ready rows go to a library that costs money; of one library if asked."""
        return self._wake(self._actions.start(ids, library_id))

    def pause(self, ids: Ids) -> tuple[UploadItem, ...]:
        """Halt rows that are not in their library yet, until they are resumed; a request of theirs ends at once."""
        return self._stop(self._actions.pause(ids))

    def resume(self, ids: Ids) -> tuple[UploadItem, ...]:
        """Let paused rows go on."""
        return self._wake(self._actions.resume(ids))

    def cancel(self, ids: Ids) -> tuple[UploadItem, ...]:
        """Halt rows for good; they stay in the list, and can be tried again."""
        rows = self._stop(self._actions.cancel(ids))
        self._throw_away(self._actions.take_proxies([row.item_id for row in rows if row.proxy is not None]))
        return rows

    def retry(self, ids: Ids) -> tuple[UploadItem, ...]:
        """Let failed, cancelled and known rows begin again (of all: the failed), and try held libraries at once."""
        self._holds.release()
        return self._wake(self._actions.retry(ids))

    def insist(self, ids: Ids) -> tuple[UploadItem, ...]:
        """Let known rows be sent although the library has the same footage."""
        return self._wake(self._actions.insist(ids))

    def set_priority(self, ids: Ids, priority: Priority) -> tuple[UploadItem, ...]:
        """Let rows that are not sent yet go before, among or after the others."""
        return self._wake(self._actions.set_priority(ids, priority))

    def move(self, ids: Collection[int], before_id: int | None) -> tuple[UploadItem, ...]:
        """Put rows, in the order they have, before another one (`None`: at the end), and give them its priority."""
        return self._wake(self._actions.move(ids, before_id))

    def edit(self, ids: Collection[int], change: DetailsChange) -> tuple[UploadItem, ...]:
        """Change the details of rows that were not sent yet.

        A row of which something may be in the library already, or whose details it would then refuse, stays as it is
        and is not among the answer.
        """
        return self._actions.edit(ids, change)

    def remove(self, ids: Iterable[int]) -> None:
        """Take rows off the list, stopping those that are being sent. What a library has already stays there."""
        gone = set(ids)
        proxies = self._actions.remove(gone)
        self._active.stop(gone)
        self._throw_away(proxies)
        self._bell.ring()

    def clear_done(self) -> tuple[int, ...]:
        """Take the rows off the list whose footage is in the library, searchable or known; returns their ids."""
        return self._actions.clear_done()

    def _throw_away(self, proxies: Iterable[Path]) -> None:
        for proxy in proxies:
            self._discard(proxy)

    def _wake(self, rows: tuple[UploadItem, ...]) -> tuple[UploadItem, ...]:
        self._bell.ring()
        return rows

    def _stop(self, rows: tuple[UploadItem, ...]) -> tuple[UploadItem, ...]:
        self._active.stop({row.item_id for row in rows})
        return self._wake(rows)
