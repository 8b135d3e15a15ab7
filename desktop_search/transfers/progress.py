"""How far a request is, told for each of its rows."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.errors import Cancelled
from desktop_search.core.uploads import UploadItem, UploadState
from desktop_search.transfers.active import Work

_TOLD_EVERY_S = 0.1


class Progress:
    """Gets the bytes that have left so far, and reports them now and then.

    Raises `Cancelled` when all rows were halted, by whichever window: the request is then of use to nobody.
    """

    def __init__(
        self, rows: Sequence[UploadItem], work: Work, uploads: UploadsTable, tell: Callable[[UploadItem], None]
    ) -> None:
        self._rows = rows
        self._total_bytes = sum(row.size_bytes for row in rows)
        self._work, self._uploads, self._tell = work, uploads, tell
        self._told_at = 0.0
        self._sent_bytes = 0

    @property
    def left_bytes(self) -> int:
        """How many bytes the other side has not acknowledged."""
        return self._total_bytes - self._sent_bytes

    def __call__(self, sent_bytes: int) -> None:
        """So many bytes of all files together have left."""
        self._sent_bytes = sent_bytes
        self._work.bytes_left()
        if time.monotonic() - self._told_at < _TOLD_EVERY_S and sent_bytes < self._total_bytes:
            return
        self._told_at = time.monotonic()
        begin, halted = 0, 0
        for first in self._rows:
            row = self._uploads.get(first.item_id)
            if row is not None and row.state is UploadState.SENDING:
                self._tell(replace(row, sent_bytes=min(max(0, sent_bytes - begin), first.size_bytes)))
            else:
                halted += 1
            begin += first.size_bytes
        if halted == len(self._rows):
            raise Cancelled
