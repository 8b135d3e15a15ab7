"""Cancelling long work: a token that the worker asks, and that never lets it oversleep."""

from __future__ import annotations

import threading

from desktop_search.core.errors import Cancelled


class CancelToken:
    """Set once, by the one who started the work; asked often, by the work itself."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop. Safe from any thread, and more than once."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether `cancel` was called."""
        return self._event.is_set()

    def wait(self, seconds: float) -> None:
        """Wait up to `seconds`; raises `Cancelled` the moment the token is cancelled."""
        if self._event.wait(max(0.0, seconds)):
            raise Cancelled

    def check(self) -> None:
        """Raise `Cancelled` if the token was cancelled."""
        if self._event.is_set():
            raise Cancelled
