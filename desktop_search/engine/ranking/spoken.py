"""Scores of a search by words for what is said."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import lru_cache

from desktop_search.engine.ranking.text import stem, tokens
from desktop_search.engine.ranking.vocabulary import STOP_WORDS

_STOP_WEIGHT = 0.2
_SAME_STEM, _ONE_LETTER_OFF = 0.95, 0.55
_SHORTEST_FUZZY = 5  # letters; below that too many words are one letter apart
_APART = 0.65  # the share of a score that words get without their order


def rank_speech(query: str, texts: Sequence[str]) -> list[float]:
    """A score, 0 to 1, for each text, in their order; 0 means no match.

    Words meet by stem, or with one letter wrong; a phrase in its order scores higher than its words apart.
    """
    asked = tokens(query)
    if not asked:
        return [0.0] * len(texts)
    matcher = _Matcher(asked)
    return [matcher.score(_spoken_tokens(text)) for text in texts]


@lru_cache(maxsize=200_000)
def _spoken_tokens(text: str) -> tuple[str, ...]:
    return tuple(tokens(text))


class _Matcher:
    """One query against many texts; remembers each distinct word it has met."""

    def __init__(self, asked: list[str]) -> None:
        self._asked = asked
        only_small_words = all(word in STOP_WORDS for word in asked)
        self._weights = [_STOP_WEIGHT if word in STOP_WORDS and not only_small_words else 1.0 for word in asked]
        self._stems = [stem(word) for word in asked]
        self._met: dict[str, tuple[tuple[int, float], ...]] = {}

    def score(self, text: tuple[str, ...]) -> float:
        best = [0.0] * len(self._asked)
        places: list[list[int]] = [[] for _ in self._asked]
        for place, token in enumerate(text):
            for index, strength in self._matches(token):
                best[index] = max(best[index], strength)
                places[index].append(place)
        if not any(found and weight == 1.0 for found, weight in zip(best, self._weights, strict=True)):
            return 0.0
        covered = sum(found * weight for found, weight in zip(best, self._weights, strict=True)) / sum(self._weights)
        return round(covered * (_APART + (1.0 - _APART) * self._in_order(places)), 4)

    def _matches(self, token: str) -> tuple[tuple[int, float], ...]:
        if token not in self._met:
            strengths = ((index, self._strength(index, token)) for index in range(len(self._asked)))
            self._met[token] = tuple((index, strength) for index, strength in strengths if strength)
        return self._met[token]

    def _strength(self, index: int, token: str) -> float:
        asked = self._asked[index]
        if token == asked:
            return 1.0
        if stem(token) == self._stems[index]:
            return _SAME_STEM
        return (
            _ONE_LETTER_OFF if min(len(asked), len(token)) >= _SHORTEST_FUZZY and one_letter_off(asked, token) else 0.0
        )

    def _in_order(self, places: list[list[int]]) -> float:
        """How much of the query stands together in its order, 0 to 1; half for a single word, which has none."""
        pairs = len(places) - 1
        if pairs == 0:
            return 0.5
        kept = 0.0
        for first, second in itertools.pairwise(places):
            gaps = [after - before for before in first for after in second if after > before]
            kept += 1.0 if 1 in gaps else 0.5 if gaps and min(gaps) <= 3 else 0.0
        return kept / pairs


def one_letter_off(first: str, second: str) -> bool:
    """Whether one letter added, dropped or changed makes one word the other."""
    if abs(len(first) - len(second)) > 1:
        return False
    short, long = sorted((first, second), key=len)
    start = 0
    while start < len(short) and short[start] == long[start]:
        start += 1
    return short[start:] == long[start + 1 :] or short[start + 1 :] == long[start + 1 :]
