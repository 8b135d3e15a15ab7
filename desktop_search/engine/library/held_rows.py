"""Where the rows of an index in memory come from: their file, their place in it, their id in the store."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Found:
    """A row that was found. `row_id` is its id in the store, of the video or image `item_id`."""

    score: float
    item_id: int
    row_id: int
    start_ms: int


class HeldRows:
    """Rows numbered from 0 as they are added, file by file, in the order of their times within a file.

    A file that changes is added once more; what stood there before is no longer found.
    """

    def __init__(self) -> None:
        self._slot_of: dict[int, int] = {}
        self._items, self._first_row = array("q"), array("q")
        self._slots, self._row_ids, self._starts_ms, self._ends_ms = (array("q") for _ in range(4))

    @property
    def outdated(self) -> int:
        """How many files stand here in vain: they are gone, or were added again."""
        return len(self._items) - len(self._slot_of)

    @property
    def files(self) -> int:
        """How many files are here."""
        return len(self._slot_of)

    def add(self, item_id: int, rows: Iterable[tuple[int, int, int]]) -> None:
        """A file and its rows: id, start and end of each."""
        self._slot_of[item_id] = slot = len(self._items)
        self._items.append(item_id)
        self._first_row.append(len(self._slots))
        for row_id, start_ms, end_ms in rows:
            self._slots.append(slot)
            self._row_ids.append(row_id)
            self._starts_ms.append(start_ms)
            self._ends_ms.append(end_ms)

    def drop(self, item_id: int) -> None:
        """The rows of a file, if it is here, are no longer found."""
        self._slot_of.pop(item_id, None)

    def of(self, item_ids: Iterable[int]) -> Mask:
        """Which rows belong to these files."""
        chosen = np.zeros(len(self._items), dtype=bool)
        chosen[[slot for each in item_ids if (slot := self._slot_of.get(each)) is not None]] = True
        rows: Mask = chosen[np.array(self._slots)]
        return rows

    def best(self, scores: npt.NDArray[np.floating], passed: Mask, limit: int) -> list[Found]:
        """The best of the rows that passed; equals by the newest file, then by time, so that answers repeat exactly."""
        rows = np.flatnonzero(passed)
        if len(rows) > limit:
            least = np.partition(scores[rows], -limit)[-limit]
            rows = rows[scores[rows] >= least]
        items = np.array(self._items)[np.array(self._slots)[rows]]
        order = np.lexsort((np.array(self._starts_ms)[rows], -items, -scores[rows]))[:limit]
        return [
            Found(float(scores[row]), int(item), self._row_ids[row], self._starts_ms[row])
            for row, item in zip(rows[order], items[order], strict=True)
        ]

    def between(self, item_id: int, start_ms: int, end_ms: int) -> list[int]:
        """The ids of the rows of a file that begin within a span, or reach into it."""
        slot = self._slot_of.get(item_id)
        if slot is None:
            return []
        first = self._first_row[slot]
        after = self._first_row[slot + 1] if slot + 1 < len(self._first_row) else len(self._slots)
        starts, ends = np.array(self._starts_ms[first:after]), np.array(self._ends_ms[first:after])
        rows = np.flatnonzero((starts < end_ms) & ((ends > start_ms) | (starts >= start_ms)))
        return [self._row_ids[first + row] for row in rows]
