"""Rate limits kept ahead of time (contract §15): a call waits here rather than being refused there."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from desktop_search.core.calls import CallKind, CallRecord
from desktop_search.core.language import _
from desktop_search.core.retrying import FIRST_S, LONGEST_S
from desktop_search.core.token import CancelToken
from desktop_search.core.transfer_settings import RateLimit

TOO_MANY = "0429"
# A call has arrived at the server when it has ended, and is taken to have after so many seconds under way.
ARRIVAL_S = 2.0
STRETCH, STRETCH_MAX = 1.5, 8.0
RELAX_AFTER = 5  # calls in a row that were let through
_NO_THREAD = 0
_FULL = _("The library takes only so many calls at a time.")
_UNNAMED = RateLimit(1, 1.0)  # of a kind without a limit that was refused all the same


@dataclass(eq=False)
class _Passage:
    """One call that was let through: on which thread, when, and when it ended, in seconds of the clock."""

    thread: int
    entered_s: float
    left_s: float | None = None

    def arrived_s(self, now_s: float) -> float:
        """The latest moment at which the server can have counted it."""
        return min(self.entered_s + ARRIVAL_S, now_s if self.left_s is None else self.left_s)


@dataclass
class _Lane:
    """What is known of one kind of calls. `stretch` is what refusals have taught: times the seconds of the limit."""

    passages: list[_Passage] = field(default_factory=list)
    held_until_s: float = 0.0
    stretch: float = 1.0
    refused: int = 0
    passed: int = 0


class Limiter:
    """The limits of one account: a sliding window for each kind of call. Safe from any thread.

    A refused call counts, makes the next one wait as the server asked for (or 1, 2, 4 … 32 s), and stretches the
    window; calls that pass relax it again.
    """

    def __init__(
        self, limits: Callable[[], Mapping[CallKind, RateLimit]], *, clock_s: Callable[[], float] = time.monotonic
    ) -> None:
        """`limits` is asked at every call, so that a change holds at once; kinds it does not name are not limited."""
        self._limits, self._clock_s = limits, clock_s
        self._lock = threading.Lock()
        self._lanes = {kind: _Lane() for kind in CallKind}

    def enter(self, kind: CallKind, token: CancelToken) -> None:
        """Wait for the call's turn. Raises `Cancelled` the moment the token is cancelled."""
        token.check()
        limit = self._limits().get(kind)
        while (wait_s := self._try_enter(kind, limit)) > 0:
            token.wait(wait_s, _FULL)

    def recall(self, kind: CallKind, ago_s: float) -> None:
        """A call that an earlier run of the program began so many seconds ago counts too; the oldest is told first."""
        with self._lock:
            self._lanes[kind].passages.append(_Passage(_NO_THREAD, self._clock_s() - ago_s))

    def wait_s(self, kind: CallKind, spare: int = 0) -> float:
        """For how many seconds `enter` would wait now; more, where calls under way or others that wait come before.

        With `spare`: until it would leave so many calls to others.
        """
        limit = self._limits().get(kind)
        if limit is not None:
            limit = RateLimit(limit.calls - spare, limit.seconds)
        with self._lock:
            return _wait_s(self._lanes[kind], limit, self._clock_s())

    def left(self, record: CallRecord) -> None:
        """The call of this thread has ended: it arrived before, and its answer may teach something."""
        with self._lock:
            lane, now_s = self._lanes[record.kind], self._clock_s()
            for passage in lane.passages:
                if passage.thread == threading.get_ident() and passage.left_s is None:
                    passage.left_s = now_s
            if record.code == TOO_MANY:
                _tighten(lane, record.retry_after_s, now_s)
            elif record.code:
                _relax(lane)

    def _try_enter(self, kind: CallKind, limit: RateLimit | None) -> float:
        """0 and the call is counted, or how long to wait before it is worth asking again."""
        with self._lock:
            lane, now_s = self._lanes[kind], self._clock_s()
            wait_s = _wait_s(lane, limit, now_s)
            if wait_s <= 0:
                kept = limit or _UNNAMED
                lane.passages = [*lane.passages, _Passage(threading.get_ident(), now_s)][-max(1, kept.calls) :]
            return wait_s


def _wait_s(lane: _Lane, limit: RateLimit | None, now_s: float) -> float:
    held_s = lane.held_until_s - now_s
    if limit is None and lane.stretch > 1.0:
        limit = _UNNAMED
    if limit is None or len(lane.passages) < max(1, limit.calls):
        return max(0.0, held_s)
    oldest = min(passage.arrived_s(now_s) for passage in lane.passages[-max(1, limit.calls) :])
    return max(0.0, held_s, oldest + limit.seconds * lane.stretch - now_s)


def _tighten(lane: _Lane, retry_after_s: float | None, now_s: float) -> None:
    back_off_s = min(LONGEST_S, FIRST_S * float(1 << min(lane.refused, 10)))
    lane.refused, lane.passed = lane.refused + 1, 0
    lane.held_until_s = max(lane.held_until_s, now_s + (back_off_s if retry_after_s is None else retry_after_s))
    lane.stretch = min(STRETCH_MAX, lane.stretch * STRETCH)


def _relax(lane: _Lane) -> None:
    lane.refused, lane.passed = 0, lane.passed + 1
    if lane.passed >= RELAX_AFTER:
        lane.stretch, lane.passed = max(1.0, lane.stretch / STRETCH), 0
