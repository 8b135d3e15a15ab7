"""How long a library is left alone after it failed or asked for patience, and what its next row says meanwhile."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass

from desktop_search.core.errors import AppError
from desktop_search.core.retrying import TRIES_MAX, retry_wait_s
from desktop_search.transfers.clock import WakingClock

_REFUSED_S = 30.0  # what nobody can tell when to try again


@dataclass(frozen=True, slots=True)
class _Hold:
    until_s: float
    failures: int


class Holds:
    """Back-off per library, by the one policy (`core/retrying.py`). Waits run on while the computer sleeps.

    A library may fail for as long as it likes: who gives up, and when, is the rows' affair. Safe from any thread.
    """

    def __init__(self, clock: WakingClock | None = None) -> None:
        self._clock = clock or WakingClock()
        self._holds: dict[str, _Hold] = {}
        self._lock = threading.Lock()

    def after(self, library_id: str, error: AppError) -> float:
        """Hold the library after `error`; returns for how many seconds."""
        with self._lock:
            known, now_s = self._holds.get(library_id, _Hold(0.0, 0)), self._clock.now_s()
            # What fails beside a failure, of requests that went at the same time, is the same failure.
            failures = max(1, known.failures + (known.until_s <= now_s))
            chance = random.random()  # noqa: S311 - spreads several windows, keeps no secret
            wait_s = retry_wait_s(error, min(failures, TRIES_MAX - 1), chance)
            if wait_s is None:
                wait_s = _REFUSED_S if error.retry_after_s is None else error.retry_after_s
            until_s = max(known.until_s, now_s + wait_s)
            self._holds[library_id] = _Hold(until_s, failures)
            return until_s - now_s

    def hold(self, library_id: str, seconds: float) -> None:
        """Leave the library alone for so long; it did not fail."""
        with self._lock:
            failures = self._holds[library_id].failures if library_id in self._holds else 0
            self._holds[library_id] = _Hold(self._clock.now_s() + seconds, failures)

    def remaining_s(self, library_id: str) -> float:
        """How long the library is still to be left alone, in seconds; 0 when it may be asked."""
        with self._lock:
            hold = self._holds.get(library_id)
            return max(0.0, hold.until_s - self._clock.now_s()) if hold else 0.0

    def succeeded(self, library_id: str) -> None:
        """The library answers again: forget its failures."""
        with self._lock:
            self._holds.pop(library_id, None)

    def release(self) -> None:
        """The user asked for another try: nothing waits any longer."""
        with self._lock:
            self._holds.clear()
