"""Scores of a search by words for what is seen."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desktop_search.engine.ranking.plan import QueryPlan, QueryWord, stems_of
from desktop_search.engine.ranking.postings import Arrays, Postings, Rows

TAG_MATCH, TEXT_MATCH, NAME_MATCH, FOLDER_MATCH = 0.95, 0.9, 0.8, 0.5
_FAINTEST = 0.12  # what is met less than that is not met
_ALL_TOGETHER = 0.28  # the share of a score that only a candidate with every word of the query gets
_WHOLE = 65_535  # a weight of 1, as it is held

Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class FileWords:
    """What a file's own name, folder and tags say of everything in it."""

    name: str = ""
    folder: str = ""
    tags: tuple[str, ...] = ()


def is_written(plan: QueryPlan, screen_text: str) -> bool:
    """Whether a word of the query can be read in a text of the screen."""
    if not screen_text:
        return False
    there = frozenset(stems_of(screen_text))
    return any(word.stems and there.issuperset(word.stems) for word in plan.words)


class SeenIndex:
    """Rows (segments, or images) with what is seen and written in them, each belonging to a file.

    Rows and files are numbered from 0 in the order they are added. Not for several threads while it is added to.
    """

    def __init__(self) -> None:
        self._counts = np.empty(0, np.int32)  # of rows, for each file
        self._new_counts = array("i")
        self._rows = 0
        self.looks = Postings(np.uint16)
        self.screen_texts = Postings()
        self.by_file = {strength: Postings() for strength in (TAG_MATCH, NAME_MATCH, FOLDER_MATCH)}

    def add(self, words: FileWords, rows: Iterable[tuple[Mapping[str, float], str]]) -> None:
        """A file, and its rows: `Segment.words` and screen text of each."""
        file, before = len(self._counts) + len(self._new_counts), self._rows
        texts = ((TAG_MATCH, " ".join(words.tags)), (NAME_MATCH, words.name), (FOLDER_MATCH, words.folder))
        for strength, text in texts:
            self.by_file[strength].add(file, stems_of(text))
        for look, screen_text in rows:
            for term, weight in look.items():
                self.looks.put(term, self._rows, round(weight * _WHOLE))
            if screen_text:
                self.screen_texts.add(self._rows, stems_of(screen_text))
            self._rows += 1
        self._new_counts.append(self._rows - before)

    def scores(self, plan: QueryPlan) -> Scores:
        """A score, 0 to 1, for each row; 0 means no match."""
        total, weakest = np.zeros(self._rows, np.float32), np.ones(self._rows, np.float32)
        whole = sum(word.weight for word in plan.words)
        if not whole:
            return total
        for word in plan.words:
            strength = self._strength(word)
            total += strength if word.weight == 1.0 else strength * np.float32(word.weight)
            if word.weight >= 1.0:
                np.minimum(weakest, strength, out=weakest)
        total *= (1.0 - _ALL_TOGETHER + _ALL_TOGETHER * weakest) / np.float32(whole)
        return np.round(total, 4, out=total)

    def arrays(self) -> Arrays:
        """All of it, for a file."""
        by_file = [postings.arrays(f"file {strength}") for strength, postings in self.by_file.items()]
        own: list[Arrays] = [
            {"counts": self.rows_of_files()},
            self.looks.arrays("looks"),
            self.screen_texts.arrays("screen"),
        ]
        return {name: array for arrays in (*own, *by_file) for name, array in arrays.items()}

    def take(self, arrays: Mapping[str, npt.NDArray[np.generic]]) -> None:
        """Hold what `arrays` gave out. Raises KeyError, ValueError."""
        self._counts = arrays["counts"].view(np.int32)
        self._rows = int(self._counts.sum())
        self.looks.take("looks", arrays)
        self.screen_texts.take("screen", arrays)
        for strength, postings in self.by_file.items():
            postings.take(f"file {strength}", arrays)

    def merge(self, parts: Sequence[tuple[SeenIndex, Rows, Rows]]) -> None:
        """Hold what several hold; with each come the new numbers of its files and of its rows, as in `Postings`."""
        kept = [index.rows_of_files()[files >= 0] for index, files, _ in parts]
        self._counts = np.concatenate([np.empty(0, np.int32), *kept])
        self._rows = int(self._counts.sum())
        self.looks.merge([(index.looks, rows) for index, _, rows in parts])
        self.screen_texts.merge([(index.screen_texts, rows) for index, _, rows in parts])
        for strength, postings in self.by_file.items():
            postings.merge([(index.by_file[strength], files) for index, files, _ in parts])

    def _strength(self, word: QueryWord) -> Scores:
        """How well one word is met in each row: by its best witness."""
        best = self._strength_by_file(word)
        for term, quality in word.look.items():
            rows, weights = self.looks.of(term)
            best[rows] = np.maximum(best[rows], weights * np.float32(quality / _WHOLE))
        written = self.screen_texts.having(word.stems)
        best[written] = np.maximum(best[written], np.float32(TEXT_MATCH))
        best *= best >= _FAINTEST
        return best

    def _strength_by_file(self, word: QueryWord) -> Scores:
        counts = self.rows_of_files()
        best = np.zeros(len(counts), np.float32)
        for strength, postings in self.by_file.items():
            files = postings.having(word.stems)
            best[files] = np.maximum(best[files], np.float32(strength))
        return np.repeat(best, counts) if best.any() else np.zeros(self._rows, np.float32)

    def rows_of_files(self) -> Rows:
        """How many rows each file has."""
        if self._new_counts:
            self._counts = np.concatenate([self._counts, np.array(self._new_counts, np.int32)])
            self._new_counts = array("i")
        return self._counts
