"""The rows that are being worked on in this program: how each can be stopped, and how far it is."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import UploadItem, UploadState


@dataclass(eq=False)
class Work:
    """One request, or one proxy: the rows it is for, and the token that ends it."""

    items: tuple[UploadItem, ...]
    ring: Callable[[], None]
    token: CancelToken = field(default_factory=CancelToken)
    is_under_way: bool = False

    def bytes_left(self) -> None:
        """Bytes have left this computer, so that the next request to a library with limits can be planned."""
        if not self.is_under_way:
            self.is_under_way = True
            self.ring()


class Active:
    """Safe from any thread. The catalog says what a row's state is; this stops the work, and knows its progress."""

    def __init__(self, ring: Callable[[], None]) -> None:
        """`ring` is called when there may be more to do."""
        self._ring = ring
        self._lock = threading.Lock()
        self._works: list[Work] = []
        self._halted: set[int] = set()
        self._reported: dict[int, UploadItem] = {}
        self._waits: dict[int, str] = {}

    def begin(self, items: Sequence[UploadItem]) -> Work:
        """Work on rows begins; it ends soon after its token is cancelled."""
        work = Work(tuple(items), self._ring)
        with self._lock:
            self._works.append(work)
            for item in items:
                self._waits.pop(item.item_id, None)
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

    def note_wait(self, item: UploadItem) -> None:
        """For how long a waiting row still waits, as its cause says; the catalog has the words of the beginning."""
        with self._lock:
            self._waits[item.item_id] = item.cause

    def as_reported(self, items: Collection[UploadItem]) -> tuple[UploadItem, ...]:
        """Rows of the catalog, with the progress of those that are being worked on."""
        with self._lock:
            known, waits = dict(self._reported), dict(self._waits)
        return tuple(_as_reported(item, known.get(item.item_id), waits.get(item.item_id)) for item in items)


def _as_reported(item: UploadItem, known: UploadItem | None, wait: str | None) -> UploadItem:
    if wait is not None and item.cause and item.state is UploadState.WAITING:
        return replace(item, cause=wait)
    if known is None or known.state is not item.state:
        return item
    return replace(item, sent_bytes=known.sent_bytes, prepared_permille=known.prepared_permille)
