"""How long a call is tried before the user hears of it; the waits in between are those of `core.retrying`.

Calls that somebody waits for in front of the window are tried for a few seconds only; searches, which say that they
wait, for a minute. What runs behind it, the queue and its polling, comes back by itself, by the same waits and for as
long as it takes.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from desktop_search.api.errors import NoLibrary
from desktop_search.core.calls import CallKind
from desktop_search.core.errors import AppError
from desktop_search.core.retrying import TRIES_MAX, retry_wait_s
from desktop_search.core.token import CancelToken

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Patience:
    """How a kind of call is tried.

    Attributes:
        tries: how often at most, the first included.
        within_s: no try begins later than so many seconds after the first; nor is a limit waited for any longer.
        stretch: times the usual read time-out of one try.
    """

    tries: int
    within_s: float
    stretch: float = 1.0


_SHORT = Patience(3, 5.0, 0.5)
_LONG = Patience(TRIES_MAX, 90.0)
_SEARCH = Patience(3, 60.0, 0.5)  # the wait is told, and can be ended
# An upload's answer comes when the library has taken the file in, which takes longer than any other answer.
PATIENCE: Mapping[CallKind, Patience] = {
    CallKind.UPLOAD: Patience(1, 0.0, 5.0),
    CallKind.IMPORT: Patience(1, 0.0),
    CallKind.SEARCH: _SEARCH,
    CallKind.TRANSCRIPT: _SHORT,
    CallKind.LIST: _SHORT,
    CallKind.TASK: _SHORT,
    CallKind.DELETE: _LONG,
    CallKind.DOWNLOAD: _LONG,
}
# An engine of this computer that does not answer is started again rather than waited for.
LOCAL_PATIENCE: Mapping[CallKind, Patience] = {
    kind: Patience(min(2, patience.tries), 2.0, max(1.0, patience.stretch)) for kind, patience in PATIENCE.items()
}


def patiently(work: Callable[[], R], patience: Patience, token: CancelToken) -> R:
    """The result of `work()`, tried again after errors that may pass soon. Raises the last, and `Cancelled`."""
    began_s, tries = time.monotonic(), 0
    while True:
        try:
            return work()
        except NoLibrary:
            raise
        except AppError as error:
            tries += 1
            wait_s = retry_wait_s(error, tries, random.random())  # noqa: S311 - spreads several windows
            too_late = wait_s is None or time.monotonic() - began_s + wait_s > patience.within_s
            if wait_s is None or too_late or tries >= patience.tries:
                raise
            why = error.message
        token.wait(wait_s, why)
