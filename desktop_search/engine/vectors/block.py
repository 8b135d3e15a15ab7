"""A few ten thousand rows in one piece of memory. Blocks never change once they are made."""

from __future__ import annotations

import mmap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from desktop_search.engine.vectors import codes
from desktop_search.engine.vectors.codes import Coded

Numbers = npt.NDArray[np.int64]
Chosen = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class ItemRows:
    """The rows of one video or image: n vectors; each row has an id in the store, and a start."""

    item_id: int
    row_ids: Numbers
    starts_ms: Numbers
    vectors: Coded


@dataclass(frozen=True, eq=False)
class Block:
    """Rows of several items, one after the other.

    Attributes:
        items: their ids.
        firsts: where the rows of each begin, and at the end how many rows there are.
        row_ids, starts_ms, vectors: of each row.
    """

    items: Numbers
    firsts: Numbers
    row_ids: Numbers
    starts_ms: Numbers
    vectors: Coded

    @cached_property
    def coarsest(self) -> float:
        """The largest scale of its rows, asked at each search."""
        return float(self.vectors.scales.max(initial=0.0))

    @cached_property
    def _mapping(self) -> mmap.mmap | None:
        """The file that the fine vectors lie in, where they lie in one whose pages can be let go of."""
        base: object = self.vectors.fine
        while isinstance(base, np.ndarray):
            base = base.base
        mapping = base.obj if isinstance(base, memoryview) else base
        return mapping if isinstance(mapping, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED") else None

    def let_go(self) -> None:
        """Have rows that were looked at finely, and what the system mapped around them, not count to our memory."""
        if self._mapping is not None:
            self._mapping.madvise(mmap.MADV_DONTNEED)

    @property
    def counts(self) -> Numbers:
        """How many rows each item has."""
        counts: Numbers = np.diff(self.firsts)
        return counts

    def rows_of(self, chosen: Chosen) -> Chosen:
        """Which rows belong to the chosen of the items."""
        rows: Chosen = np.repeat(chosen, self.counts)
        return rows

    def rows_in(self, slots: Numbers) -> Numbers:
        """The rows of the items at these places, in their order."""
        counts = self.firsts[slots + 1] - self.firsts[slots]
        begins = self.firsts[slots] - (np.cumsum(counts) - counts)
        rows: Numbers = np.repeat(begins, counts) + np.arange(counts.sum())
        return rows

    def items_at(self, rows: Numbers) -> Numbers:
        """The ids of the items that these rows belong to."""
        slots = np.searchsorted(self.firsts, rows, side="right") - 1
        ids: Numbers = self.items[slots]
        return ids


def block_of(items: Sequence[ItemRows]) -> Block:
    """A block of these items, of which there is at least one."""
    return Block(
        np.array([each.item_id for each in items], dtype=np.int64),
        _firsts([len(each.row_ids) for each in items]),
        np.concatenate([each.row_ids for each in items]),
        np.concatenate([each.starts_ms for each in items]),
        codes.joined([each.vectors for each in items]),
    )


def joined(parts: Sequence[tuple[Block, Chosen]]) -> Block:
    """The chosen items of several blocks, in one."""
    kept = [(block, chosen, block.rows_of(chosen)) for block, chosen in parts]
    return Block(
        np.concatenate([block.items[chosen] for block, chosen, _ in kept]),
        _firsts(np.concatenate([block.counts[chosen] for block, chosen, _ in kept])),
        np.concatenate([block.row_ids[rows] for block, _, rows in kept]),
        np.concatenate([block.starts_ms[rows] for block, _, rows in kept]),
        codes.joined([block.vectors[rows] for block, _, rows in kept]),
    )


def _firsts(counts: npt.ArrayLike) -> Numbers:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
