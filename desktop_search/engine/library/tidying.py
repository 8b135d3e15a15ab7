"""Nothing stays behind of what was deleted, also inside the record."""

from __future__ import annotations

import logging
import math
import sqlite3
import threading
import time

from desktop_search.engine.store.store import Store

_REST_S = 5.0  # deletions come in groups
_END_S = 4.0  # an end should not take longer
_REST = 9  # times as long as the last time took
_log = logging.getLogger(__name__)


class Tidying:
    """Wipes what deletions left in the record, a little at a time, in a thread of its own; the rest at the end."""

    def __init__(self, store: Store, *, rest_s: float = _REST_S) -> None:
        self._store, self._rest_s = store, rest_s
        self._asked, self._ended = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._tidy, name="tidy", daemon=True)

    def start(self) -> None:
        """Take up what an earlier run left."""
        self._asked.set()
        self._thread.start()

    def wake(self) -> None:
        """Something was deleted. Safe from any thread."""
        self._asked.set()

    def close(self) -> None:
        """Finish, so that nothing stays while the engine does not run."""
        self._ended.set()
        self._asked.set()
        if self._thread.is_alive():
            self._thread.join()

    def _tidy(self) -> None:
        took_s = 0.0
        while True:
            self._asked.wait()
            self._ended.wait(max(self._rest_s, _REST * took_s))
            self._asked.clear()
            ended, began_s = self._ended.is_set(), time.monotonic()
            try:
                self._wipe()
            except sqlite3.Error:  # a full or busy disk: it stays noted, and is done another time
                _log.exception("what was deleted could not be wiped from the record yet")
            took_s = time.monotonic() - began_s
            if ended:
                return

    def _wipe(self) -> None:
        until_s = math.inf
        while self._store.deletions.wipe_some():
            if self._ended.is_set():
                until_s = min(until_s, time.monotonic() + _END_S)
            if time.monotonic() > until_s:  # the next start goes on
                return
