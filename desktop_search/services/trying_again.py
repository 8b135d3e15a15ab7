"""Failed videos sent again, where their files are on this computer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from desktop_search.core.footage import FootageDetails
from desktop_search.core.library_items import LibraryItem
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import UploadItem

_OWN_TAG = "api"  # the service gives it to whatever comes by its API


class Queue(Protocol):
    """The upload queue."""

    def retry(self, ids: Sequence[int], /) -> tuple[UploadItem, ...]:
        """Let failed rows begin again."""

    def add(
        self,
        paths: Sequence[Path],
        library_id: str,
        details: FootageDetails,
        token: CancelToken,
        report: Callable[[object], None],
        /,
    ) -> object:
        """Queue files."""


def send_again(items: Sequence[LibraryItem], failed: Sequence[UploadItem], queue: Queue, token: CancelToken) -> int:
    """Let the rows that made these videos begin again; files without such a row are added. How many were.

    `failed` are those rows. What goes along is what the library knew of the video. Raises `CatalogProblem`,
    `Cancelled`.
    """
    rows = [row.item_id for row in failed]
    if rows:
        queue.retry(rows)
    known = {(row.library_id, row.remote_id) for row in failed}
    others = [item for item in items if (item.library_id, item.item_id) not in known and item.has_original]
    for item in others:
        queue.add([Path(item.path)], item.library_id, _details(item), token, lambda _progress: None)
    return len(rows) + len(others)


def _details(item: LibraryItem) -> FootageDetails:
    taken_s = None if item.taken_ms is None else item.taken_ms // 1000
    return FootageDetails(
        item.namespace,
        tuple(tag for tag in item.tags if tag != _OWN_TAG),
        item.camera,
        None if taken_s is None else datetime.fromtimestamp(taken_s, UTC).replace(tzinfo=None),
        item.latitude,
        item.longitude,
    )
