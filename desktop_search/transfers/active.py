"""The rows that are being worked on in this program: each with a token of its own, and how far it is."""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import replace

from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import UploadItem


class Active:
    """Safe from any thread. The catalog says what a row's state is; this stops the work, and knows its progress."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tokens: dict[int, CancelToken] = {}
        self._reported: dict[int, UploadItem] = {}

    def begin(self, item_id: int) -> CancelToken:
        """Work on a row begins; it ends soon after the token is cancelled."""
        with self._lock:
            return self._tokens.setdefault(item_id, CancelToken())

    def end(self, item_id: int) -> None:
        """Work on a row has ended."""
        with self._lock:
            self._tokens.pop(item_id, None)
            self._reported.pop(item_id, None)

    def stop(self, ids: Collection[int] | None = None) -> None:
        """Cancel the work on these rows, or on all."""
        with self._lock:
            for item_id, token in self._tokens.items():
                if ids is None or item_id in ids:
                    token.cancel()

    def note(self, item: UploadItem) -> None:
        """How far a row is; bytes are counted here alone until it has arrived."""
        with self._lock:
            if item.item_id in self._tokens:
                self._reported[item.item_id] = item

    def as_reported(self, item: UploadItem) -> UploadItem:
        """A row of the catalog, with its progress if it is being worked on."""
        with self._lock:
            known = self._reported.get(item.item_id)
        if known is None or known.state is not item.state:
            return item
        return replace(item, sent_bytes=known.sent_bytes, prepared_permille=known.prepared_permille)
