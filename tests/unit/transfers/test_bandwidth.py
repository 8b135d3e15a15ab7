"""The limit on how fast uploads are: smooth, shared, changed at once, left at once."""

from __future__ import annotations

import contextlib
import threading

import pytest

from desktop_search.core.errors import Cancelled
from desktop_search.core.token import CancelToken
from desktop_search.transfers.bandwidth import Bandwidth


class Clock(CancelToken):
    """A clock that goes on as far as somebody waits."""

    def __init__(self) -> None:
        super().__init__()
        self.now_s = 1000.0

    def wait(self, seconds: float, why: str = "") -> None:
        self.now_s += seconds


def sent_by(bandwidth: Bandwidth, clock: Clock, until_s: float, wanted: int = 256 * 1024) -> list[tuple[float, int]]:
    """(When, how many bytes) until then."""
    slices: list[tuple[float, int]] = []
    while clock.now_s < until_s:
        granted = bandwidth.take(wanted, clock)
        slices.append((clock.now_s, granted))
    return slices


@pytest.mark.parametrize("limit", [1_000, 300_000, 10_000_000])
def test_no_second_has_more_than_the_limit_and_a_little(limit: int) -> None:
    clock = Clock()
    slices = sent_by(Bandwidth(lambda: limit, lambda: clock.now_s), clock, 1010.0)
    total = sum(size for _, size in slices)
    assert total == pytest.approx(10 * limit, rel=0.03)
    for began, _ in slices:
        window = sum(size for at, size in slices if began <= at < began + 0.5)
        assert window <= 0.5 * limit + 0.2 * limit


def test_no_limit_is_no_wait_and_the_whole_piece() -> None:
    clock = Clock()
    assert Bandwidth(lambda: 0, lambda: clock.now_s).take(12_345, clock) == 12_345
    assert clock.now_s == 1000.0


def test_time_that_nobody_used_is_not_saved_up() -> None:
    clock = Clock()
    bandwidth = Bandwidth(lambda: 100_000, lambda: clock.now_s)
    bandwidth.take(1000, clock)
    clock.now_s += 60
    began = clock.now_s
    assert sum(size for _, size in sent_by(bandwidth, clock, began + 1)) <= 120_000


def test_a_change_holds_at_once() -> None:
    clock, limits = Clock(), [100_000]
    bandwidth = Bandwidth(lambda: limits[0], lambda: clock.now_s)
    sent_by(bandwidth, clock, 1002.0)
    for limit in (10_000, 1_000_000):
        limits[0] = limit
        assert bandwidth.limit_bytes_s == limit
        began = clock.now_s
        assert sum(size for _, size in sent_by(bandwidth, clock, began + 2)) == pytest.approx(2 * limit, rel=0.15)
    limits[0] = 0
    assert bandwidth.take(10**9, clock) == 10**9


def test_all_uploads_together_keep_to_the_limit() -> None:
    clock = Clock()
    bandwidth = Bandwidth(lambda: 100_000, lambda: clock.now_s)
    shares = [0, 0, 0]
    while clock.now_s < 1010.0:
        for which, wanted in enumerate((256 * 1024, 10_000, 256 * 1024)):
            shares[which] += bandwidth.take(wanted, clock)
    assert sum(shares) == pytest.approx(1_000_000, rel=0.03)
    assert max(shares) - min(shares) < 20_000


def test_waiting_ends_the_moment_it_is_cancelled() -> None:
    bandwidth, token = Bandwidth(lambda: 1), CancelToken()
    bandwidth.take(1, token)
    ended = threading.Event()

    def wait() -> None:
        with contextlib.suppress(Cancelled):
            while True:
                bandwidth.take(1, token)
        ended.set()

    threading.Thread(target=wait, daemon=True).start()
    token.cancel()
    assert ended.wait(20)
