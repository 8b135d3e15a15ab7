"""Wakes a long-running worker when there is something to do, and lets it be cancelled meanwhile."""

from __future__ import annotations

import threading
import time

from desktop_search.core.token import CancelToken

_LOOK_S = 0.1  # a token cannot ring; how late its cancelling may be noticed


class Bell:
    """Rings for everybody who waits. Each waiter remembers the last ring it heard."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._rings = 0

    @property
    def rings(self) -> int:
        """How often it rang; take it before looking for work, hand it to `wait` when there was none."""
        with self._condition:
            return self._rings

    def ring(self) -> None:
        """There is news."""
        with self._condition:
            self._rings += 1
            self._condition.notify_all()

    def wait(self, heard: int, seconds: float, token: CancelToken) -> None:
        """Wait for a ring after `heard`, at most `seconds`. Raises `Cancelled`."""
        end = time.monotonic() + seconds
        with self._condition:
            while self._rings == heard and (left := end - time.monotonic()) > 0:
                token.check()
                self._condition.wait(min(left, _LOOK_S))
        token.check()
