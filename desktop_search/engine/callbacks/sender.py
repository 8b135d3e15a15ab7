"""Sends what waits in the table of callbacks, one after the other, in a thread of its own."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Sequence
from urllib.parse import urlsplit

from desktop_search.engine.addresses import Refused
from desktop_search.engine.callbacks.posting import Poster, Undelivered
from desktop_search.engine.library.ids import now_ms
from desktop_search.engine.store.callbacks import Callback, Callbacks

_log = logging.getLogger(__name__)
PAUSES_S = (2.0, 10.0, 60.0, 300.0, 1800.0, 7200.0)  # before each further try; then it is given up
_STORE_PAUSE_S = 30.0
_END_S = 5.0


class CallbackSender:
    """A receiver that is down is asked again with growing pauses, also after a restart.

    What was delivered while the engine was being killed may be delivered once more at the next start.
    """

    def __init__(self, callbacks: Callbacks, poster: Poster, *, pauses_s: Sequence[float] = PAUSES_S) -> None:
        self._callbacks, self._poster, self._pauses_s = callbacks, poster, pauses_s
        self._awake, self._closing = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._serve, name="callbacks", daemon=True)

    def start(self) -> None:
        """Begin with what an earlier run left."""
        self._thread.start()

    def wake(self) -> None:
        """There may be something new. Safe from any thread."""
        self._awake.set()

    def close(self) -> None:
        """Stop, also in the middle of a POST; what was not delivered waits for the next start."""
        self._closing.set()
        self._awake.set()
        self._poster.stop()
        if self._thread.is_alive():
            self._thread.join(_END_S)

    def _serve(self) -> None:
        fresh = True
        while not self._closing.is_set():
            self._awake.clear()
            try:
                if fresh:
                    self._callbacks.all_due()
                    fresh = False
                pause_s = self._step()
            except sqlite3.Error as error:
                if self._closing.is_set():
                    return
                _log.error("callbacks wait, for the index could not be used: %s", error)
                pause_s = _STORE_PAUSE_S
            if pause_s != 0 and not self._closing.is_set():
                self._awake.wait(pause_s)

    def _step(self) -> float | None:
        """Send one that is due. Seconds to wait for the next: 0 to look again, `None` until there is news."""
        callback = self._callbacks.next()
        if callback is None:
            return None
        early_ms = callback.due_ms - now_ms()
        if early_ms > 0:
            return min(early_ms / 1000, self._pauses_s[-1])
        self._send(callback)
        return 0

    def _send(self, callback: Callback) -> None:
        host = _host_of(callback.address)
        try:
            self._poster.post(callback.address, callback.body.encode())
        except Refused as refusal:
            _log.warning("the callback to %s is refused: %s", host, refusal)
        except Undelivered as trouble:
            if self._closing.is_set():
                return
            if callback.tries < len(self._pauses_s):
                pause_s = self._pauses_s[callback.tries]
                _log.info("the callback to %s waits %s s: %s", host, pause_s, trouble)
                self._callbacks.put_off(callback.callback_id, now_ms() + round(pause_s * 1000))
                return
            _log.warning("the callback to %s is given up: %s", host, trouble)
        self._callbacks.remove(callback.callback_id)


def _host_of(address: str) -> str:
    """What the log shall call it: a path, a query or a user name may hold a secret."""
    try:
        return urlsplit(address).netloc.rpartition("@")[2] or "?"
    except ValueError:
        return "?"
