"""One list out of several: each channel ranks what it found in its own way, and reciprocal ranks add up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

K = 60  # how slowly a place in a list loses worth: the usual number
WORDS_SURE, MEANING_SURE = 0.6, 0.4  # the score of a best hit from which on its channel counts fully

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Ranked:
    """What a channel found: `scores` by key, all above 0. A best score below `sure` makes the channel count less."""

    scores: dict[int, float]
    sure: float


def fused(channels: Sequence[Ranked]) -> list[tuple[int, float]]:
    """The keys of all channels with their scores, those that are best by all channels together first.

    Equals in a channel share a place. The score of a key is the best that a channel gives it; keys of equal worth come
    by it, then as the channels name them.
    """
    points: dict[int, float] = defaultdict(float)
    scores: dict[int, float] = defaultdict(float)
    for channel in channels:
        ranked = sorted(channel.scores.items(), key=lambda entry: -entry[1])
        weight = min(1.0, ranked[0][1] / channel.sure) if ranked else 0.0
        place = 1
        for _, equals in groupby(ranked, key=lambda entry: entry[1]):
            alike = list(equals)
            for key, score in alike:
                points[key] += weight / (K + place)
                scores[key] = max(scores[key], score)
            place += len(alike)
    order = sorted(points, key=lambda key: (-points[key], -scores[key]))
    return [(key, scores[key]) for key in order]


def never_rising(scores: Sequence[float]) -> list[float]:
    """What comes nearest to these scores and never rises down the list: where they would, neighbours share a mean."""
    pools: list[tuple[float, int]] = []
    for score in scores:
        total, count = score, 1
        while pools and pools[-1][0] / pools[-1][1] < total / count:
            before, others = pools.pop()
            total, count = total + before, count + others
        pools.append((total, count))
    return [round(total / count, 4) for total, count in pools for _ in range(count)]
