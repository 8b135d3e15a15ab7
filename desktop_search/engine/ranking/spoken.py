"""Scores of a search by words for what is said."""

from __future__ import annotations

from collections.abc import Sequence


def rank_speech(query: str, texts: Sequence[str]) -> list[float]:
    """A score, 0 to 1, for each text, in their order; 0 means no match.

    Words meet by stem, or with one letter wrong; a phrase in its order scores higher than its words apart.
    """
    raise NotImplementedError
