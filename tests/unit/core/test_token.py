"""Cancelling: seen at once by whoever waits."""

from __future__ import annotations

import threading
import time

import pytest

from desktop_search.core.errors import Cancelled
from desktop_search.core.token import CancelToken


def test_a_token_that_nobody_cancelled_lets_work_go_on() -> None:
    token = CancelToken()
    token.check()
    token.wait(0)
    token.wait(-1)
    assert not token.cancelled


def test_cancelling_ends_a_long_wait_at_once() -> None:
    token = CancelToken()
    begin = time.monotonic()
    timer = threading.Timer(0.05, token.cancel)
    timer.start()
    with pytest.raises(Cancelled):
        token.wait(60)
    timer.join()
    assert time.monotonic() - begin < 10
    with pytest.raises(Cancelled):
        token.check()
