"""Scores of a search by words for what is seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from desktop_search.engine.ranking.plan import QueryPlan, QueryWord, plan_query, stems_of

TAG_MATCH, TEXT_MATCH, NAME_MATCH, FOLDER_MATCH = 0.95, 0.9, 0.8, 0.5
_FAINTEST = 0.12  # what is met less than that is not met
_ALL_TOGETHER = 0.28  # the share of a score that only a candidate with every word of the query gets


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
    plan = query if isinstance(query, QueryPlan) else plan_query(query)
    whole = sum(word.weight for word in plan.words)
    if not whole:
        return [0.0] * len(candidates)
    return [_score(plan.words, whole, candidate) for candidate in candidates]


def _score(words: Iterable[QueryWord], whole: float, candidate: WordCandidate) -> float:
    met = [(_strength(word, candidate), word.weight) for word in words]
    mean = sum(strength * weight for strength, weight in met) / whole
    weakest = min(strength for strength, weight in met if weight >= 1.0)
    return round(mean * (1.0 - _ALL_TOGETHER + _ALL_TOGETHER * weakest), 4)


def _strength(word: QueryWord, candidate: WordCandidate) -> float:
    """How well one word is met: by its best witness."""
    best = max((candidate.look.get(term, 0.0) * quality for term, quality in word.look.items()), default=0.0)
    for text, strength in (
        (" ".join(candidate.tags), TAG_MATCH),
        (candidate.screen_text, TEXT_MATCH),
        (candidate.name, NAME_MATCH),
        (candidate.folder, FOLDER_MATCH),
    ):
        if strength > best and text and _stem_set(text).issuperset(word.stems):
            best = strength
    return best if best >= _FAINTEST else 0.0


@lru_cache(maxsize=100_000)
def _stem_set(text: str) -> frozenset[str]:
    return frozenset(stems_of(text))
