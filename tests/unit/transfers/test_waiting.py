"""Patience: how long a library is left alone, and how a worker is woken."""

from __future__ import annotations

import threading
import time

import pytest

from desktop_search.core.errors import Cancelled, NetworkError, RateLimited
from desktop_search.core.token import CancelToken
from desktop_search.transfers.bell import Bell
from desktop_search.transfers.holds import Holds


def test_the_wait_doubles_up_to_a_limit_and_is_spread() -> None:
    holds = Holds(first_s=1, longest_s=8)
    for at_least in (1, 2, 4, 8, 8):
        assert at_least <= holds.after("cloud", NetworkError("")) <= at_least * 1.25
    assert 0 < holds.remaining_s("cloud") <= 10
    assert holds.remaining_s("local") == 0


def test_the_servers_own_wish_counts() -> None:
    holds = Holds()
    assert holds.after("cloud", RateLimited("", retry_after_s=42)) == 42
    assert 41 < holds.remaining_s("cloud") <= 42
    holds.release()
    assert holds.remaining_s("cloud") == 0


def test_success_forgets_the_failures() -> None:
    holds = Holds(first_s=1)
    holds.after("cloud", NetworkError(""))
    holds.after("cloud", NetworkError(""))
    holds.succeeded("cloud")
    assert holds.after("cloud", NetworkError("")) <= 1.25


def test_a_ring_wakes_and_an_old_one_does_not() -> None:
    bell = Bell()
    heard = bell.rings
    threading.Timer(0.05, bell.ring).start()
    begun = time.monotonic()
    bell.wait(heard, 30, CancelToken())
    assert time.monotonic() - begun < 10
    bell.wait(bell.rings, 0.01, CancelToken())  # nothing new: the time passes
    bell.wait(heard, 30, CancelToken())  # rung since: no wait


def test_a_cancelled_wait_ends() -> None:
    token = CancelToken()
    threading.Timer(0.05, token.cancel).start()
    with pytest.raises(Cancelled):
        Bell().wait(0, 30, token)
