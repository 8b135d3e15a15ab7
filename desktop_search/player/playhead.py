"""Where the picture is while it plays: the time runs on evenly between libVLC's sparse reports."""

from __future__ import annotations

import time
from collections.abc import Callable

_JUMP_MS = 250  # a report that is farther off means that the picture is elsewhere
_DEAF_S = 0.4  # so long after a seek such a report may still be of the time before it
_MENDED_IN_S = 0.5
_SILENCE_MAX_S = 2.0  # libVLC reports twice a second or more often; else it waits for the disk or the network


class Playhead:
    """While running it never goes back: a report that is a little behind slows it down for a moment, no more."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._base_ms = self._error_ms = 0.0
        self._base_at_s = self._put_at_s = clock()
        self._rate = 1.0

    def put(self, at_ms: int) -> None:
        """The picture is exactly there, now."""
        self._base(at_ms)
        self._put_at_s = self._base_at_s

    def set_rate(self, rate: float) -> None:
        """How fast it runs; 1.0 is normal."""
        self._base(self._running_ms())
        self._rate = rate

    def told(self, at_ms: int) -> None:
        """libVLC reports that the picture is there."""
        here = self._running_ms()
        error = at_ms - here
        if abs(error) <= _JUMP_MS * max(1.0, self._rate):
            self._base(here)
            self._error_ms = max(error, -0.8 * _MENDED_IN_S * 1000 * self._rate)  # slower at most, never back
        elif self._clock() - self._put_at_s > _DEAF_S:
            self._base(at_ms)

    def now_ms(self) -> int:
        """Where the picture is, if it has been running since it was put somewhere."""
        return round(self._running_ms())

    def _base(self, at_ms: float) -> None:
        self._base_ms, self._base_at_s, self._error_ms = at_ms, self._clock(), 0.0

    def _running_ms(self) -> float:
        past_s = min(self._clock() - self._base_at_s, _SILENCE_MAX_S)
        mended = self._error_ms * min(1.0, past_s / _MENDED_IN_S)
        return self._base_ms + past_s * 1000 * self._rate + mended
