"""Search by picture: how alike look vectors are."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float16]
Vectors = npt.NDArray[np.float16]
Scores = npt.NDArray[np.float32]

_FIRST_ROWS = 4096


def picture_scores(query: Vector, marks: npt.NDArray[np.floating]) -> Scores:
    """Scores, 0 to 1, of the rows of `marks` (n × VECTOR_DIM) against one query vector.

    The same frame, scaled or compressed again, scores .85 and more; an unrelated picture less than .6.
    """
    scores: Scores = np.clip(marks.astype(np.float32, copy=False) @ query.astype(np.float32), 0.0, 1.0)
    return scores


class LookMatrix:
    """Look vectors in one block of memory, ready to be multiplied. Not for several threads at once.

    Args:
        dim: the length of a vector.
        rows_max: how many are taken at most; each costs 4 × `dim` bytes.
    """

    def __init__(self, dim: int, rows_max: int) -> None:
        self._rows_max = rows_max
        self._held = np.empty((min(_FIRST_ROWS, rows_max), dim), dtype=np.float32)
        self._count = 0

    def add(self, vectors: Vectors) -> bool:
        """Take vectors in, unless there is no room for them all."""
        count = self._count + len(vectors)
        if count > self._rows_max:
            return False
        if count > len(self._held):
            larger = np.empty((min(self._rows_max, max(count, len(self._held) * 2)), self._held.shape[1]), np.float32)
            larger[: self._count] = self._held[: self._count]
            self._held = larger
        self._held[self._count : count] = vectors
        self._count = count
        return True

    def scores(self, query: Vector) -> Scores:
        """`picture_scores` of every vector, in the order they were added."""
        return picture_scores(query, self._held[: self._count])
