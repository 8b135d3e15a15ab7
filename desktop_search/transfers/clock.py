"""A clock for waits that does not stand still while the computer sleeps."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

_JUMP_S = 2.0  # clocks that are set right drift by less between two looks


class WakingClock:
    """Seconds that only go forward, also through a sleep of the computer. Safe from any thread.

    The monotonic clock stands still during a sleep on Linux and macOS, and goes on under Windows; the wall clock goes
    on everywhere, but may be set. So where the wall clock has got ahead of the other one, that time is added: a wait of
    40 seconds is over when the lid is opened an hour later. A wall clock that is set forward ends waits early, which
    does no harm; one that is set back changes nothing.
    """

    def __init__(
        self, monotonic_s: Callable[[], float] = time.monotonic, wall_s: Callable[[], float] = time.time
    ) -> None:
        self._monotonic_s, self._wall_s = monotonic_s, wall_s
        self._lock = threading.Lock()
        self._ahead_s = wall_s() - monotonic_s()
        self._slept_s = 0.0

    def now_s(self) -> float:
        """The time now; only differences mean anything."""
        with self._lock:
            monotonic_s = self._monotonic_s()
            ahead_s = self._wall_s() - monotonic_s
            if ahead_s - self._ahead_s > _JUMP_S:
                self._slept_s += ahead_s - self._ahead_s
            self._ahead_s = ahead_s
            return monotonic_s + self._slept_s
