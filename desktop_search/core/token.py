"""Cancelling long work: a token that the worker asks, and that never lets it oversleep."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from desktop_search.core.errors import Cancelled


@dataclass(frozen=True, slots=True)
class Pause:
    """A wait that whoever started the work may be told of: why, and until when on the monotonic clock, in seconds."""

    why: str
    until_s: float

    @property
    def left_s(self) -> float:
        """Seconds that are left of it."""
        return max(0.0, self.until_s - time.monotonic())


class CancelToken:
    """Set once, by the one who started the work; asked often, by the work itself.

    `pause` is what the work waits for now, where the wait was given a reason; it may be read from any thread.
    """

    def __init__(self) -> None:
        self._event = threading.Event()
        self.pause: Pause | None = None

    def cancel(self) -> None:
        """Ask the work to stop. Safe from any thread, and more than once."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether `cancel` was called."""
        return self._event.is_set()

    def wait(self, seconds: float, why: str = "") -> None:
        """Wait up to `seconds`; raises `Cancelled` the moment the token is cancelled. With `why` it is a `pause`."""
        self.pause = Pause(why, time.monotonic() + seconds) if why and seconds > 0 else None
        try:
            if self._event.wait(max(0.0, seconds)):
                raise Cancelled
        finally:
            self.pause = None

    def check(self) -> None:
        """Raise `Cancelled` if the token was cancelled."""
        if self._event.is_set():
            raise Cancelled
