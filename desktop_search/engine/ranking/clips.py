"""A picture and words together, inside one video."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]
Times = npt.NDArray[np.int64]

UNRELATED = 0.6  # what unrelated pictures stay below (`picture_scores`)


def best_in_each(starts_ms: Times, times_ms: Times, scores: npt.NDArray[np.floating]) -> Scores:
    """The best score of the frames in each segment; 0 where a segment has none.

    Args:
        starts_ms: when each segment begins, in order; one lasts until the next begins.
        times_ms: when each frame is shown, with its score in `scores`.
    """
    best = np.zeros(len(starts_ms))
    places = np.searchsorted(starts_ms, times_ms, side="right") - 1
    inside = places >= 0
    np.maximum.at(best, places[inside], scores[inside].astype(np.float64))
    return best


def fused(alike: Scores, seen: Scores) -> Scores:
    """Scores, 0 to 1, of segments: the mean of what the picture says and what the words say.

    Args:
        alike: likeness of the picture to each segment's best frame; counts from `UNRELATED` on.
        seen: how well each segment meets the words.
    """
    from_picture = np.clip((alike - UNRELATED) / (1.0 - UNRELATED), 0.0, 1.0)
    return np.round((from_picture + np.clip(seen, 0.0, 1.0)) / 2, 4)
