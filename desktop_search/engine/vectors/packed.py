"""All rows of one kind, and the search among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from desktop_search.engine.vectors import codes
from desktop_search.engine.vectors.best import ScoreBoard
from desktop_search.engine.vectors.block import Block, Chosen, ItemRows, Numbers, block_of, joined
from desktop_search.engine.vectors.codes import coded, error_of
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


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    """What is scanned of a block: all of it, or `rows`; of the former, only the items in `passed` count."""

    block: Block
    rows: Numbers | None = None
    passed: Numbers | None = None

    def __len__(self) -> int:
        return len(self.block.row_ids if self.rows is None else self.rows)

    def scan(self, query: Codes, out: Scores) -> None:
        codes, scales = self.block.vectors.codes, self.block.vectors.scales
        if self.rows is not None:
            codes, scales = codes[self.rows], scales[self.rows]
        dots(codes, query, out)
        out *= scales
        if self.passed is not None:
            chosen = np.zeros(len(self.block.items), dtype=bool)
            chosen[self.passed] = True
            np.copyto(out, -np.inf, where=~self.block.rows_of(chosen))


class PackedRows:
    """Vectors of items, each vector of length 1 and `dim` numbers. Not for several threads at once."""

    def __init__(self, dim: int) -> None:
        self.dim = dim
        self.blocks: list[Held] = []
        self._where: dict[int, tuple[Held, int]] = {}
        self._sample: tuple[npt.NDArray[np.int8], Scores] | None = None
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
        asked, (rows, scales) = coded(query[None]), self._sample
        scores: Scores = np.empty(len(rows), np.float32)
        dots(rows, asked.codes[0], scores)
        scores *= scales * asked.scales[0]
        return scores

    def best(self, query: Query, item_ids: Iterable[int], count: int) -> Best:
        """The best rows of these items by their dot product with a query (dim) of length 1."""
        asked = coded(query[None])
        pieces = self._pieces(_in_order(np.fromiter(item_ids, dtype=np.int64)))
        board = ScoreBoard([len(piece) for piece in pieces])

        def scan(number: int) -> None:
            pieces[number].scan(asked.codes[0], board.part(number))
            board.settle(number)

        side_by_side([partial(scan, number) for number in range(len(pieces))])
        coarsest = max((piece.block.coarsest for piece in pieces), default=0.0)
        return _looked_at_again(query, pieces, *board.best(count, _margin(float(asked.scales[0]), coarsest)), count)

    def _pieces(self, wanted: Numbers) -> list[_Piece]:
        pieces = []
        for held, slots in self._slots(wanted):
            block, whole = held.block, len(held.block.row_ids)
            count = int((block.firsts[slots + 1] - block.firsts[slots]).sum())
            if count == whole:
                pieces.append(_Piece(block))
            elif count > whole * _GATHER_BELOW:
                pieces.append(_Piece(block, passed=slots))
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
        if not np.array_equal(ids, wanted):
            at = np.searchsorted(ids, wanted)
            places = places[at[np.take(ids, at, mode="clip") == wanted]]
        found = _in_order(places)
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

    def _new_sample(self) -> tuple[npt.NDArray[np.int8], Scores]:
        """Coarse vectors and their scales. The fine ones are not touched: the system would map much around each."""
        step = max(1, sum(held.live_rows for held in self.blocks) // _SAMPLE_ROWS)
        rows = [(held.block.vectors, np.flatnonzero(held.block.rows_of(held.live))[::step]) for held in self.blocks]
        none = codes.nothing(self.dim)
        return (
            np.concatenate([none.codes, *(vectors.codes[chosen] for vectors, chosen in rows)]),
            np.concatenate([none.scales, *(vectors.scales[chosen] for vectors, chosen in rows)]),
        )


def _is_loose(held: Held) -> bool:
    """Whether a block is better put together with what comes: it is small, or most of it counts no longer."""
    return len(held.block.row_ids) < BLOCK_ROWS or held.live_rows < len(held.block.row_ids) // 2


def _in_order(numbers: Numbers) -> Numbers:
    """The same numbers, each once, sorted; as they usually are already, which is told faster than it is done."""
    return numbers if (numbers[1:] > numbers[:-1]).all() else np.unique(numbers)


def _margin(scale: float, coarsest: float) -> float:
    """How far below another a score may be and its row still be the better one, in steps of the query's scale."""
    return 2 * _SURE * float(np.hypot(error_of(coarsest), error_of(scale))) / scale if scale else 0.0


def _looked_at_again(query: Query, pieces: Sequence[_Piece], of_piece: Numbers, rows: Numbers, count: int) -> Best:
    """The best of the rows that are nearly the best, by exact scores."""
    parts, ids = [codes.nothing(len(query))], [np.empty((3, 0), np.int64)]
    numbers, firsts = np.unique(of_piece, return_index=True)
    for number, chosen in zip(numbers.tolist(), np.split(rows, firsts)[1:], strict=True):
        piece = pieces[number]
        here = chosen if piece.rows is None else piece.rows[chosen]
        parts.append(piece.block.vectors[here])
        piece.block.let_go()  # at once: around single rows from everywhere, the system maps most of the file
        ids.append(np.stack([piece.block.items_at(here), piece.block.row_ids[here], piece.block.starts_ms[here]]))
    scores = (codes.joined(parts).exact() * query).sum(axis=1)  # alike rows score exactly alike
    item_ids, row_ids, starts_ms = np.concatenate(ids, axis=1)
    order = np.lexsort((starts_ms, -item_ids, -scores))[:count]
    return Best(scores[order], item_ids[order], row_ids[order], starts_ms[order])
