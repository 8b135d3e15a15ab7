"""Scores of a search by words for what is said."""

from __future__ import annotations

import itertools
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from desktop_search.engine.ranking.postings import Arrays, Postings, Rows
from desktop_search.engine.ranking.text import stem, tokens
from desktop_search.engine.ranking.vocabulary import STOP_WORDS

_STOP_WEIGHT = 0.2
_SAME_STEM, _ONE_LETTER_OFF = 0.95, 0.55
_SHORTEST_FUZZY = 5  # letters; below that too many words are one letter apart
_APART = 0.65  # the share of a score that words get without their order
_NEAR = ((3, 0.5), (2, 0.5), (1, 1.0))  # places from one asked word to the next, and what that is worth
_LONGEST_STEP = 3
_LONGEST_LINE = 60_000  # words; what is beyond is not found

Scores = npt.NDArray[np.float32]


class SpokenIndex:
    """Lines of speech, numbered from 0 in the order they are added. Not for several threads while it is added to.

    Words meet by stem, or with one letter wrong; a phrase in its order scores higher than its words apart.
    """

    def __init__(self) -> None:
        self._lengths = np.empty(0, np.uint16)  # of each line, in words
        self._new_lengths = array("H")
        self._begins = np.zeros(1, np.int32)  # of each line in the order of everything said, and the end
        self._written_out: tuple[list[str], str] | None = None
        self.words = Postings(np.uint16)  # "stem token": the lines, and the places of the word in them

    def add(self, text: str) -> None:
        """One more line."""
        said = tokens(text)[:_LONGEST_LINE]
        line = len(self._lengths) + len(self._new_lengths)
        for place, token in enumerate(said):
            self.words.put(f"{stem(token)} {token}", line, place)
        self._new_lengths.append(len(said))

    def scores(self, query: str) -> Scores:
        """A score, 0 to 1, for each line; 0 means no match."""
        asked, count = tokens(query), len(self.lengths())
        covered, order, matched = np.zeros(count, np.float32), np.zeros(count, np.float32), np.zeros(count, dtype=bool)
        if not asked:
            return covered
        only_small_words = all(word in STOP_WORDS for word in asked)
        weights = [_STOP_WEIGHT if word in STOP_WORDS and not only_small_words else 1.0 for word in asked]
        found = [self._found(word) for word in asked]
        for (best, _, _), weight in zip(found, weights, strict=True):
            covered += best * weight
            if weight == 1.0:
                matched |= best > 0
        for (_, places, lines), (_, next_places, next_lines) in itertools.pairwise(found):
            if len(places) <= len(next_places):
                order += self._in_order(places, lines, next_places, 1)
            else:
                order += self._in_order(next_places, next_lines, places, -1)
        together = order / (len(asked) - 1) if len(asked) > 1 else 0.5  # a single word has no order
        scores: Scores = covered / sum(weights) * (_APART + (1.0 - _APART) * together)
        scores[~matched] = 0.0
        rounded: Scores = np.round(scores, 4)
        return rounded

    def arrays(self) -> Arrays:
        """All of it, for a file."""
        return {"lengths": self.lengths(), **self.words.arrays("said")}

    def take(self, arrays: Mapping[str, npt.NDArray[np.generic]]) -> None:
        """Hold what `arrays` gave out. Raises KeyError, ValueError."""
        self.words.take("said", arrays)
        self._hold(arrays["lengths"].view(np.uint16))

    def merge(self, parts: Sequence[tuple[SpokenIndex, Rows, Rows]]) -> None:
        """Hold what several hold; with each come the new numbers of its files and of its lines, as in `Postings`."""
        self.words.merge([(index.words, lines) for index, _, lines in parts])
        kept = [index.lengths()[lines >= 0] for index, _, lines in parts]
        self._hold(np.concatenate([np.empty(0, np.uint16), *kept]))

    def lengths(self) -> npt.NDArray[np.uint16]:
        """How many words each line has."""
        if self._new_lengths:
            self._hold(np.concatenate([self._lengths, np.array(self._new_lengths, np.uint16)]))
            self._new_lengths = array("H")
        return self._lengths

    def _hold(self, lengths: npt.NDArray[np.uint16]) -> None:
        self._lengths = lengths
        # The last word of a line is near to none of the next.
        self._begins = np.concatenate([[0], np.cumsum(lengths + np.int32(_LONGEST_STEP))]).astype(np.int32)

    def _found(self, asked: str) -> tuple[Scores, Rows, Rows]:
        """How well each line meets one asked word; and the places where it is said, with their lines."""
        best = np.zeros(len(self._lengths), np.float32)
        places, lines = [np.empty(0, np.int32)], [np.empty(0, np.int32)]
        for word, strength in sorted(self._meeting(asked), key=lambda each: each[1]):  # the best is written last
            rows, within = self.words.of(word)
            lines.append(rows.view(np.int32))
            places.append(self._begins[rows] + within)
            best[rows] = strength
        return best, np.concatenate(places), np.concatenate(lines)

    def _meeting(self, asked: str) -> Iterator[tuple[str, float]]:
        """The words that are said and meet an asked one, each with how well."""
        words, akin = self.words.words, f"{stem(asked)} "
        first = bisect_left(words, akin)
        for word in itertools.takewhile(lambda each: each.startswith(akin), itertools.islice(words, first, None)):
            yield word, 1.0 if word == akin + asked else _SAME_STEM
        if len(asked) >= _SHORTEST_FUZZY:
            for word in _one_letter_off_among(self._text(words), asked):
                if not word.startswith(akin):
                    yield word, _ONE_LETTER_OFF

    def _text(self, words: list[str]) -> str:
        """All words in one text, each on a line."""
        if self._written_out is None or self._written_out[0] is not words:
            self._written_out = words, "\n".join(["", *words, ""])
        return self._written_out[1]

    def _in_order(self, places: Rows, lines: Rows, other_places: Rows, way: int) -> Scores:
        """How nearly one asked word is followed (`way` is 1; preceded: -1) by another, 0 to 1, for each line."""
        is_other = np.zeros(int(self._begins[-1]) + 2 * _LONGEST_STEP, dtype=bool)
        is_other[other_places] = True
        kept = np.zeros(len(self._lengths), np.float32)
        for step, worth in _NEAR:
            kept[lines[is_other[places + way * step]]] = worth
        return kept


def _one_letter_off_among(text: str, asked: str) -> set[str]:
    # One wrong letter leaves the first or the second half of the word as it is: quickly found among many words.
    halves = re.escape(f" {asked[: len(asked) // 2]}"), re.escape(asked[len(asked) // 2 :])
    found = re.finditer(f"{halves[0]}|{halves[1]}(?=\n)", text)
    near = {text[text.rfind("\n", 0, each.start()) + 1 : text.find("\n", each.start())] for each in found}
    return {word for word in near if _is_misspelt(word.partition(" ")[2], asked)}


def _is_misspelt(said: str, asked: str) -> bool:
    return len(said) >= _SHORTEST_FUZZY and one_letter_off(asked, said)


def one_letter_off(first: str, second: str) -> bool:
    """Whether one letter added, dropped or changed makes one word the other."""
    if abs(len(first) - len(second)) > 1:
        return False
    short, long = sorted((first, second), key=len)
    start = 0
    while start < len(short) and short[start] == long[start]:
        start += 1
    return short[start:] == long[start + 1 :] or short[start + 1 :] == long[start + 1 :]
