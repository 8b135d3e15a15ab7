"""Who changed since one last looked: what is held in memory of the record keeps up by it."""

from __future__ import annotations

import threading
from collections.abc import Iterable


class Changes:
    """Ids whose searchable contents changed, or that are gone. Safe from any thread.

    An id is noted after its change is on disk, so that whoever hears of it reads what is new.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._generation = 0
        self._changed_in: dict[int, int] = {}

    def note(self, ids: Iterable[int]) -> None:
        """These were changed or deleted."""
        with self._lock:
            self._generation += 1
            self._changed_in.update(dict.fromkeys(ids, self._generation))

    def since(self, generation: int) -> tuple[set[int], int]:
        """What changed after that generation, and the present one. Generation 0 is before all changes."""
        with self._lock:
            if generation == self._generation:
                return set(), generation
            return {each for each, changed in self._changed_in.items() if changed > generation}, self._generation
