"""Search by picture: how alike look vectors are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from desktop_search.engine.encoders.looks import Looks
from desktop_search.engine.ranking.postings import Rows

Vector = npt.NDArray[np.float16]
Scores = npt.NDArray[np.float32]

_ROWS_AT_ONCE = 1024  # what is widened stays in the processor's cache


def picture_scores(query: Vector, marks: npt.NDArray[np.floating]) -> Scores:
    """Scores, 0 to 1, of the rows of `marks` (n × VECTOR_DIM) against one query vector.

    The same frame, scaled or compressed again, scores .85 and more; an unrelated picture less than .6.
    """
    scores: Scores = np.clip(marks.astype(np.float32, copy=False) @ query.astype(np.float32), 0.0, 1.0)
    return scores


class LookMatrix:
    """Look vectors, ready to be multiplied. Never changed but by `merge`.

    Args:
        dim: how many numbers a vector has.
        looks: the vectors, one after the other.
    """

    def __init__(self, dim: int, looks: Sequence[Looks] = ()) -> None:
        self.codes = np.concatenate([np.empty((0, dim), np.int8), *(each.codes for each in looks)])
        self.scales = np.concatenate([np.empty(0, np.float32), *(each.scales for each in looks)])

    def merge(self, parts: Sequence[tuple[LookMatrix, Rows, Rows]]) -> None:
        """Hold what several hold; with each come the new numbers of its files and of its rows, as in `Postings`."""
        self.codes = np.concatenate([matrix.codes[rows >= 0] for matrix, _, rows in parts])
        self.scales = np.concatenate([matrix.scales[rows >= 0] for matrix, _, rows in parts])

    def scores(self, query: Vector) -> Scores:
        """About `picture_scores` of every vector, in the order they were added."""
        wide, scores = query.astype(np.float32), np.empty(len(self.codes), np.float32)
        for first in range(0, len(scores), _ROWS_AT_ONCE):
            part = slice(first, first + _ROWS_AT_ONCE)
            np.dot(self.codes[part].astype(np.float32), wide, out=scores[part])
        scores *= self.scales
        return np.clip(scores, 0.0, 1.0, out=scores)
