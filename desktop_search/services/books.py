"""What is written down when a row of the queue has arrived: the log of transfers, and what indexing it costs."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.transfer_log import TransferLogTable
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.calls import CallKind
from desktop_search.core.costs import index_cost, posts_cost, sent_duration_ms
from desktop_search.core.footage import VideoRecord
from desktop_search.core.imports import ImportKind, ImportWish
from desktop_search.core.transfer_log import entry_of
from desktop_search.core.transfer_settings import TransferSettings
from desktop_search.core.uploads import UploadItem, UploadState
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
        self._log, self._uploads = TransferLogTable(catalog), UploadsTable(catalog)
        self._ledger, self._settings, self._is_paid = ledger, settings, is_paid

    def afford(self, item: UploadItem) -> None:
        """Raises `BudgetReached` when sending the row would pass the month's budget, `CatalogProblem`."""
        if self._is_paid(item.library_id):
            self._ledger.check(CallKind.UPLOAD, self._cost(item) + self._on_their_way(item))

    def arrived(self, item: UploadItem, began_ms: int | None) -> None:
        """Write down that the library has the row, in the caller's transaction. Raises `CatalogProblem`, `DiskFull`."""
        cost = self._cost(item) if self._is_paid(item.library_id) else 0.0
        self._log.add(entry_of(item, began_ms, time.time_ns() // 1_000_000, cost))
        self._ledger.spend(item.library_id, _INDEXING, cost)

    def imported(self, wish: ImportWish, brought: Sequence[VideoRecord]) -> None:
        """Charge what an import brought, in the caller's transaction. Raises `CatalogProblem`, `DiskFull`.

        Indexing costs by length, posts by number, those of YouTube by size; a video file of the web is indexed alone.
        """
        if not self._is_paid(wish.library_id):
            return
        prices = self._settings().prices
        cost = index_cost(sum(video.duration_ms or 0 for video in brought), prices)
        if wish.kind is not ImportKind.VIDEO:
            from_youtube = any("youtu" in (urlsplit(subject).hostname or "") for subject in wish.subjects)
            youtube_bytes = sum(video.size_bytes or 0 for video in brought) if from_youtube else 0
            cost += posts_cost(0 if from_youtube else len(brought), youtube_bytes, prices)
        self._ledger.spend(wish.library_id, _endpoint(wish), cost)

    def _on_their_way(self, item: UploadItem) -> float:
        """What other rows will cost whose bytes are leaving now, side by side with this one."""
        sending = self._uploads.in_state(UploadState.SENDING)
        others = (row for row in sending if row.maybe_sent and row.item_id != item.item_id)
        return sum(self._cost(row) for row in others if self._is_paid(row.library_id))

    def _cost(self, item: UploadItem) -> float:
        return index_cost(sent_duration_ms(item), self._settings().prices)


def _endpoint(wish: ImportWish) -> str:
    if wish.kind is ImportKind.VIDEO:
        return "/upload_url"
    names = {ImportKind.POSTS: "/scraper_url", ImportKind.CREATOR: "/scraper", ImportKind.TAGS: "/scraper_tag"}
    return f"{names[wish.kind]}{'_public' if wish.is_public else ''}"
