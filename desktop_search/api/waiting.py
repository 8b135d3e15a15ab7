"""Blocking network work that can be left at once: it runs on a thread of its own, and the caller only watches."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import TypeVar

from desktop_search.core.token import CancelToken, Pause

R = TypeVar("R")
P = TypeVar("P")
_LOOK_EVERY_S = 0.05


class _Latest:
    """The newest progress; the caller takes it, on its own thread, as often as it looks."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._value: object = None
        self._fresh = False

    def put(self, value: object) -> None:
        with self._lock:
            self._value, self._fresh = value, True

    def hand_to(self, report: Callable[[P], None]) -> None:
        with self._lock:
            value, fresh, self._fresh = self._value, self._fresh, False
        if fresh:
            report(value)  # type: ignore[arg-type]  # what was put is what the work reports


def run_cancellable(
    work: Callable[[CancelToken, Callable[[P], None]], R],
    token: CancelToken,
    on_progress: Callable[[P], None] | None = None,
) -> R:
    """The result of `work(own_token, progress)`. Raises what it raises, and `Cancelled` within 0.1 s of a cancel.

    A socket that waits cannot be woken up. So after a cancel, or when `on_progress` raises, the work is left behind
    with its own token cancelled, and ends at its next step or time-out. `on_progress` runs on the caller's thread.
    While the work pauses, `token` tells its pause.
    """
    token.check()
    own_token, latest, outcome = CancelToken(), _Latest(), Future[R]()

    def run() -> None:
        try:
            outcome.set_result(work(own_token, latest.put))
        except BaseException as error:  # noqa: BLE001 - it is the caller's, whatever it is
            outcome.set_exception(error)

    told: Pause | None = None  # another call of the same token may have a pause of its own to tell
    threading.Thread(target=run, name="network", daemon=True).start()
    try:
        while not wait([outcome], timeout=_LOOK_EVERY_S).done:
            token.check()
            if own_token.pause is not token.pause and (own_token.pause or told):
                told = token.pause = own_token.pause
            if on_progress is not None:
                latest.hand_to(on_progress)
        if outcome.exception() is None and on_progress is not None:
            latest.hand_to(on_progress)
        return outcome.result()
    finally:
        if told is not None and token.pause is told:
            token.pause = None
        own_token.cancel()
