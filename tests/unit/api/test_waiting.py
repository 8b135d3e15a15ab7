"""Work on a thread of its own tells whoever called what it waits for."""

from __future__ import annotations

import threading

import pytest

from desktop_search.api.limiter import Limiter
from desktop_search.api.waiting import run_cancellable
from desktop_search.core.calls import CallKind
from desktop_search.core.errors import Cancelled
from desktop_search.core.token import CancelToken, Pause
from desktop_search.core.transfer_settings import RateLimit


def test_a_full_limit_is_a_pause_of_the_outermost_token() -> None:
    limiter = Limiter(lambda: {CallKind.SEARCH: RateLimit(1, 60.0)})
    limiter.enter(CallKind.SEARCH, CancelToken())
    token, ends = CancelToken(), list[str]()

    def search() -> None:
        try:
            run_cancellable(  # one in the other, as calls of several parts of the client are
                lambda own, _: run_cancellable(lambda inner, _: limiter.enter(CallKind.SEARCH, inner), own), token
            )
        except Cancelled:
            ends.append("cancelled")

    thread = threading.Thread(target=search)
    thread.start()
    seen: Pause | None = None
    looking = CancelToken()
    for _look in range(2000):
        seen = seen or token.pause
        if seen is not None:
            break
        looking.wait(0.01)
    assert seen is not None
    assert "only so many calls" in seen.why
    assert 0 < seen.left_s <= 63
    token.cancel()
    thread.join(20)
    assert ends == ["cancelled"]
    assert token.pause is None


def test_the_pause_is_over_when_the_work_goes_on() -> None:
    token, looking, told = CancelToken(), CancelToken(), threading.Event()

    def work(own: CancelToken, _progress: object) -> str:
        own.wait(0.2, "A moment.")
        told.wait(20)
        return "done"

    def look() -> None:
        for is_awaited in (True, False):
            while (token.pause is not None) is not is_awaited:
                looking.wait(0.01)
        told.set()

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    assert run_cancellable(work, token) == "done"
    assert told.is_set()


def test_another_call_of_the_same_token_takes_no_pause_away() -> None:
    token = CancelToken()
    token.pause = mine = Pause("Mine.", 0)
    run_cancellable(lambda own, _: own.wait(0.2), token)
    assert token.pause is mine


@pytest.mark.parametrize("seconds", [0.0, -1.0])
def test_no_wait_is_no_pause(seconds: float) -> None:
    token = CancelToken()
    token.wait(seconds, "Never seen.")
    assert token.pause is None
