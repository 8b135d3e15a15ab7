"""The rows that are being worked on in this program: how each can be stopped, and how far it is."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import UploadItem


@dataclass(eq=False)
class Work:
    """One request, or one proxy: the rows it is for, and the token that ends it.

    `is_under_way` is set once bytes have left, so that the next request to a library with limits can be planned.
    """

    items: tuple[UploadItem, ...]
    token: CancelToken = field(default_factory=CancelToken)
    is_under_way: bool = False


class Active:
    """Safe from any thread. The catalog says what a row's state is; this stops the work, and knows its progress."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._works: list[Work] = []
        self._halted: set[int] = set()
        self._reported: dict[int, UploadItem] = {}

    def begin(self, items: Sequence[UploadItem]) -> Work:
        """Work on rows begins; it ends soon after its token is cancelled."""
        work = Work(tuple(items))
        with self._lock:
            self._works.append(work)
        return work

    def end(self, work: Work) -> None:
        """The work has ended."""
        with self._lock:
            self._works.remove(work)
            for item in work.items:
                self._reported.pop(item.item_id, None)
                self._halted.discard(item.item_id)

    def stop(self, ids: Iterable[int] | None = None) -> None:
        """The user halted these rows, or the program ends: cancel the work that is for no other row."""
        with self._lock:
            chosen = None if ids is None else set(ids)
            for work in self._works:
                own = {item.item_id for item in work.items}
                if chosen is not None:
                    self._halted |= own & chosen
                if chosen is None or own <= self._halted:
                    work.token.cancel()

    def clashes(self, item: UploadItem) -> bool:
        """Whether the row is being worked on, or one with the same content or name.

        The same content is not sent twice at a time, for the second may prove to be known; and of two files of the
        same name and size, nobody could tell afterwards which of them has arrived.
        """
        with self._lock:
            others = [other for work in self._works for other in work.items if other.library_id == item.library_id]
        return any(
            other.item_id == item.item_id
            or (bool(item.fingerprint) and other.fingerprint == item.fingerprint)
            or (other.sent_path.name == item.sent_path.name and other.size_bytes == item.size_bytes)
            for other in others
        )

    def is_starting(self, library_id: str) -> bool:
        """Whether work for the library has begun of which no byte has left yet."""
        with self._lock:
            return any(not work.is_under_way and work.items[0].library_id == library_id for work in self._works)

    def note(self, item: UploadItem) -> None:
        """How far a row is; bytes are counted here alone until it has arrived."""
        with self._lock:
            if any(item.item_id == other.item_id for work in self._works for other in work.items):
                self._reported[item.item_id] = item

    def as_reported(self, items: Collection[UploadItem]) -> tuple[UploadItem, ...]:
        """Rows of the catalog, with the progress of those that are being worked on."""
        with self._lock:
            known = dict(self._reported)
        return tuple(_with_progress(item, known[item.item_id]) if item.item_id in known else item for item in items)


def _with_progress(item: UploadItem, known: UploadItem) -> UploadItem:
    if known.state is not item.state:
        return item
    return replace(item, sent_bytes=known.sent_bytes, prepared_permille=known.prepared_permille)
