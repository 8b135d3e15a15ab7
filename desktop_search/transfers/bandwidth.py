"""The limit on how fast all uploads together may be."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from desktop_search.core.token import CancelToken

_SLICE_S = 0.05  # how much goes at once, in time at the limit: small, so that nothing comes in bursts
_CREDIT_S = 0.1  # time lost by waking up late may be made up for; more is not saved up


class Bandwidth:
    """Lets bytes go at the limit, whoever sends them, in small slices and in turns. Safe from several threads.

    The limit is asked for each slice: a change holds at once.
    """

    def __init__(self, limit_bytes_s: Callable[[], int], now_s: Callable[[], float] = time.monotonic) -> None:
        """`limit_bytes_s()` gives the bytes per second that hold now, 0 for no limit; it must be quick."""
        self._limit_bytes_s, self._now_s = limit_bytes_s, now_s
        self._lock = threading.Lock()
        self._free_at_s = -_CREDIT_S

    @property
    def limit_bytes_s(self) -> int:
        """Bytes per second that hold now; 0: no limit."""
        return max(0, self._limit_bytes_s())

    def take(self, wanted_bytes: int, token: CancelToken) -> int:
        """Wait until some of the next bytes may go, and say how many. Raises `Cancelled` the moment it is asked to."""
        limit = self.limit_bytes_s
        if not limit:
            return wanted_bytes
        granted = max(1, min(wanted_bytes, int(limit * _SLICE_S)))
        with self._lock:
            now_s = self._now_s()
            begins_s = max(self._free_at_s, now_s - _CREDIT_S)
            self._free_at_s = begins_s + granted / limit
        if begins_s > now_s:
            token.wait(begins_s - now_s)
        return granted
