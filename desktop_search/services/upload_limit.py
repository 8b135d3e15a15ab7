"""How fast uploads may be, as the user chose it, for who asks so often that reading the file each time is too slow."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime

from desktop_search.settings.preferences import PreferencesStore

_FRESH_S = 1.0


class UploadLimit:
    """The limit as it was chosen at most a second ago. Safe from several threads; not for the GUI thread."""

    def __init__(self, preferences: PreferencesStore, now_s: Callable[[], float] = time.monotonic) -> None:
        self._preferences, self._now_s = preferences, now_s
        self._lock = threading.Lock()
        self._read_at_s = float("-inf")
        self._limit_bytes_s = 0

    def bytes_s(self) -> int:
        """Bytes per second for all uploads together, at this hour; 0: no limit."""
        with self._lock:
            if self._now_s() - self._read_at_s >= _FRESH_S:
                self._read_at_s = self._now_s()
                here = datetime.now()  # noqa: DTZ005 - the hours are those of the user's own clock
                self._limit_bytes_s = self._preferences.load().transfers.limit_at(here)
            return self._limit_bytes_s
