"""The best of very many scores, without sorting them all."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from desktop_search.engine.vectors.kernel import Scores

_GROUP = 64


def best_rows(scores: Scores, count: int, margin: float = 0.0) -> npt.NDArray[np.int64]:
    """The rows of the `count` best scores, and of those up to `margin` below the last of them; in no order.

    Scores of -inf are never among them. Groups of rows are looked at by their best row alone: so many groups hold that
    many rows at least as good as the worst of those bests.
    """
    if len(scores) > 4 * _GROUP * count:
        near = _near_the_best(scores, count, np.float32(margin))
    else:
        near = np.arange(len(scores))
    if len(near) > count:
        last = np.partition(scores[near], -count)[-count]
        near = near[scores[near] >= last - np.float32(margin)]
    return near[scores[near] > -np.inf]


def _near_the_best(scores: Scores, count: int, margin: np.float32) -> npt.NDArray[np.int64]:
    """Few rows, and among them all that are wanted: those of groups of which the best row is good enough."""
    groups = len(scores) // _GROUP
    bests = scores[: groups * _GROUP].reshape(_GROUP, groups).max(axis=0)
    least = np.partition(bests, -count)[-count] - margin
    inside = np.arange(_GROUP)[:, None] * groups + np.flatnonzero(bests >= least)
    rows = np.concatenate([inside.ravel(), np.arange(groups * _GROUP, len(scores))])
    near: npt.NDArray[np.int64] = rows[scores[rows] >= least]
    return near
