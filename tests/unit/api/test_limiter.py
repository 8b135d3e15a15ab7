"""Limits kept ahead of time: a sliding window for each kind of call, which learns from refusals and forgets again."""

from __future__ import annotations

import threading

import pytest

from desktop_search.api.limiter import ARRIVAL_S, RELAX_AFTER, STRETCH, STRETCH_MAX, Limiter
from desktop_search.core.calls import CallKind, CallRecord
from desktop_search.core.errors import Cancelled
from desktop_search.core.token import CancelToken
from desktop_search.core.transfer_settings import RateLimit

LIMITS = {CallKind.SEARCH: RateLimit(1, 1.0), CallKind.LIST: RateLimit(3, 10.0), CallKind.UPLOAD: RateLimit(1, 60.0)}
SEARCH, LIST, UPLOAD = CallKind.SEARCH, CallKind.LIST, CallKind.UPLOAD


class Clock:
    """Time that passes when a call waits. `waits` are all waits, in seconds."""

    def __init__(self) -> None:
        self.now_s = 1000.0
        self.waits: list[float] = []

    def token(self) -> CancelToken:
        clock = self

        class Waiting(CancelToken):
            def wait(self, seconds: float, why: str = "") -> None:
                super().check()
                clock.waits.append(seconds)
                clock.now_s += seconds

        return Waiting()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limiter(clock: Clock) -> Limiter:
    return Limiter(lambda: LIMITS, clock_s=lambda: clock.now_s)


def _call(limiter: Limiter, clock: Clock, kind: CallKind, code: str = "0000", lasts_s: float = 0.0) -> float:
    """One call from begin to end; when it began."""
    limiter.enter(kind, clock.token())
    began_s = clock.now_s
    clock.now_s += lasts_s
    limiter.left(CallRecord(kind, "/x", 0, 0, code))
    return began_s


def test_no_span_ever_holds_more_calls_than_the_limit(limiter: Limiter, clock: Clock) -> None:
    began = [_call(limiter, clock, LIST, lasts_s=0.3) for _ in range(12)]
    for start in began:
        assert sum(start <= other < start + 10.0 for other in began) <= 3
    assert len(clock.waits) == 3  # one exact wait for each window, no polling


def test_a_call_waits_from_the_moment_the_one_before_has_certainly_arrived(limiter: Limiter, clock: Clock) -> None:
    first = _call(limiter, clock, SEARCH, lasts_s=0.4)
    assert _call(limiter, clock, SEARCH) == pytest.approx(first + 0.4 + 1.0)


def test_a_long_call_is_counted_from_its_begin(limiter: Limiter, clock: Clock) -> None:
    first = _call(limiter, clock, UPLOAD, lasts_s=600.0)
    assert limiter.wait_s(UPLOAD) == 0.0
    limiter.enter(UPLOAD, clock.token())
    clock.now_s += 30.0
    assert limiter.wait_s(UPLOAD) == pytest.approx(ARRIVAL_S + 30.0)
    assert clock.now_s == pytest.approx(first + 630.0)


def test_calls_of_an_earlier_run_count(limiter: Limiter, clock: Clock) -> None:
    for ago_s in (30.0, 8.0, 5.0, 1.0):
        limiter.recall(LIST, ago_s)
    assert limiter.wait_s(LIST) == pytest.approx(10.0 + ARRIVAL_S - 8.0)
    limiter.recall(UPLOAD, 45.0)
    limiter.left(CallRecord(UPLOAD, "/upload", 0, 0, "0000"))  # says nothing of it
    assert limiter.wait_s(UPLOAD) == pytest.approx(60.0 + ARRIVAL_S - 45.0)
    assert _call(limiter, clock, UPLOAD) == pytest.approx(1000.0 + 60.0 + ARRIVAL_S - 45.0)


def test_some_calls_can_be_left_to_others(limiter: Limiter, clock: Clock) -> None:
    waits = []
    for _ in range(3):
        waits.append((limiter.wait_s(LIST), limiter.wait_s(LIST, 1), limiter.wait_s(LIST, 9)))
        _call(limiter, clock, LIST)
    assert waits == [(0.0, 0.0, 0.0), (0.0, 0.0, 10.0), (0.0, 10.0, 10.0)]
    assert limiter.wait_s(CallKind.DOWNLOAD, 9) == 0.0


def test_kinds_do_not_share_a_limit_and_unnamed_ones_have_none(limiter: Limiter, clock: Clock) -> None:
    for kind in (SEARCH, LIST, UPLOAD, *[CallKind.DOWNLOAD] * 50):
        _call(limiter, clock, kind)
    assert clock.waits == []


def test_a_refused_call_counts_and_the_next_waits_as_the_server_asked(limiter: Limiter, clock: Clock) -> None:
    limiter.enter(SEARCH, clock.token())
    limiter.left(CallRecord(SEARCH, "/search", 0, 0, "0429", retry_after_s=7.0))
    assert limiter.wait_s(SEARCH) == pytest.approx(7.0)


def test_refusals_make_waits_double_up_to_a_bound_and_successes_relax_them(limiter: Limiter, clock: Clock) -> None:
    waits = []
    for _ in range(8):
        _call(limiter, clock, SEARCH, "0429")
        waits.append(limiter.wait_s(SEARCH))
    assert waits == pytest.approx([1.5, 2.25, 4.0, 8.0, 16.0, 32.0, 32.0, 32.0])
    _call(limiter, clock, SEARCH)
    assert limiter.wait_s(SEARCH) == pytest.approx(STRETCH_MAX)
    for _ in range(RELAX_AFTER - 1):
        _call(limiter, clock, SEARCH)
    assert limiter.wait_s(SEARCH) == pytest.approx(STRETCH_MAX / STRETCH)
    for _ in range(RELAX_AFTER * 6):
        _call(limiter, clock, SEARCH)
    assert limiter.wait_s(SEARCH) == pytest.approx(1.0)


def test_a_kind_without_a_limit_learns_one(limiter: Limiter, clock: Clock) -> None:
    _call(limiter, clock, CallKind.TASK, "0429")
    assert limiter.wait_s(CallKind.TASK) == pytest.approx(STRETCH)
    for _ in range(RELAX_AFTER):
        _call(limiter, clock, CallKind.TASK)
    assert limiter.wait_s(CallKind.TASK) == 0.0


def test_calls_without_an_answer_teach_nothing_but_count(limiter: Limiter, clock: Clock) -> None:
    for _ in range(2 * RELAX_AFTER):
        _call(limiter, clock, SEARCH, "")
        assert limiter.wait_s(SEARCH) == pytest.approx(1.0)


def test_changed_settings_hold_at_once(clock: Clock) -> None:
    limits = dict(LIMITS)
    limiter = Limiter(lambda: limits, clock_s=lambda: clock.now_s)
    _call(limiter, clock, UPLOAD)
    assert limiter.wait_s(UPLOAD) == pytest.approx(60.0)
    limits[UPLOAD] = RateLimit(2, 60.0)
    assert limiter.wait_s(UPLOAD) == 0.0
    del limits[UPLOAD]
    assert limiter.wait_s(UPLOAD) == 0.0


def test_a_wait_ends_when_it_is_cancelled() -> None:
    limiter, token, ends = Limiter(lambda: LIMITS), CancelToken(), []
    limiter.enter(UPLOAD, token)

    def enter() -> None:
        try:
            limiter.enter(UPLOAD, token)
        except Cancelled:
            ends.append("cancelled")

    thread = threading.Thread(target=enter)
    thread.start()
    token.cancel()
    thread.join(20)
    assert ends == ["cancelled"]


def test_the_end_of_an_older_call_says_nothing_of_a_newer_one(limiter: Limiter, clock: Clock) -> None:
    limiter.enter(UPLOAD, clock.token())
    clock.now_s += 70.0
    other = threading.Thread(target=limiter.enter, args=(UPLOAD, clock.token()))
    other.start()
    other.join(20)
    limiter.left(CallRecord(UPLOAD, "/upload", 0, 0, "0000"))
    clock.now_s += ARRIVAL_S
    assert limiter.wait_s(UPLOAD) == pytest.approx(60.0)
