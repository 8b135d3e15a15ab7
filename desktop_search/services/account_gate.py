"""One gate for each account: what all calls to it pass, whoever makes them."""

from __future__ import annotations

import threading
from collections.abc import Callable

from desktop_search.api.limiter import Limiter
from desktop_search.core.calls import Gate, OpenGate
from desktop_search.core.library import Library
from desktop_search.core.transfer_settings import TransferSettings


class AccountGates:
    """Makes the gates and keeps them. Limits are kept to where calls cost; they are those of the settings."""

    def __init__(self, settings: Callable[[], TransferSettings]) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._gates: dict[str, Gate] = {}

    def gate_of(self, library: Library) -> Gate:
        """The gate of the library's account. The same account behind another name of the library has the same."""
        with self._lock:
            account = library.base_url or library.library_id
            if account not in self._gates:
                self._gates[account] = self._made(library)
            return self._gates[account]

    def _made(self, library: Library) -> Gate:
        if not library.is_paid:
            return OpenGate()
        return Limiter(lambda: self._settings().limits)
