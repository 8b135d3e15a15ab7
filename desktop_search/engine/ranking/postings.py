"""Words and where they are: lists that only grow, compact enough for a large library."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int32]


class Postings:
    """For each word, the numbers of the rows that hold it. Four bytes for each word of a row."""

    def __init__(self) -> None:
        self._rows: dict[str, array[int]] = {}

    def add(self, row: int, words: Iterable[str]) -> None:
        """A row and its words. Rows come in rising order."""
        for word in set(words):
            self._rows.setdefault(word, array("i")).append(row)

    def having(self, words: Iterable[str]) -> Rows:
        """The rows that hold all of these words."""
        found: Rows | None = None
        for word in words:
            rows = np.array(self._rows.get(word, ()), dtype=np.int32)
            found = rows if found is None else np.intersect1d(found, rows, assume_unique=True)
        return np.array((), dtype=np.int32) if found is None else found
