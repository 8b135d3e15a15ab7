"""Where the rows of an index in memory come from: their file, their place in it, their id in the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desktop_search.engine.ranking.postings import GONE, Arrays, Rows

Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
_LATEST_MS = 2**31 - 1  # 24 days


@dataclass(frozen=True, slots=True)
class Found:
    """A row that was found. `row_id` is its id in the store, of the video or image `item_id`."""

    score: float
    item_id: int
    row_id: int
    start_ms: int


@dataclass(frozen=True, slots=True, eq=False)
class HeldRows:
    """Rows numbered from 0, file by file, in the order of their times within a file. Never changed.

    Attributes:
        items: the files.
        begins: where the rows of each file begin, and where the last ends.
        row_ids: of each row, in the store.
        starts_ms, ends_ms: of each row.
    """

    items: Numbers
    begins: Numbers
    row_ids: Numbers
    starts_ms: Rows
    ends_ms: Rows

    @classmethod
    def of(cls, files: Iterable[tuple[int, Sequence[tuple[int, int, int]]]]) -> HeldRows:
        """Files, each with its rows: id, start and end of each."""
        items, counts, rows = [], [0], list[tuple[int, int, int]]()
        for item_id, its_rows in files:
            items.append(item_id)
            counts.append(len(its_rows))
            rows += its_rows
        columns = np.array(rows, np.int64).reshape(-1, 3)
        times = np.minimum(columns[:, 1:], _LATEST_MS).astype(np.int32)
        ends = np.cumsum(counts, dtype=np.int64)
        return cls(np.array(items, np.int64), ends, *_small(columns[:, 0].copy(), *times.T.copy()))

    @classmethod
    def merged(cls, parts: Sequence[tuple[HeldRows, Mask, Mask]]) -> HeldRows:
        """The chosen files of several; with each come which files, and which rows."""
        counts = [rows.counts[files] for rows, files, _ in parts]
        return cls(
            np.concatenate([rows.items[files] for rows, files, _ in parts]),
            np.cumsum(np.concatenate([np.zeros(1, np.int64), *counts])),
            *_small(
                *(
                    np.concatenate([getattr(rows, column)[chosen] for rows, _, chosen in parts])
                    for column in ("row_ids", "starts_ms", "ends_ms")
                )
            ),
        )

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, npt.NDArray[np.generic]]) -> HeldRows:
        """What `arrays` gave out. Raises KeyError, ValueError."""
        items, begins, row_ids = (arrays[name].view(np.int64) for name in ("items", "begins", "row_ids"))
        starts_ms, ends_ms = (arrays[name].view(np.int32) for name in ("starts_ms", "ends_ms"))
        return cls(items, begins, row_ids, starts_ms, ends_ms)

    def arrays(self) -> Arrays:
        """All of it, for a file."""
        return {name: getattr(self, name) for name in ("items", "begins", "row_ids", "starts_ms", "ends_ms")}

    @property
    def counts(self) -> Numbers:
        """How many rows each file has."""
        counts: Numbers = np.diff(self.begins)
        return counts

    def between(self, slot: int, start_ms: int, end_ms: int) -> list[int]:
        """The ids of the rows of the file at a place that begin within a span, or reach into it."""
        first, after = self.begins[slot : slot + 2]
        starts, ends = self.starts_ms[first:after], self.ends_ms[first:after]
        rows = np.flatnonzero((starts < end_ms) & ((ends > start_ms) | (starts >= start_ms)))
        return [int(each) for each in self.row_ids[first:after][rows]]


def _small(row_ids: Numbers, starts_ms: Rows, ends_ms: Rows) -> tuple[Numbers, Rows, Rows]:
    """The same, in less memory for rows without ids of their own, and for those that are a moment each."""
    if not row_ids.any():
        row_ids = np.broadcast_to(np.int64(0), row_ids.shape)
    return row_ids, starts_ms, starts_ms if np.array_equal(starts_ms, ends_ms) else ends_ms


def renumbered(kept: Mask, first: int) -> Rows:
    """New numbers, from `first` on, of those that are kept; `GONE` for the others."""
    numbers = np.cumsum(kept, dtype=np.int32) + np.int32(first - 1)
    numbers[~kept] = GONE
    return numbers
