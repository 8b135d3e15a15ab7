"""The best of very many scores, without sorting them all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from desktop_search.engine.vectors.kernel import Scores

Numbers = npt.NDArray[np.int64]
_GROUP = 64


class ScoreBoard:
    """The scores of several pieces of rows, and which of all are the best.

    Groups of rows are looked at by their best row alone: so many groups hold that many rows at least as good as the
    worst of those bests. Each piece is written and settled by the thread that scanned it, while others scan.

    Args:
        lengths: how many rows each piece has.
    """

    def __init__(self, lengths: Sequence[int]) -> None:
        self._lengths = lengths
        self._groups = np.array([-(-length // _GROUP) for length in lengths], np.int64)
        self._ends = np.cumsum(self._groups)
        self._firsts = self._ends - self._groups
        count = int(self._groups.sum())
        self._scores: Scores = np.empty(count * _GROUP, np.float32)
        self._peaks: Scores = np.empty(count, np.float32)

    def part(self, piece: int) -> Scores:
        """Where the scores of a piece are to be written; -inf for rows that do not count."""
        first = int(self._firsts[piece]) * _GROUP
        return self._scores[first : first + self._lengths[piece]]

    def settle(self, piece: int) -> None:
        """Take in what was written of a piece."""
        first, end = int(self._firsts[piece]), int(self._ends[piece])
        self._scores[first * _GROUP + self._lengths[piece] : end * _GROUP] = -np.inf
        held = self._scores[first * _GROUP : end * _GROUP].reshape(_GROUP, end - first)
        held.max(axis=0, initial=-np.inf, out=self._peaks[first:end])

    def best(self, count: int, margin: float = 0.0) -> tuple[Numbers, Numbers]:
        """The pieces and rows of the `count` best scores, and of those up to `margin` below the last of them.

        In the order of pieces, and of rows within a piece. Scores of -inf are never among them.
        """
        places = self._places(count, np.float32(margin))
        values = self._scores[places]
        least = np.partition(values, -count)[-count] - np.float32(margin) if len(values) > count else -np.inf
        places = np.sort(places[(values >= least) & (values > -np.inf)])
        pieces = np.searchsorted(self._ends * _GROUP, places, side="right")
        return pieces, places - self._firsts[pieces] * _GROUP

    def _places(self, count: int, margin: np.float32) -> Numbers:
        """Where few scores are, and among them all that are wanted: those of groups with a best that is good enough."""
        least = np.partition(self._peaks, -count)[-count] - margin if len(self._peaks) > count else -np.inf
        chosen = np.flatnonzero(self._peaks >= least)
        pieces = np.searchsorted(self._ends, chosen, side="right")
        begins = self._firsts[pieces] * (_GROUP - 1) + chosen
        places = (begins + np.arange(_GROUP)[:, None] * self._groups[pieces]).ravel()
        near: Numbers = places[self._scores[places] >= least]
        return near
