"""How fast each row goes and all of them together, kept as rows change."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace

from desktop_search.core.batches import FILES_MAX
from desktop_search.core.library import CLOUD_ID, LOCAL_ID
from desktop_search.core.uploads import MediaKind, UploadItem, UploadState
from desktop_search.models.transfer_rate import RateWindow, TimeLeft, estimate_s

_S = UploadState
_TO_BEGIN = frozenset({_S.WAITING, _S.PREPARING})
_TO_GO = _TO_BEGIN | {_S.SENDING}


@dataclass(frozen=True, slots=True)
class Pace:
    """What is known of a transfer's speed now.

    Attributes:
        bytes_s: of the last seconds; `None` while too little is known.
        left_s: until all has gone; `None` where nobody knows.
        still_s: for how long nothing has gone; 0 while it goes.
    """

    bytes_s: float | None = None
    left_s: float | None = None
    still_s: float = 0.0


class _Course:
    """One course of bytes with its window and its time left."""

    def __init__(self) -> None:
        self.window, self.left = RateWindow(), TimeLeft()

    def pace(self, now_s: float, left_bytes: int) -> Pace:
        rate = self.window.bytes_s(now_s)
        still_s = self.window.still_s(now_s)
        left_s = self.left.update(now_s, None if still_s else estimate_s(left_bytes, rate))
        return Pace(rate, left_s, still_s)


class Paces:
    """Follows rows that are sent over a network; those of this computer's own library are not sent at all."""

    def __init__(self) -> None:
        self._rows: dict[int, _Course] = {}
        self._sent: dict[int, int] = {}
        self._whole = _Course()
        self._gone_bytes = 0
        self._left_bytes = 0
        self._starts: Counter[MediaKind] = Counter()  # of rows that have yet to begin, and cost money

    @property
    def sending_ids(self) -> tuple[int, ...]:
        """The rows that are being sent."""
        return tuple(self._rows)

    @property
    def left_bytes(self) -> int:
        """What is still to be sent of all rows that go by themselves."""
        return self._left_bytes

    def change(self, before: UploadItem | None, after: UploadItem | None, now_s: float) -> None:
        """A row came (`before` is `None`), changed, or went (`after` is `None`)."""
        self._left_bytes += _left(after) - _left(before)
        for item, change in ((before, -1), (after, 1)):
            if item is not None and item.state in _TO_BEGIN and item.library_id == CLOUD_ID:
                self._starts[item.kind] += change
        if not self._rows and (after is None or after.state is not UploadState.SENDING):
            return
        if after is None or after.state is not UploadState.SENDING or after.library_id == LOCAL_ID:
            self._end(after or before)
        else:
            self._note(after, now_s)

    def row(self, item_id: int, size_bytes: int, now_s: float) -> Pace:
        """The pace of one row; an empty one where it is not being sent."""
        course = self._rows.get(item_id)
        return Pace() if course is None else course.pace(now_s, size_bytes - self._sent[item_id])

    def whole(self, now_s: float, start_every_s: float = 0.0) -> Pace:
        """The pace of all rows together.

        A library that costs money lets an upload begin every `start_every_s` seconds: it takes at least that long.
        """
        pace = self._whole.pace(now_s, self._left_bytes) if self._rows else Pace()
        slots = self._starts[MediaKind.VIDEO] + math.ceil(self._starts[MediaKind.IMAGE] / FILES_MAX)
        slots_s = (slots if self._rows else slots - 1) * start_every_s
        return pace if slots_s <= (pace.left_s or 0.0) else replace(pace, left_s=slots_s)

    def _note(self, item: UploadItem, now_s: float) -> None:
        if item.item_id not in self._rows:
            self._rows[item.item_id] = _Course()
            self._sent[item.item_id] = item.sent_bytes
            if len(self._rows) == 1:
                self._whole = _Course()  # what went before the pause tells nothing about now
        self._gone_bytes += max(0, item.sent_bytes - self._sent[item.item_id])
        self._sent[item.item_id] = item.sent_bytes
        self._rows[item.item_id].window.add(now_s, item.sent_bytes)
        self._whole.window.add(now_s, self._gone_bytes)

    def _end(self, item: UploadItem | None) -> None:
        if item is None or item.item_id not in self._rows:
            return
        if item.state in {UploadState.INDEXING, UploadState.SEARCHABLE}:
            self._gone_bytes += max(0, item.size_bytes - self._sent[item.item_id])
        del self._rows[item.item_id], self._sent[item.item_id]


def _left(item: UploadItem | None) -> int:
    if item is None or item.state not in _TO_GO or item.library_id == LOCAL_ID:
        return 0
    return max(0, item.size_bytes - (item.sent_bytes if item.state is UploadState.SENDING else 0))
