"""What is written down when a row of the queue has arrived: the log of transfers, and what indexing it costs."""

from __future__ import annotations

import time
from collections.abc import Callable

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.transfer_log import TransferLogTable
from desktop_search.core.calls import CallKind
from desktop_search.core.costs import index_cost, sent_duration_ms
from desktop_search.core.transfer_log import entry_of
from desktop_search.core.transfer_settings import TransferSettings
from desktop_search.core.uploads import UploadItem
from desktop_search.services.usage import UsageLedger

_INDEXING = "/upload"  # the endpoint that indexing is charged to


class AccountBooks:
    """Keeps the log and the ledger of all libraries.

    Args:
        is_paid: whether the library of that id costs money.
    """

    def __init__(
        self,
        catalog: Catalog,
        ledger: UsageLedger,
        settings: Callable[[], TransferSettings],
        is_paid: Callable[[str], bool],
    ) -> None:
        self._log, self._ledger, self._settings, self._is_paid = TransferLogTable(catalog), ledger, settings, is_paid

    def afford(self, item: UploadItem) -> None:
        """Raises `BudgetReached` when sending the row would pass the month's budget, `CatalogProblem`."""
        if self._is_paid(item.library_id):
            self._ledger.check(CallKind.UPLOAD, self._cost(item))

    def arrived(self, item: UploadItem, began_ms: int | None) -> None:
        """Write down that the library has the row, in the caller's transaction. Raises `CatalogProblem`, `DiskFull`."""
        cost = self._cost(item) if self._is_paid(item.library_id) else 0.0
        self._log.add(entry_of(item, began_ms, time.time_ns() // 1_000_000, cost))
        self._ledger.spend(item.library_id, _INDEXING, cost)

    def _cost(self, item: UploadItem) -> float:
        return index_cost(sent_duration_ms(item), self._settings().prices)
