"""How long a library is left alone after it failed or asked for patience."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass

from desktop_search.core.errors import AppError

_FIRST_S, _LONGEST_S = 1.0, 32.0  # contract §15


@dataclass(frozen=True, slots=True)
class _Hold:
    until: float
    failures: int


class Holds:
    """Back-off per library: exponential with jitter, or what the server asked for. Safe from any thread."""

    def __init__(self, first_s: float = _FIRST_S, longest_s: float = _LONGEST_S) -> None:
        self._first_s, self._longest_s = first_s, longest_s
        self._holds: dict[str, _Hold] = {}
        self._lock = threading.Lock()

    def after(self, library_id: str, error: AppError) -> float:
        """Hold the library after `error`; returns for how many seconds."""
        with self._lock:
            failures = self._holds[library_id].failures + 1 if library_id in self._holds else 1
            wait_s = min(self._longest_s, self._first_s * (1 << min(failures - 1, 10)))
            wait_s *= 1 + random.random() / 4  # noqa: S311 - spreads several windows, keeps no secret
            if error.retry_after_s is not None:
                wait_s = error.retry_after_s
            self._holds[library_id] = _Hold(time.monotonic() + wait_s, failures)
            return wait_s

    def hold(self, library_id: str, seconds: float) -> None:
        """Leave the library alone for so long; it did not fail."""
        with self._lock:
            failures = self._holds[library_id].failures if library_id in self._holds else 0
            self._holds[library_id] = _Hold(time.monotonic() + seconds, failures)

    def remaining_s(self, library_id: str) -> float:
        """How long the library is still to be left alone, in seconds; 0 when it may be asked."""
        with self._lock:
            hold = self._holds.get(library_id)
            return max(0.0, hold.until - time.monotonic()) if hold else 0.0

    def succeeded(self, library_id: str) -> None:
        """The library answers again: forget its failures."""
        with self._lock:
            self._holds.pop(library_id, None)

    def release(self) -> None:
        """The user asked for another try: nothing waits any longer."""
        with self._lock:
            self._holds.clear()
