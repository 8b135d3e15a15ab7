"""Scores of a search by words for what is said."""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from desktop_search.engine.ranking.text import stem, tokens
from desktop_search.engine.ranking.vocabulary import STOP_WORDS

_STOP_WEIGHT = 0.2
_SAME_STEM, _ONE_LETTER_OFF = 0.95, 0.55
_SHORTEST_FUZZY = 5  # letters; below that too many words are one letter apart
_APART = 0.65  # the share of a score that words get without their order
_NEAR = ((3, 0.5), (2, 0.5), (1, 1.0))  # places from one asked word to the next, and what that is worth
_LONGEST_STEP = 3

Scores = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int32]


@dataclass(slots=True)
class _Word:
    """Where one distinct word is said: its places in the order of everything said, and the line of each."""

    places: array[int] = field(default_factory=lambda: array("i"))
    lines: array[int] = field(default_factory=lambda: array("i"))


class SpokenIndex:
    """Lines of speech, numbered from 0 in the order they are added; never taken out. Not for several threads at once.

    Words meet by stem, or with one letter wrong; a phrase in its order scores higher than its words apart.
    """

    def __init__(self) -> None:
        self._count = 0
        self._next_place = 0
        self._words: dict[str, _Word] = {}
        self._by_stem: dict[str, list[str]] = {}

    def add(self, text: str) -> None:
        """One more line."""
        for token in tokens(text):
            word = self._words.get(token)
            if word is None:
                word = self._words[token] = _Word()
                self._by_stem.setdefault(stem(token), []).append(token)
            word.places.append(self._next_place)
            word.lines.append(self._count)
            self._next_place += 1
        self._next_place += _LONGEST_STEP  # the last word of a line is near to none of the next
        self._count += 1

    def scores(self, query: str) -> Scores:
        """A score, 0 to 1, for each line; 0 means no match."""
        asked = tokens(query)
        covered, order, matched = np.zeros(self._count), np.zeros(self._count), np.zeros(self._count, dtype=bool)
        if not asked:
            return covered
        only_small_words = all(word in STOP_WORDS for word in asked)
        weights = [_STOP_WEIGHT if word in STOP_WORDS and not only_small_words else 1.0 for word in asked]
        found = [self._found(word) for word in asked]
        for (best, _, _), weight in zip(found, weights, strict=True):
            covered += best * weight
            if weight == 1.0:
                matched |= best > 0
        for (_, places, lines), (_, next_places, _) in itertools.pairwise(found):
            order += self._in_order(places, lines, next_places)
        together = order / (len(asked) - 1) if len(asked) > 1 else 0.5  # a single word has no order
        scores: Scores = covered / sum(weights) * (_APART + (1.0 - _APART) * together)
        scores[~matched] = 0.0
        return np.round(scores, 4)

    def _found(self, asked: str) -> tuple[Scores, Numbers, Numbers]:
        """How well each line meets one asked word; and the places where it is said, with their lines."""
        best = np.zeros(self._count)
        places, lines = [], []
        for token, strength in self._meeting(asked):
            word = self._words[token]
            places.append(np.array(word.places, dtype=np.int32))
            lines.append(np.array(word.lines, dtype=np.int32))
            best[lines[-1]] = np.maximum(best[lines[-1]], strength)
        none = np.array((), dtype=np.int32)
        return best, np.concatenate([none, *places]), np.concatenate([none, *lines])

    def _meeting(self, asked: str) -> Iterator[tuple[str, float]]:
        """The words that are said and meet an asked one, each with how well."""
        akin = self._by_stem.get(stem(asked), [])
        for token in akin:
            yield token, 1.0 if token == asked else _SAME_STEM
        if len(asked) >= _SHORTEST_FUZZY:
            for token in _one_letter_off_among(self._words, asked):
                if len(token) >= _SHORTEST_FUZZY and token not in akin:
                    yield token, _ONE_LETTER_OFF

    def _in_order(self, places: Numbers, lines: Numbers, next_places: Numbers) -> Scores:
        """How nearly one asked word is followed by the next, 0 to 1, for each line."""
        follows = np.zeros(self._next_place + _LONGEST_STEP, dtype=bool)
        follows[next_places] = True
        kept = np.zeros(self._count)
        for step, worth in _NEAR:
            kept[lines[follows[places + step]]] = worth
        return kept


def _one_letter_off_among(words: Iterable[str], asked: str) -> list[str]:
    # One wrong letter leaves the first or the second half of the word as it is: quickly tested for many words.
    first, second = asked[: len(asked) // 2], asked[len(asked) // 2 :]
    return [word for word in words if (word.startswith(first) or word.endswith(second)) and one_letter_off(asked, word)]


def one_letter_off(first: str, second: str) -> bool:
    """Whether one letter added, dropped or changed makes one word the other."""
    if abs(len(first) - len(second)) > 1:
        return False
    short, long = sorted((first, second), key=len)
    start = 0
    while start < len(short) and short[start] == long[start]:
        start += 1
    return short[start:] == long[start + 1 :] or short[start + 1 :] == long[start + 1 :]
