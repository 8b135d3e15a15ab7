"""The playhead runs evenly, whatever libVLC reports and how seldom."""

from __future__ import annotations

from itertools import pairwise

import pytest

from desktop_search.player.playhead import Playhead


class Clock:
    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def head(clock: Clock) -> Playhead:
    made = Playhead(clock)
    made.put(10_000)
    return made


def _run(head: Playhead, clock: Clock, seconds: float) -> list[int]:
    """Where it is, sixty times a second."""
    seen = []
    for _ in range(round(seconds * 60)):
        clock.now_s += 1 / 60
        seen.append(head.now_ms())
    return seen


def test_it_runs_on_without_reports_at_its_rate(head: Playhead, clock: Clock) -> None:
    assert _run(head, clock, 2)[-1] == 12_000
    head.set_rate(4.0)
    assert head.now_ms() == 12_000
    assert _run(head, clock, 1)[-1] == 16_000


def test_it_stands_where_nothing_is_told_any_more(head: Playhead, clock: Clock) -> None:
    assert _run(head, clock, 6)[-1] == 12_000
    head.told(12_100)
    assert _run(head, clock, 1)[-1] == 13_100


@pytest.mark.parametrize("error_ms", [-240, -40, 30, 240])
@pytest.mark.parametrize("rate", [1.0, 0.5, 8.0])
def test_a_report_that_is_a_little_off_is_made_up_for_without_a_step(
    head: Playhead, clock: Clock, error_ms: int, rate: float
) -> None:
    head.set_rate(rate)
    _run(head, clock, 1)
    there = head.now_ms()
    head.told(there + error_ms)
    seen = [there, *_run(head, clock, 0.6)]
    steps = [after - before for before, after in pairwise(seen)]
    assert min(steps) >= 0
    assert max(steps) <= 1000 / 60 * rate + 240 / 30 + 1
    expected = there + 600 * rate + max(error_ms, -400 * rate)
    assert abs(seen[-1] - expected) <= 2


def test_a_report_from_elsewhere_is_believed(head: Playhead, clock: Clock) -> None:
    _run(head, clock, 1)
    head.told(50_000)
    assert head.now_ms() == 50_000
    head.told(3_000)
    assert head.now_ms() == 3_000


def test_right_after_a_seek_a_report_of_the_time_before_is_not(head: Playhead, clock: Clock) -> None:
    _run(head, clock, 1)
    head.put(60_000)
    _run(head, clock, 0.1)
    head.told(11_100)
    assert head.now_ms() == 60_100
