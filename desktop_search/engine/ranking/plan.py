"""From a query in the user's words to the words of the index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from desktop_search.engine.encoders.terms import COLOURS
from desktop_search.engine.ranking.text import stem, tokens
from desktop_search.engine.ranking.vocabulary import LONGEST_PHRASE, LOOK, REGION_WORDS, SOFT_WORDS, STOP_WORDS

SOFT_WEIGHT = 0.25
_BY_STEM = {" ".join(stem(part) for part in tokens(phrase)): look for phrase, look in LOOK.items()}
_BOTH_SIDES = 4  # a place word belongs to a colour this many words away at most


@dataclass(frozen=True, slots=True)
class QueryWord:
    """One word, or words that belong together, of a query.

    Attributes:
        text: as the user wrote it, folded to lower case.
        look: index words that answer it, each with how well it does (0 to 1); empty for a word that names no look.
        stems: its stems, all to be met in a name, folder, tag or the screen text.
        weight: how much it counts; less for words about footage in general ("shot", "scene").
    """

    text: str
    look: dict[str, float]
    stems: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class QueryPlan:
    """A query, ready to be matched. Stop words are gone; an empty plan matches nothing."""

    words: tuple[QueryWord, ...]


def stems_of(text: str) -> tuple[str, ...]:
    """The stems of a name, a folder, a tag, screen text or speech, in order, to be kept in the store's word lists.

    Case and diacritics are folded, camelCase, digits and punctuation split, English endings removed.
    """
    return tuple(stem(token) for token in tokens(text))


def plan_query(query: str) -> QueryPlan:
    """Take a query apart; see `QueryPlan`."""
    words = list(_words(tokens(query)))
    hard = [word for word in words if word.weight == 1.0]
    if not hard:  # "shot" alone is still a question
        words = [replace(word, weight=1.0) for word in words]
    return QueryPlan(tuple(_colours_with_places(words)))


def _words(parts: list[str]) -> Iterator[QueryWord]:
    at = 0
    while at < len(parts):
        taken = _longest_known(parts, at)
        chosen = parts[at : at + max(1, taken)]
        at += len(chosen)
        text = " ".join(chosen)
        if taken == 0 and text in STOP_WORDS:
            continue
        stems = tuple(stem(part) for part in chosen)
        weight = SOFT_WEIGHT if taken == 0 and text in SOFT_WORDS else 1.0
        yield QueryWord(text, _look_of(stems) or {}, stems, weight)


def _look_of(stems: tuple[str, ...]) -> dict[str, float] | None:
    return _BY_STEM.get(" ".join(stems))


def _longest_known(parts: list[str], at: int) -> int:
    """How many words from `at` on make the longest phrase of the vocabulary; 0 for none."""
    for length in range(min(LONGEST_PHRASE, len(parts) - at), 0, -1):
        if _look_of(tuple(stem(part) for part in parts[at : at + length])) is not None:
            return length
    return 0


def _colours_with_places(words: list[QueryWord]) -> list[QueryWord]:
    """ "red on the left": the colour takes the place word, and asks for that part of the picture first."""
    result = list(words)
    for index, word in enumerate(words):
        region = REGION_WORDS.get(word.text)
        if region is None or word.look:
            continue
        near = [
            other
            for other, candidate in enumerate(result)
            if _is_colour(candidate) and abs(other - index) < _BOTH_SIDES
        ]
        if not near:
            continue
        other = min(near, key=lambda position: abs(position - index))
        colour = result[other]
        placed = {f"{term}.{region}": quality for term, quality in colour.look.items()}
        weaker = {term: quality * 0.4 for term, quality in colour.look.items()}
        result[other] = replace(colour, text=f"{colour.text} {word.text}", look={**weaker, **placed})
        result[index] = replace(word, weight=0.0)
    return [word for word in result if word.weight > 0]


def _is_colour(word: QueryWord) -> bool:
    return bool(word.look) and all(term in COLOURS for term in word.look)
