"""Patience: how long a library is left alone, and how a worker is woken."""

from __future__ import annotations

import threading

import pytest

from desktop_search.core.errors import Cancelled, NetworkError, RateLimited
from desktop_search.core.token import CancelToken
from desktop_search.transfers.bell import Bell
from desktop_search.transfers.clock import WakingClock
from desktop_search.transfers.holds import Holds

LONG_S = 3600  # longer than a test may take


class Clocks:
    """A wall clock and a monotonic one that the test moves."""

    def __init__(self) -> None:
        self.monotonic_s, self.wall_s = 1000.0, 1_773_480_000.0

    def pass_s(self, awake: float, asleep: float = 0.0) -> None:
        self.monotonic_s += awake
        self.wall_s += awake + asleep

    def clock(self) -> WakingClock:
        return WakingClock(lambda: self.monotonic_s, lambda: self.wall_s)


def test_the_wait_doubles_up_to_a_limit_and_is_spread() -> None:
    clocks = Clocks()
    holds = Holds(clocks.clock())
    for at_least in (1, 2, 4, 8, 16, 16, 16):
        wait_s = holds.after("cloud", NetworkError(""))
        assert at_least <= wait_s <= at_least * 1.25
        assert holds.remaining_s("cloud") == pytest.approx(wait_s)
        clocks.pass_s(20)
    assert holds.remaining_s("cloud") == holds.remaining_s("local") == 0


def test_requests_that_fail_together_are_one_failure() -> None:
    clocks = Clocks()
    holds = Holds(clocks.clock())
    for _ in range(4):
        assert holds.after("cloud", NetworkError("")) <= 1.25
    clocks.pass_s(2)
    assert holds.after("cloud", NetworkError("")) >= 2
    assert holds.after("cloud", RateLimited("", retry_after_s=60)) == 60
    assert holds.after("cloud", NetworkError("")) > 59  # what was asked for is kept


def test_the_servers_own_wish_counts() -> None:
    holds = Holds()
    assert holds.after("cloud", RateLimited("", retry_after_s=42)) == 42
    assert 41 < holds.remaining_s("cloud") <= 42
    holds.release()
    assert holds.remaining_s("cloud") == 0


def test_a_wait_is_not_stretched_by_a_sleep_of_the_computer() -> None:
    clocks = Clocks()
    holds = Holds(clocks.clock())
    holds.after("cloud", RateLimited("", retry_after_s=40))
    clocks.pass_s(10)
    assert holds.remaining_s("cloud") == 30
    clocks.pass_s(1, asleep=15)
    assert holds.remaining_s("cloud") == 14
    clocks.pass_s(1, asleep=3600)
    assert holds.remaining_s("cloud") == 0


def test_a_wall_clock_that_is_set_back_changes_no_wait() -> None:
    clocks = Clocks()
    clock = clocks.clock()
    begun_s = clock.now_s()
    clocks.wall_s -= 7200
    clocks.pass_s(5)
    assert clock.now_s() - begun_s == 5
    clocks.pass_s(5, asleep=60)
    assert clock.now_s() - begun_s == 70
    for _ in range(10):  # set right little by little
        clocks.pass_s(100, asleep=0.1)
    assert clock.now_s() - begun_s == 1070


def test_patience_is_no_failure() -> None:
    clocks = Clocks()
    holds = Holds(clocks.clock())
    holds.after("cloud", NetworkError(""))
    holds.hold("cloud", 60)
    assert holds.remaining_s("cloud") == 60
    clocks.pass_s(60)
    assert 2 <= holds.after("cloud", NetworkError("")) <= 2.5


def test_success_forgets_the_failures() -> None:
    clocks = Clocks()
    holds = Holds(clocks.clock())
    for _ in range(3):
        holds.after("cloud", NetworkError(""))
        clocks.pass_s(20)
    holds.succeeded("cloud")
    assert holds.after("cloud", NetworkError("")) <= 1.25


def test_a_ring_wakes_and_an_old_one_does_not() -> None:
    bell = Bell()
    heard = bell.rings
    threading.Timer(0.05, bell.ring).start()
    bell.wait(heard, LONG_S, CancelToken())
    bell.wait(bell.rings, 0.01, CancelToken())  # nothing new: the time passes
    bell.wait(heard, LONG_S, CancelToken())  # rung since: no wait


def test_a_cancelled_wait_ends() -> None:
    token = CancelToken()
    threading.Timer(0.05, token.cancel).start()
    with pytest.raises(Cancelled):
        Bell().wait(0, 30, token)
