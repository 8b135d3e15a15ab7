"""Cancelling: seen at once by whoever waits."""

from __future__ import annotations

import threading

import pytest

from desktop_search.core.errors import Cancelled
from desktop_search.core.token import CancelToken, Pause


def test_a_token_that_nobody_cancelled_lets_work_go_on() -> None:
    token = CancelToken()
    token.check()
    token.wait(0)
    token.wait(-1)
    assert not token.cancelled


def test_cancelling_ends_a_long_wait_at_once() -> None:
    token = CancelToken()
    timer = threading.Timer(0.05, token.cancel)
    timer.start()
    with pytest.raises(Cancelled):
        token.wait(3600)  # longer than a test may take
    timer.join()
    with pytest.raises(Cancelled):
        token.check()


def look_and_cancel(token: CancelToken, seen: list[Pause | None]) -> None:
    seen.append(token.pause)
    token.cancel()


def test_a_wait_with_a_reason_is_told_for_as_long_as_it_lasts() -> None:
    token, seen = CancelToken(), list[Pause | None]()
    watcher = threading.Timer(0.05, look_and_cancel, (token, seen))
    watcher.start()
    with pytest.raises(Cancelled):
        token.wait(60, "The library is full.")
    watcher.join()
    (pause,) = seen
    assert pause is not None
    assert pause.why == "The library is full."
    assert 50 < pause.left_s <= 60
    assert token.pause is None


def test_a_wait_without_a_reason_is_nobodys_business() -> None:
    token, seen = CancelToken(), list[Pause | None]()
    watcher = threading.Timer(0.05, look_and_cancel, (token, seen))
    watcher.start()
    with pytest.raises(Cancelled):
        token.wait(3600)  # longer than a test may take
    watcher.join()
    assert seen == [None]
