"""Holding in memory what a table says, and keeping up with its changes."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any, Self

from desktop_search.engine.library.shelf import Block, Shelf, arrays_of, block_of
from desktop_search.engine.library.snapshots import Snapshot, Taken
from desktop_search.engine.ranking.postings import Arrays
from desktop_search.engine.store.changes import Changes

Blocks = dict[str, list[Block[Any]]]
_BATCH = 16  # files read at a time: Python keeps the room that the objects of a batch took
_WORTH_WRITING = 0.05  # of what is held: so much must have come in before the file is written anew


class KeepingUp(ABC):
    """Loads what is searchable, and again what changed since. Every use is under `lock`, after `keep_up`.

    Args:
        changes: the ids that change.
        searchable: the ids of all that can be searched.
        shelves: what is held, by name; `_take_in` fills them.
        snapshot: where it is kept for the next start, if anywhere.
    """

    def __init__(
        self,
        changes: Changes,
        searchable: Callable[[], list[int]],
        shelves: Mapping[str, Shelf[Any]],
        snapshot: Snapshot | None = None,
    ) -> None:
        self.lock = threading.RLock()
        self._changes, self._searchable = changes, searchable
        self._shelves, self._snapshot = shelves, snapshot
        self._number = -1  # of the last change that is known; nothing was read yet
        self._pending: set[int] = set()
        self._has_begun = False
        self._unwritten = 0  # files that came in since the snapshot was written
        self._has_left = False  # whether it may still hold what was deleted

    def keep_up(self, *, batches: int | None = None) -> bool:
        """Take in what changed, or a part of it; whether all of it is taken in."""
        with self.lock:
            try:
                self._look_for_changes()
                while self._pending and batches != 0:
                    batch = list(islice(self._pending, _BATCH))
                    gone = {each for each in batch if self._let_go(each)}
                    self._unwritten += len(batch)
                    self._take_in(batch)
                    self._has_left |= any(not self._holds(each) for each in gone)
                    self._pending.difference_update(batch)
                    batches = None if batches is None else batches - 1
            except BaseException:
                self._number = -1  # half of a file may be in memory: begin anew
                raise
            return not self._pending

    @contextmanager
    def kept_up(self) -> Iterator[Self]:
        """Take in all that changed, and hold the lock for a search."""
        with self.lock:
            self.keep_up()
            yield self

    def write(self, *, at_end: bool = False) -> None:
        """Write the snapshot, if enough has changed since it was. Searches go on meanwhile.

        Not to be called by several threads at once.
        """
        with self.lock:
            if self._snapshot is None or self._number < 0 or self._pending or not self._is_due(at_end=at_end):
                return
            number, unwritten = self._number, self._unwritten
            self._unwritten, self._has_left = 0, False
            held = {name: shelf.hold_still() for name, shelf in self._shelves.items()}
        tidy: Blocks | None = None
        try:
            tidy = self._written(self._snapshot, number, held)
        finally:
            with self.lock:
                for name, shelf in self._shelves.items():
                    shelf.replace(held[name], held[name] if tidy is None else tidy[name])
                if tidy is None:
                    self._unwritten += unwritten

    def _written(self, snapshot: Snapshot, number: int, held: Blocks) -> Blocks | None:
        """Write these blocks. Returns them as they are in the file, which need not stay in memory."""
        tidy = {name: shelf.tidied(held[name]) for name, shelf in self._shelves.items()}
        arrays = {
            f"{name}/{place}/{each}": array
            for name, blocks in tidy.items()
            for place, block in enumerate(blocks)
            for each, array in arrays_of(block).items()
        }
        taken = snapshot.read() if snapshot.write(number, arrays) else None
        return None if taken is None else self._blocks_in(taken)

    def _is_due(self, *, at_end: bool) -> bool:
        held = max(shelf.files for shelf in self._shelves.values())
        return self._has_left or self._unwritten > (0 if at_end else held * _WORTH_WRITING)

    def _look_for_changes(self) -> None:
        if self._number < 0:
            self._begin()
        changed, self._number = self._changes.since(self._number)
        self._pending |= changed

    def _begin(self) -> None:
        """Hold what the snapshot holds, else nothing."""
        for shelf in self._shelves.values():
            shelf.clear()
        taken = self._snapshot.read() if self._snapshot is not None and not self._has_begun else None
        latest, self._has_begun = self._changes.latest(), True
        if taken is not None and taken.number <= latest:
            for name, blocks in self._blocks_in(taken).items():
                self._shelves[name].restore(blocks)
            self._number, self._pending, self._unwritten = taken.number, set(), 0
        else:
            self._number, self._pending = latest, set(self._searchable())

    def _blocks_in(self, taken: Taken) -> Blocks:
        found: Blocks = {name: [] for name in self._shelves}
        by_block: dict[tuple[str, int], Arrays] = defaultdict(dict)
        for key, array in taken.arrays.items():
            name, place, each = key.split("/")
            by_block[name, int(place)][each] = array
        for (name, _), arrays in sorted(by_block.items(), key=lambda entry: entry[0]):
            found[name].append(block_of(arrays, self._shelves[name].make()))
        return found

    def _let_go(self, item_id: int) -> bool:
        return sum(shelf.drop(item_id) for shelf in self._shelves.values()) > 0

    def _holds(self, item_id: int) -> bool:
        return any(item_id in shelf for shelf in self._shelves.values())

    @abstractmethod
    def _take_in(self, item_ids: list[int]) -> None:
        """Read those of them that are searchable; none of them is held."""
