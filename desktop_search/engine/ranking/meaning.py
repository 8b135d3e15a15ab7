"""From the cosine of a model to a score, 0 to 1, that means the same whichever model it was.

A cosine says little by itself: each model has its own range, and each question its own usual cosine with footage that
has nothing to do with it. So a row is judged by how far it stands out: by how many deviations its cosine is above what
is usual for this question in this library. Where the library is small, what is usual is known less well, and the
model's own numbers below take its place. Where it is large, some of its rows stand out by chance, whatever is asked:
a row must then stand out by more than these. Where these come from is told in `docs/ranking.md`; they are provisional.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np
import numpy.typing as npt

Cosines = npt.NDArray[np.float32]
Scores = npt.NDArray[np.float64]

MEANT = 0.15  # what scores less is not meant; the lowest of the levels of strictness


@dataclass(frozen=True, slots=True)
class Calibration:
    """What is usual for a family of models, in cosines.

    Attributes:
        mean, deviation: of questions with footage that has nothing to do with them.
        least: below that nothing is meant, however far it stands out.
    """

    mean: float
    deviation: float
    least: float


FAMILIES: Final = {
    "siglip2": Calibration(mean=0.02, deviation=0.02, least=0.03),
    "e5": Calibration(mean=0.78, deviation=0.025, least=0.80),
}
KNOTS: Final = ((0, 0.0), (2, 0.15), (3, 0.225), (5, 0.40), (8, 0.70), (12, 1.0))  # deviations, and their score
_OWN_WORTH = 1000  # rows of a library that weigh as much as the family's own numbers
_NARROWEST, _WIDEST = 0.5, 2.0  # times the family's deviation: a library all of one kind says little of others
_FURTHEST = 2.0  # deviations that the usual may be away from the family's
_BY_CHANCE = 3  # rows of a whole library that may pass although they have nothing to do with what is asked
_OF_MEDIAN = 1.4826  # from the median distance to the median, to a deviation


def calibrated(family: str, cosines: Cosines, usual: Cosines, rows: int) -> Scores:
    """Scores of rows, in the order of their cosines.

    Args:
        family: of the model.
        cosines: of the rows with the question.
        usual: of rows taken evenly from the whole library, whatever was filtered.
        rows: how many the whole library has.
    """
    own = FAMILIES[family]
    mean, deviation = own.mean, own.deviation
    if len(usual):
        share = len(usual) / (len(usual) + _OWN_WORTH)
        middle = float(np.median(usual))
        spread = _OF_MEDIAN * float(np.median(np.abs(usual - middle)))
        middle = float(np.clip(middle, own.mean - _FURTHEST * own.deviation, own.mean + _FURTHEST * own.deviation))
        spread = float(np.clip(spread, own.deviation * _NARROWEST, own.deviation * _WIDEST))
        mean += share * (middle - own.mean)
        deviation += share * (spread - own.deviation)
    steps, values = zip(*KNOTS, strict=True)
    stands_out = (cosines.astype(np.float64) - mean) / deviation - _more_than_usual(rows)
    scores: Scores = np.interp(stands_out, steps, values)
    scores[cosines < own.least] = 0.0
    return np.round(scores, 4)


def _more_than_usual(rows: int) -> float:
    """By how many deviations more than `KNOTS` say a row must stand out among so many."""
    lowest = KNOTS[1][0]
    if rows * NormalDist().cdf(-lowest) <= _BY_CHANCE:
        return 0.0
    return -NormalDist().inv_cdf(_BY_CHANCE / rows) - lowest
