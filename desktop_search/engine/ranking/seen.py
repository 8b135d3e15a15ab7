"""Scores of a search by words for what is seen."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desktop_search.engine.ranking.plan import QueryPlan, QueryWord, stems_of
from desktop_search.engine.ranking.postings import Postings

TAG_MATCH, TEXT_MATCH, NAME_MATCH, FOLDER_MATCH = 0.95, 0.9, 0.8, 0.5
_FAINTEST = 0.12  # what is met less than that is not met
_ALL_TOGETHER = 0.28  # the share of a score that only a candidate with every word of the query gets

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FileWords:
    """What a file's own name, folder and tags say of everything in it."""

    name: str = ""
    folder: str = ""
    tags: tuple[str, ...] = ()


class SeenIndex:
    """Rows (segments, or images) with what is seen and written in them, each belonging to a file.

    Rows and files are numbered from 0 in the order they are added; they are never taken out. Not for several threads at
    once.
    """

    def __init__(self) -> None:
        self._file_of = array("i")
        self._files = 0
        self._looks: dict[str, tuple[array[int], array[float]]] = {}
        self._screen_texts = Postings()
        self._by_file = {strength: Postings() for strength in (TAG_MATCH, NAME_MATCH, FOLDER_MATCH)}

    def add(self, words: FileWords, rows: Iterable[tuple[Mapping[str, float], str]]) -> None:
        """A file, and its rows: `Segment.words` and screen text of each."""
        texts = ((TAG_MATCH, " ".join(words.tags)), (NAME_MATCH, words.name), (FOLDER_MATCH, words.folder))
        for strength, text in texts:
            self._by_file[strength].add(self._files, stems_of(text))
        for look, screen_text in rows:
            row = len(self._file_of)
            self._file_of.append(self._files)
            for term, weight in look.items():
                if term not in self._looks:
                    self._looks[term] = array("i"), array("d")
                held, weights = self._looks[term]
                held.append(row)
                weights.append(weight)
            if screen_text:
                self._screen_texts.add(row, stems_of(screen_text))
        self._files += 1

    def scores(self, plan: QueryPlan) -> Scores:
        """A score, 0 to 1, for each row; 0 means no match."""
        total, weakest = np.zeros(len(self._file_of)), np.ones(len(self._file_of))
        whole = sum(word.weight for word in plan.words)
        if not whole:
            return total
        for word in plan.words:
            strength = self._strength(word)
            total += strength * word.weight
            if word.weight >= 1.0:
                np.minimum(weakest, strength, out=weakest)
        return np.round(total / whole * (1.0 - _ALL_TOGETHER + _ALL_TOGETHER * weakest), 4)

    def _strength(self, word: QueryWord) -> Scores:
        """How well one word is met in each row: by its best witness."""
        best = self._strength_by_file(word)[np.array(self._file_of, dtype=np.int32)]
        for term, quality in word.look.items():
            if term in self._looks:
                rows, weights = (np.array(column) for column in self._looks[term])
                best[rows] = np.maximum(best[rows], weights * quality)
        rows = self._screen_texts.having(word.stems)
        best[rows] = np.maximum(best[rows], TEXT_MATCH)
        best[best < _FAINTEST] = 0.0
        return best

    def _strength_by_file(self, word: QueryWord) -> Scores:
        best = np.zeros(self._files)
        for strength, postings in self._by_file.items():
            files = postings.having(word.stems)
            best[files] = np.maximum(best[files], strength)
        return best
