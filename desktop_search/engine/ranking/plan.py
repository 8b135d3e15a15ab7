"""From a query in the user's words to the words of the index."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QueryWord:
    """One word (or fixed pair of words) of a query.

    Attributes:
        text: as the user wrote it, folded to lower case.
        look: index words that answer it, each with how well it does (0 to 1); empty for a word that names no look.
        stem: its stem, to be met in names, folders, tags and screen text; "" when only its look counts.
    """

    text: str
    look: dict[str, float]
    stem: str


@dataclass(frozen=True, slots=True)
class QueryPlan:
    """A query, ready to be matched. Stop words are gone; an empty plan matches nothing."""

    words: tuple[QueryWord, ...]

    @property
    def look_terms(self) -> frozenset[str]:
        """Every index word of a segment or image (`Segment.words`) that can add to a score."""
        return frozenset(term for word in self.words for term in word.look)

    @property
    def stems(self) -> frozenset[str]:
        """Every stem (as `stems_of` makes them) of names, folders, tags and screen text that can add to a score."""
        return frozenset(word.stem for word in self.words if word.stem)


def plan_query(query: str) -> QueryPlan:
    """Take a query apart; see `QueryPlan`."""
    raise NotImplementedError


def stems_of(text: str) -> tuple[str, ...]:
    """The stems of a name, a folder, a tag, screen text or speech, in order, to be kept in the store's word lists.

    Case and diacritics are folded, camelCase, digits and punctuation split, English endings removed.
    """
    raise NotImplementedError
