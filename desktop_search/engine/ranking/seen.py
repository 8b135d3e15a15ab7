"""Scores of a search by words for what is seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop_search.engine.ranking.plan import QueryPlan


@dataclass(frozen=True, slots=True)
class WordCandidate:
    """What the store knows of one segment or image that may match. `look` is `Segment.words`."""

    look: Mapping[str, float]
    screen_text: str = ""
    name: str = ""
    folder: str = ""
    tags: tuple[str, ...] = ()


def rank_words(query: str | QueryPlan, candidates: Sequence[WordCandidate]) -> list[float]:
    """A score, 0 to 1, for each candidate, in their order; 0 means no match."""
    raise NotImplementedError
