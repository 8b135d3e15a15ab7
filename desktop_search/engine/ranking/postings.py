"""Words and where they are, in a few flat arrays that can be kept in a file and used from there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int32]
Column = npt.NDArray[np.number]
Arrays = dict[str, npt.NDArray[np.generic]]
GONE = -1  # in a list of new row numbers: the row is left out


class Postings:
    """For each word, the numbers of the rows that hold it, in rising order; beside each number, values of the row.

    Args:
        values: the types of those values.
    """

    def __init__(self, *values: type[np.number]) -> None:
        self._types: tuple[type[np.number], ...] = (np.int32, *values)
        self._words: list[str] = []
        self._begins = np.zeros(1, np.int64)  # of each word in the columns, and the end of the last
        self._columns: tuple[Column, ...] = tuple(np.empty(0, each) for each in self._types)
        self._new: dict[str, list[tuple[float, ...]]] = {}

    @property
    def words(self) -> list[str]:
        """All words, in order."""
        self._settle()
        return self._words

    def put(self, word: str, row: int, *values: float) -> None:
        """A row has this word. Rows come in rising order."""
        self._new.setdefault(word, []).append((row, *values))

    def add(self, row: int, words: Iterable[str]) -> None:
        """A row and its words."""
        for word in set(words):
            self.put(word, row)

    def of(self, word: str) -> tuple[Column, ...]:
        """The rows that hold a word, and their values."""
        self._settle()
        at = bisect_left(self._words, word)
        if at == len(self._words) or self._words[at] != word:
            return tuple(column[:0] for column in self._columns)
        first, after = self._begins[at : at + 2]
        return tuple(column[first:after] for column in self._columns)

    def having(self, words: Iterable[str]) -> Rows:
        """The rows that hold all of these words."""
        found: Rows | None = None
        for word in words:
            rows = self.of(word)[0].astype(np.int32, copy=False)
            found = rows if found is None else np.intersect1d(found, rows, assume_unique=True)
        return np.array((), dtype=np.int32) if found is None else found

    def arrays(self, name: str) -> Arrays:
        """All of it, for a file."""
        self._settle()
        text = np.frombuffer("\n".join(self._words).encode("utf-8", "surrogatepass"), np.uint8)
        columns = {f"{name}.{number}": column for number, column in enumerate(self._columns)}
        return {f"{name}.words": text, f"{name}.begins": self._begins, **columns}

    def take(self, name: str, arrays: Mapping[str, npt.NDArray[np.generic]]) -> None:
        """Hold what `arrays` gave out. Raises KeyError, ValueError."""
        text = arrays[f"{name}.words"].tobytes().decode("utf-8", "surrogatepass")
        self._words = text.split("\n") if text else []
        self._begins = arrays[f"{name}.begins"].view(np.int64)
        self._columns = tuple(arrays[f"{name}.{n}"].view(each) for n, each in enumerate(self._types))
        ends = {len(column) for column in self._columns}
        if len(self._begins) != len(self._words) + 1 or ends != {int(self._begins[-1])}:
            raise ValueError(f"{name} is not whole")

    def merge(self, parts: Sequence[tuple[Postings, Rows]]) -> None:
        """Hold what several hold; with each come the new numbers of its rows, rising from part to part, or `GONE`."""
        words, counts = list[str](), [0]
        pieces: list[list[Column]] = [[] for _ in self._types]
        for word in sorted(set().union(*(postings.words for postings, _ in parts))):
            count = 0
            for postings, numbers in parts:
                rows, *values = postings.of(word)
                moved = numbers[rows]
                stays = moved != GONE
                for piece, column in zip(pieces, (moved, *values), strict=True):
                    piece.append(column[stays])
                count += len(pieces[0][-1])
            if count:
                words.append(word)
                counts.append(count)
        self._words, self._begins = words, np.cumsum(counts, dtype=np.int64)
        self._columns = tuple(
            np.concatenate([np.empty(0, each), *piece], dtype=each, casting="unsafe")
            for each, piece in zip(self._types, pieces, strict=True)
        )

    def _settle(self) -> None:
        """Put what was added since into the columns."""
        if not self._new:
            return
        new, self._new = self._new, {}
        if self._words:
            before, added = Postings(*self._types[1:]), Postings(*self._types[1:])
            before._words, before._begins, before._columns = self._words, self._begins, self._columns
            added._new = new
            rows = 1 + max((row for each in new.values() for row, *_ in each), default=0)
            same = np.arange(max(rows, int(self._columns[0].max(initial=0)) + 1), dtype=np.int32)
            self.merge([(before, same), (added, same)])
            return
        self._words = sorted(new)
        self._begins = np.cumsum([0, *(len(new[word]) for word in self._words)], dtype=np.int64)
        flat = [entry for word in self._words for entry in new[word]]
        self._columns = tuple(
            np.fromiter((entry[number] for entry in flat), each, len(flat)) for number, each in enumerate(self._types)
        )
