"""What was found by words and what was found by meaning, as one list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_search.engine.library.held_rows import Found
from desktop_search.engine.ranking.fusion import MEANING_SURE, WORDS_SURE, Ranked, fused, never_rising

LITERAL = 0.78  # the score of an utterance from which on all words asked for are said, and in their order
_DEEPEST = 300  # what neither channel has among so many best is not worth having


def deep(limit: int) -> int:
    """How many of each channel are looked at, to find `limit` together."""
    return max(limit, _DEEPEST)


def together(words: Sequence[Found], meant: Sequence[Found], limit: int, *, literal_first: bool) -> list[Found]:
    """The best of both, with scores that never rise down the list.

    Args:
        literal_first: whether what holds the words themselves goes before all else.
    """
    found = {hit.row_id: hit for hit in (*words, *meant)}
    first = {hit.row_id: hit.score for hit in words if literal_first and hit.score >= LITERAL}
    channels = (
        Ranked({hit.row_id: hit.score for hit in words}, WORDS_SURE),
        Ranked({hit.row_id: hit.score for hit in meant}, MEANING_SURE),
    )
    order = [*first.items(), *((key, score) for key, score in fused(channels) if key not in first)][:limit]
    scores = never_rising([score for _, score in order])
    return [replace(found[key], score=score) for (key, _), score in zip(order, scores, strict=True)]
