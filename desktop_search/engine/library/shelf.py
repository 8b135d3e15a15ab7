"""An index of very many rows, made of blocks: a new block for what is new, small blocks merged into larger ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, Self, TypeVar

import numpy as np
import numpy.typing as npt

from desktop_search.engine.library.held_rows import Found, HeldRows, Mask, renumbered
from desktop_search.engine.ranking.postings import Arrays, Rows

Scores = npt.NDArray[np.float32]
_LEVELS = np.float32(10_000)


class Index(Protocol):
    """What scores the rows of a block."""

    def merge(self, parts: Sequence[tuple[Self, Rows, Rows]], /) -> None:
        """Hold what several hold; with each come the new numbers of its files and of its rows, or `GONE`."""


class SavedIndex(Index, Protocol):
    """One that can be kept in a file."""

    def arrays(self) -> Arrays:
        """All of it."""

    def take(self, arrays: Mapping[str, npt.NDArray[np.generic]], /) -> None:
        """Hold what `arrays` gave out. Raises KeyError, ValueError."""


I = TypeVar("I", bound=Index)  # noqa: E741 - as the standard library names them
S = TypeVar("S", bound=SavedIndex)


@dataclass(frozen=True, slots=True, eq=False)
class Block(Generic[I]):
    """Some files and their rows. `live` says which files still stand for what is in the store."""

    rows: HeldRows
    index: I
    live: Mask

    @property
    def live_rows(self) -> int:
        """How many rows are of files that are live."""
        return int(self.rows.counts[self.live].sum())


class Shelf(Generic[I]):
    """Files with their rows. Not for several threads at once, but for `tidied`.

    Args:
        make: makes an empty index.
        most_rows: how many rows are merged into one block, so that no merge takes long.
    """

    def __init__(self, make: Callable[[], I], most_rows: int) -> None:
        self.make, self._most = make, most_rows
        self.blocks: list[Block[I]] = []
        self._places: dict[int, tuple[Block[I], int]] = {}
        self._held_still = False

    def __contains__(self, item_id: int) -> bool:
        return item_id in self._places

    @property
    def files(self) -> int:
        """How many files are here."""
        return len(self._places)

    @property
    def rows(self) -> int:
        """How many rows are here, those of files that were dropped among them."""
        return sum(len(block.rows.row_ids) for block in self.blocks)

    def add(self, rows: HeldRows, index: I) -> None:
        """Some files, none of which is here; `index` has the same rows."""
        if not len(rows.items):
            return
        self._put(Block(rows, index, np.ones(len(rows.items), dtype=bool)))
        while not self._held_still and len(self.blocks) > 1:
            last, before = self.blocks[-1].live_rows, self.blocks[-2].live_rows
            if before > 2 * last or before + last > self._most:
                break
            merged = self._merged(self.blocks[-2:])
            del self.blocks[-2:]
            self._put(merged)

    def drop(self, item_id: int) -> bool:
        """The rows of a file are no longer found; whether it was here."""
        place = self._places.pop(item_id, None)
        if place is None:
            return False
        block, slot = place
        block.live[slot] = False
        if not block.live.any() and not self._held_still:
            self.blocks.remove(block)
        return True

    def clear(self) -> None:
        """Hold nothing."""
        self.blocks, self._places, self._held_still = [], {}, False

    def best(self, scores_of: Callable[[I], Scores], items: Iterable[int], floor: float, limit: int) -> list[Found]:
        """The best rows of these files; equals by the newest file, then by time, so that answers repeat exactly."""
        wanted = np.fromiter(items, np.int64)
        found = [each for block in self.blocks if (each := _best_in(block, scores_of, wanted, floor, limit))]
        if not found:
            return []
        scores, item_ids, row_ids, starts_ms = (np.concatenate(column) for column in zip(*found, strict=True))
        order = np.lexsort((starts_ms, -item_ids, -scores))[:limit]
        columns = (column[order].tolist() for column in (item_ids, row_ids, starts_ms))
        rounded = [round(score, 4) for score in scores[order].tolist()]  # they are, but for the 32 bits they had
        return [Found(*each) for each in zip(rounded, *columns, strict=True)]

    def between(self, item_id: int, start_ms: int, end_ms: int) -> list[int]:
        """The ids of the rows of a file that begin within a span, or reach into it."""
        place = self._places.get(item_id)
        return [] if place is None else place[0].rows.between(place[1], start_ms, end_ms)

    def hold_still(self) -> list[Block[I]]:
        """The blocks as they are; until `replace` none of them goes, though files in them may be dropped."""
        self._held_still = True
        return list(self.blocks)

    def tidied(self, blocks: Sequence[Block[I]]) -> list[Block[I]]:
        """Blocks with the live files of these alone, as few as there may be. Safe beside other uses of the shelf."""
        groups: list[list[Block[I]]] = []
        rows = self._most + 1
        for block in blocks:
            rows += block.live_rows
            if rows > self._most:
                groups.append([])
                rows = block.live_rows
            groups[-1].append(block)
        return [group[0] if len(group) == 1 and group[0].live.all() else self._merged(group) for group in groups]

    def replace(self, held: list[Block[I]], tidy: list[Block[I]]) -> None:
        """Put tidy blocks in the place of those that `hold_still` gave; what was dropped meanwhile stays dropped."""
        self._held_still = False
        still_here = self.blocks[: len(held)] == held
        if held is tidy or not still_here:
            return
        later = self.blocks[len(held) :]
        for block in tidy:
            for slot, item_id in enumerate(block.rows.items.tolist()):
                there = self._places.get(item_id)
                block.live[slot] = there is not None and there[0] in held
        self.blocks = []
        for block in (*tidy, *later):
            if block.live.any():
                self._put(block)

    def restore(self, blocks: Iterable[Block[I]]) -> None:
        """Hold these."""
        for block in blocks:
            self._put(block)

    def _put(self, block: Block[I]) -> None:
        self.blocks.append(block)
        for slot in np.flatnonzero(block.live).tolist():
            self._places[int(block.rows.items[slot])] = block, slot

    def _merged(self, blocks: Sequence[Block[I]]) -> Block[I]:
        parts = list(_numbered(blocks))
        index = self.make()
        index.merge([(block.index, files, rows) for block, _, files, rows in parts])
        held = HeldRows.merged([(block.rows, live, rows >= 0) for block, live, _, rows in parts])
        return Block(held, index, np.ones(len(held.items), dtype=bool))


def arrays_of(block: Block[S]) -> Arrays:
    """A block, for a file."""
    index = {f"index {name}": array for name, array in block.index.arrays().items()}
    return {"live": block.live, **block.rows.arrays(), **index}


def block_of(arrays: Mapping[str, npt.NDArray[np.generic]], index: S) -> Block[S]:
    """What `arrays_of` gave out, with an index that is empty. Raises KeyError, ValueError."""
    begin = "index "
    index.take({name.removeprefix(begin): array for name, array in arrays.items() if name.startswith(begin)})
    return Block(HeldRows.of_arrays(arrays), index, arrays["live"].astype(bool))


def _numbered(blocks: Sequence[Block[I]]) -> Iterator[tuple[Block[I], Mask, Rows, Rows]]:
    """Each block with its live files, and the new numbers of its files and rows when they are all merged."""
    files_before = rows_before = 0
    for block in blocks:
        live = block.live.copy()
        rows = np.repeat(live, block.rows.counts)
        yield block, live, renumbered(live, files_before), renumbered(rows, rows_before)
        files_before += int(live.sum())
        rows_before += int(rows.sum())


def _best_in(
    block: Block[I], scores_of: Callable[[I], Scores], wanted: npt.NDArray[np.int64], floor: float, limit: int
) -> tuple[npt.NDArray[np.number], ...] | None:
    chosen = block.live & np.isin(block.rows.items, wanted)
    if not chosen.any():
        return None
    counts, scores = block.rows.counts, scores_of(block.index)
    rows = np.flatnonzero(np.repeat(chosen, counts) & (scores >= floor))
    if len(rows) > limit:
        rows = rows[_may_be_among(scores[rows], limit)]
    items = block.rows.items[np.searchsorted(block.rows.begins, rows, side="right") - 1]
    return scores[rows].astype(np.float64), items, block.rows.row_ids[rows], block.rows.starts_ms[rows]


def _may_be_among(scores: Scores, limit: int) -> Mask:
    """Which of these may be among the best. Scores are mostly alike, which counting takes more lightly than sorting."""
    levels = (scores * _LEVELS).astype(np.int32)
    so_many = np.cumsum(np.bincount(levels)[::-1])[::-1]  # at each level and above
    chosen: Mask = levels >= np.flatnonzero(so_many >= limit)[-1]
    return chosen
