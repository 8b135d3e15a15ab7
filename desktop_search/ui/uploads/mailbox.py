"""Rows gathered between the worker threads and the window: however many come, the window hears of them together."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_search.core.uploads import UploadItem, UploadState

_EVERY_MS = 100
PART_ROWS = 1000  # so many are shown within a few milliseconds
_UNDER_WAY = frozenset({UploadState.SENDING, UploadState.PREPARING})
_HALTED = frozenset({UploadState.PAUSED, UploadState.CANCELLED})


class Mailbox(QObject):
    """Keeps the newest of each row, and hands them over together, ten times a second at most.

    Signals:
        delivered(object): a list of `UploadItem`, each row once, on the GUI thread.
    """

    delivered = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._order = threading.Lock()  # held for a whole change; the window's thread never waits for it
        self._lock = threading.Lock()
        self._newest: dict[int, UploadItem] = {}
        self._halted: set[int] = set()
        self._decided: dict[int, UploadItem] = {}  # rows as they were when the user last changed them
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.empty)

    def gather(self, report: Callable[[Any], None]) -> Callable[[UploadItem], None]:
        """What a job reports its rows to; its own `report` then only tells `wake` that something is there."""

        def put(item: UploadItem) -> None:
            with self._order:
                # The work on a row may tell its progress once more after the user has halted it.
                is_news = not (item.item_id in self._halted and item.state in _UNDER_WAY)
                was_empty = is_news and self._put([_as_decided(item, self._decided.get(item.item_id))])
            if was_empty:
                report(None)

        return put

    def change(self, change: Callable[[], Iterable[UploadItem]]) -> None:
        """Do what the user asked for and take in the rows that it changed; whatever is reported meanwhile is newer."""
        with self._order:
            rows = list(change())
            for row in rows:
                (self._halted.add if row.state in _HALTED else self._halted.discard)(row.item_id)
                self._decided[row.item_id] = row
            self._put(rows)

    def wake(self, _nothing: object = None) -> None:
        """Something is there: hand it over soon, with what comes until then."""
        if not self._timer.isActive():
            self._timer.start()

    def empty(self, _nothing: object = None) -> None:
        """Hand over what is there now; of very many rows a part at a time, so that the window stays alive."""
        with self._lock:
            items = list(islice(self._newest.values(), PART_ROWS))
            for item in items:
                del self._newest[item.item_id]
            is_rest = bool(self._newest)
        if is_rest:
            QTimer.singleShot(0, self, self.empty)
        if items:
            self.delivered.emit(items)

    def _put(self, items: Iterable[UploadItem]) -> bool:
        """Whether there was nothing before."""
        with self._lock:
            was_empty = not self._newest
            self._newest.update((item.item_id, item) for item in items)
        return was_empty


def _as_decided(item: UploadItem, decided: UploadItem | None) -> UploadItem:
    """What is reported, with what the user decided: the work on the row may have read it before."""
    if decided is None:
        return item
    return replace(
        item,
        position=decided.position,
        priority=decided.priority,
        details=decided.details,
        insisted=decided.insisted,
        started=decided.started,
    )
