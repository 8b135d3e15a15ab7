"""Failed videos sent again, where their files are on this computer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from desktop_search.core.footage import FootageDetails
from desktop_search.core.library_items import LibraryItem
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import UploadItem


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
        details = FootageDetails(
            item.namespace, item.tags, item.camera, latitude=item.latitude, longitude=item.longitude
        )
        queue.add([Path(item.path)], item.library_id, details, token, lambda _progress: None)
    return len(rows) + len(others)
