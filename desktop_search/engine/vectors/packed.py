"""All rows of one kind, and the search among them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import numpy.typing as npt

from desktop_search.engine.vectors import codes
from desktop_search.engine.vectors.best import best_rows
from desktop_search.engine.vectors.block import Block, Chosen, ItemRows, Numbers, block_of, joined
from desktop_search.engine.vectors.codes import Coded, coded, error_of
from desktop_search.engine.vectors.kernel import Codes, Scores, dots, side_by_side

Query = npt.NDArray[np.float32]

BLOCK_ROWS = 65_536
_GATHER_BELOW = 0.05  # of a block's rows: then they are picked out rather than all scanned; measured
_BLOCK_STEP = 2**32
_SURE = 3.0  # deviations of its error that a score may be off by and its row still be looked at again
_SAMPLE_ROWS = 4096


@dataclass(slots=True, eq=False)
class Held:
    """A block, and which of its items still count."""

    block: Block
    live: Chosen

    @property
    def live_rows(self) -> int:
        """How many rows still count."""
        return int(self.block.counts[self.live].sum())


@dataclass(frozen=True, slots=True, eq=False)
class Best:
    """The best rows, best first; equals by the newest item, then by time."""

    scores: Scores
    item_ids: Numbers
    row_ids: Numbers
    starts_ms: Numbers


@dataclass(slots=True, eq=False)
class _Piece:
    """What is scanned of a block: all of it, or `rows`; what `passed` says no to does not count."""

    block: Block
    rows: Numbers | None = None
    passed: Chosen | None = None
    out: Scores = field(default_factory=lambda: np.empty(0, np.float32))

    def __len__(self) -> int:
        return len(self.block.row_ids if self.rows is None else self.rows)

    def scan(self, query: Codes) -> None:
        held, scales = self.block.vectors.codes, self.block.vectors.scales
        if self.rows is not None:
            held, scales = held[self.rows], scales[self.rows]
        dots(held, query, self.out)
        self.out *= scales
        if self.passed is not None:
            self.out[~self.passed] = -np.inf


class PackedRows:
    """Vectors of items, each vector of length 1 and `dim` numbers. Not for several threads at once."""

    def __init__(self, dim: int) -> None:
        self.dim = dim
        self.blocks: list[Held] = []
        self._where: dict[int, tuple[Held, int]] = {}
        self._sample: Coded | None = None
        self._places: tuple[Numbers, Numbers] | None = None

    @property
    def items(self) -> int:
        """How many items are here."""
        return len(self._where)

    @property
    def rows(self) -> int:
        """How many rows they have."""
        return sum(held.live_rows for held in self.blocks)

    def add(self, items: Sequence[ItemRows]) -> None:
        """Take in items that are not here. One without rows is left out."""
        filled = [each for each in items if len(each.row_ids)]
        if not filled:
            return
        new = block_of(filled)
        loose = [held for held in self.blocks if _is_loose(held)]
        for held in loose:
            self.blocks.remove(held)
        parts = [*((held.block, held.live) for held in loose), (new, np.ones(len(new.items), dtype=bool))]
        self.hold(joined(parts) if loose else new)

    def hold(self, block: Block, live: Chosen | None = None) -> None:
        """Take in a whole block, or the live of its items; they are not here, or were in blocks that are no longer."""
        held = Held(block, np.ones(len(block.items), dtype=bool) if live is None else live)
        self.blocks.append(held)
        for slot in np.flatnonzero(held.live).tolist():
            self._where[int(block.items[slot])] = held, slot
        self._sample = self._places = None

    def tidy(self) -> None:
        """Leave nothing behind of what was dropped."""
        for held in [each for each in self.blocks if not each.live.all()]:
            self.blocks.remove(held)
            if held.live.any():
                self.hold(joined([(held.block, held.live)]))

    def drop(self, item_id: int) -> None:
        """Forget an item, if it is here."""
        where = self._where.pop(item_id, None)
        if where is not None:
            held, slot = where
            held.live[slot] = False
            self._sample = self._places = None

    def usual(self, query: Query) -> Scores:
        """The scores of some thousand rows, spread evenly over everything here: what is usual for this query."""
        if self._sample is None:
            self._sample = self._new_sample()
        asked = coded(query[None])
        scores: Scores = np.empty(len(self._sample.codes), np.float32)
        dots(self._sample.codes, asked.codes[0], scores)
        scores *= self._sample.scales * asked.scales[0]
        return scores

    def best(self, query: Query, item_ids: Iterable[int], count: int) -> Best:
        """The best rows of these items by their dot product with a query (dim) of length 1."""
        asked = coded(query[None])
        scale = float(asked.scales[0])
        pieces = self._pieces(np.unique(np.fromiter(item_ids, dtype=np.int64)))
        ends = np.cumsum([len(piece) for piece in pieces], dtype=np.int64)
        scores = np.empty(int(ends[-1]) if len(ends) else 0, np.float32)
        for piece, end in zip(pieces, ends, strict=True):
            piece.out = scores[end - len(piece) : end]
        tasks: list[Callable[[], None]] = [partial(piece.scan, asked.codes[0]) for piece in pieces]
        side_by_side(tasks)
        coarsest = max((piece.block.coarsest for piece in pieces), default=0.0)
        off = np.hypot(error_of(coarsest), error_of(scale))
        margin = 2 * _SURE * off / scale if scale else 0.0
        return _looked_at_again(query, pieces, ends, np.sort(best_rows(scores, count, float(margin))), count)

    def _pieces(self, wanted: Numbers) -> list[_Piece]:
        pieces = []
        for held, slots in self._slots(wanted):
            block, whole = held.block, len(held.block.row_ids)
            count = int((block.firsts[slots + 1] - block.firsts[slots]).sum())
            if count == whole:
                pieces.append(_Piece(block))
            elif count > whole * _GATHER_BELOW:
                passed = np.zeros(len(block.items), dtype=bool)
                passed[slots] = True
                pieces.append(_Piece(block, passed=block.rows_of(passed)))
            elif count:
                pieces.append(_Piece(block, rows=block.rows_in(slots)))
        return pieces

    def _slots(self, wanted: Numbers) -> Iterator[tuple[Held, Numbers]]:
        """Where in each block those of the wanted items are that still count. `wanted` is sorted."""
        if self._places is None:
            self._places = self._all_places()
        ids, places = self._places
        if not len(ids):
            return
        at = np.searchsorted(ids, wanted)
        found = np.sort(places[at[np.take(ids, at, mode="clip") == wanted]])
        ends = np.searchsorted(found, _BLOCK_STEP * np.arange(1, len(self.blocks) + 1))
        for number, (held, first, after) in enumerate(zip(self.blocks, [0, *ends[:-1]], ends, strict=True)):
            if after > first:
                yield held, found[first:after] - number * _BLOCK_STEP

    def _all_places(self) -> tuple[Numbers, Numbers]:
        """The ids of all items, sorted, and where each is: `_BLOCK_STEP` times its block's number, and its slot."""
        live = [np.flatnonzero(held.live) for held in self.blocks]
        none = np.empty(0, dtype=np.int64)
        ids = np.concatenate([none, *(held.block.items[slots] for held, slots in zip(self.blocks, live, strict=True))])
        places = np.concatenate([none, *(number * _BLOCK_STEP + slots for number, slots in enumerate(live))])
        order = np.argsort(ids)
        return ids[order], places[order]

    def _new_sample(self) -> Coded:
        step = max(1, sum(held.live_rows for held in self.blocks) // _SAMPLE_ROWS)
        none = Coded(
            np.empty((0, self.dim), np.int8), np.empty((0, (self.dim + 1) // 2), np.uint8), np.empty(0, np.float32)
        )
        rows = ((held.block.vectors, np.flatnonzero(held.block.rows_of(held.live))[::step]) for held in self.blocks)
        return codes.joined([none, *(vectors[chosen] for vectors, chosen in rows)])


def _is_loose(held: Held) -> bool:
    """Whether a block is better put together with what comes: it is small, or most of it counts no longer."""
    return len(held.block.row_ids) < BLOCK_ROWS or held.live_rows < len(held.block.row_ids) // 2


def _looked_at_again(query: Query, pieces: Sequence[_Piece], ends: Numbers, near: Numbers, count: int) -> Best:
    """The best of the rows that are nearly the best, by exact scores."""
    of_piece = np.searchsorted(ends, near, side="right")
    scores, ids = [np.empty(0, np.float32)], [np.empty((3, 0), np.int64)]
    for number in np.unique(of_piece).tolist():
        piece = pieces[number]
        rows = near[of_piece == number] - (ends[number] - len(piece))
        rows = rows if piece.rows is None else piece.rows[rows]
        scores.append((piece.block.vectors[rows].exact() * query).sum(axis=1))  # alike rows score exactly alike
        ids.append(np.stack([piece.block.items_at(rows), piece.block.row_ids[rows], piece.block.starts_ms[rows]]))
    score, (item_ids, row_ids, starts_ms) = np.concatenate(scores), np.concatenate(ids, axis=1)
    order = np.lexsort((starts_ms, -item_ids, -score))[:count]
    return Best(score[order], item_ids[order], row_ids[order], starts_ms[order])
