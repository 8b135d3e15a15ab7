"""Holding in memory what a table says, and keeping up with its changes."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from itertools import islice

from desktop_search.engine.store.changes import Changes

_BATCH = 50  # files read at a time
_OUTDATED_MIN = 64  # below that nothing is gained by beginning anew


class KeepingUp(ABC):
    """Loads what is searchable, and again what changed since. Every use is under `lock`, after `keep_up`.

    Args:
        changes: the ids that change.
        searchable: the ids of all that can be searched.
    """

    def __init__(self, changes: Changes, searchable: Callable[[], list[int]]) -> None:
        self.lock = threading.RLock()
        self._changes, self._searchable = changes, searchable
        self._number = -1  # nothing was read yet
        self._pending: set[int] = set()

    def keep_up(self, *, batches: int | None = None) -> bool:
        """Take in what changed, or a part of it; whether all of it is taken in."""
        with self.lock:
            try:
                self._look_for_changes()
                while self._pending and batches != 0:
                    batch = list(islice(self._pending, _BATCH))
                    for each in batch:
                        self._drop(each)
                    self._take_in(batch)
                    self._pending.difference_update(batch)
                    batches = None if batches is None else batches - 1
            except BaseException:
                self._number = -1  # half of a file may be in memory: begin anew
                raise
            return not self._pending

    def _look_for_changes(self) -> None:
        if self._number >= 0:
            changed, self._number = self._changes.since(self._number)
            self._pending |= changed
        if self._number < 0 or self._outdated() > max(_OUTDATED_MIN, self._held()):
            self._begin()
            self._number = self._changes.latest()
            self._pending = set(self._searchable())

    @abstractmethod
    def _begin(self) -> None:
        """Hold nothing."""

    @abstractmethod
    def _drop(self, item_id: int) -> None:
        """Let go of one, if it is held."""

    @abstractmethod
    def _take_in(self, item_ids: list[int]) -> None:
        """Read those of them that are searchable; none of them is held."""

    @abstractmethod
    def _outdated(self) -> int:
        """How many still take room that were let go of."""

    @abstractmethod
    def _held(self) -> int:
        """How many are held."""
