"""How fast bytes go and how long the rest takes: by a moving window, without jitter. All times are monotonic."""

from __future__ import annotations

import math
from collections import deque

_SPAN_S = 15.0  # long enough to even out bursts, short enough to notice a change
_APART_S = 0.25  # samples closer together tell nothing more
_LEAST_S = 1.0  # a rate of less than a second is chance
_STILL_S = 5.0  # without a byte for so long, a transfer stalls
_SETTLE_S = 6.0  # how quickly the time left follows a new estimate
_JUMP = 2.5  # an estimate so many times longer or shorter is no jitter: the work itself has changed


class RateWindow:
    """Bytes per second over the last seconds, from how many bytes have gone in all."""

    def __init__(self, span_s: float = _SPAN_S) -> None:
        self._span_s = span_s
        self._samples: deque[tuple[float, int]] = deque()
        self._moved_s = 0.0

    def add(self, now_s: float, total_bytes: int) -> None:
        """Note the bytes that have gone by now. Fewer than before mean a new beginning."""
        if self._samples and total_bytes < self._samples[-1][1]:
            self._samples.clear()
        if not self._samples or total_bytes > self._samples[-1][1]:
            self._moved_s = now_s
        if len(self._samples) > 1 and now_s - self._samples[-2][0] < _APART_S:
            self._samples.pop()
        self._samples.append((now_s, total_bytes))
        self._drop_old(now_s)

    def bytes_s(self, now_s: float) -> float | None:
        """The rate of the last seconds, which falls while nothing comes; `None` while too little is known."""
        self._drop_old(now_s)
        if not self._samples or now_s - self._samples[0][0] < _LEAST_S:
            return None
        first_s, first_bytes = self._samples[0]
        return (self._samples[-1][1] - first_bytes) / (now_s - first_s)

    def still_s(self, now_s: float) -> float:
        """For how long no byte has gone; 0 while that is no longer than any network may pause."""
        still_s = now_s - self._moved_s if self._samples else 0.0
        return still_s if still_s >= _STILL_S else 0.0

    def _drop_old(self, now_s: float) -> None:
        while len(self._samples) > 1 and self._samples[1][0] <= now_s - self._span_s:
            self._samples.popleft()


class TimeLeft:
    """A time left that runs down by itself and follows new estimates gently, so that it does not jump about."""

    def __init__(self) -> None:
        self._left_s: float | None = None
        self._at_s = 0.0

    def update(self, now_s: float, estimate_s: float | None) -> float | None:
        """The seconds left to tell now; `None` where nobody knows."""
        passed_s = max(0.0, now_s - self._at_s)
        expected_s = None if self._left_s is None else max(0.0, self._left_s - passed_s)
        if estimate_s is None or expected_s is None or not expected_s / _JUMP <= estimate_s <= expected_s * _JUMP:
            self._left_s = estimate_s
        else:
            self._left_s = expected_s + (estimate_s - expected_s) * (1 - math.exp(-passed_s / _SETTLE_S))
        self._at_s = now_s
        return self._left_s


def estimate_s(left_bytes: int, bytes_s: float | None) -> float | None:
    """How long `left_bytes` take at that rate; `None` where nothing goes or nothing is left."""
    return left_bytes / bytes_s if bytes_s and left_bytes > 0 else None
