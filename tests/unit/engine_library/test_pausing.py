"""Pausing: what runs stops where it is and goes on from there, what waits waits, what is urgent is done."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from desktop_search.core.errors import Cancelled
from desktop_search.engine.library.lane import Lane
from desktop_search.engine.library.worker import Worker
from desktop_search.engine.library.worker_process import Task
from tests.unit.engine_library.handlers import behave

_STALL_LIMIT_S = 4.0  # a worker process may take long to begin on a busy computer
_QUIET_S = 4.5  # a counting task that is not held up counts on within a few milliseconds


def _task(name: str) -> Task:
    return Task("video", Path("/nowhere"), name)


class _Counting:
    """A task that counts to 1000, and how far it is."""

    def __init__(self, lane: Lane, pause_at: int = 0) -> None:
        self.reached: list[int] = []
        self._lane, self._pause_at = lane, pause_at
        self.paused, self.counted = threading.Event(), threading.Event()
        self.future: Future[Any] = lane.submit(_task("count"), priority=1, report=self._report)

    def _report(self, permille: int) -> None:
        self.reached.append(permille)
        self.counted.set()
        if permille == self._pause_at:
            self._lane.pause()
            self.paused.set()

    def is_held_up(self) -> bool:
        """Whether it falls silent, after the time it has to notice."""
        while not self.future.done():
            self.counted.clear()
            if not self.counted.wait(_QUIET_S):
                return True
        return False


@pytest.fixture
def lane() -> Iterator[Lane]:
    made = Lane("test", 1, lambda: Worker(behave, stall_limit_s=_STALL_LIMIT_S), urgent=0)
    yield made
    made.close()


def test_what_runs_stops_and_goes_on_from_where_it_was(lane: Lane) -> None:
    counting = _Counting(lane, pause_at=200)
    assert counting.paused.wait(60)
    assert counting.is_held_up()  # for longer than the stall limit
    assert 200 <= counting.reached[-1] < 1000
    lane.resume()
    assert counting.future.result(60) > 0
    assert counting.reached == list(range(1, 1001))


def test_what_waits_waits_but_what_is_urgent_is_done(lane: Lane) -> None:
    lane.pause()
    waiting = lane.submit(_task("good"), priority=1)
    assert lane.submit(_task("good"), priority=0).result(60) > 0
    assert not waiting.done()
    lane.resume()
    assert waiting.result(60) > 0


def test_a_paused_task_ends_when_it_is_not_wanted_any_more(lane: Lane) -> None:
    unwanted = threading.Event()
    paused = threading.Event()

    def report(permille: int) -> None:
        if permille == 100:
            lane.pause()
            paused.set()

    future = lane.submit(_task("count"), priority=1, report=report, stopped=unwanted.is_set)
    assert paused.wait(60)
    unwanted.set()
    assert isinstance(future.exception(60), Cancelled)
    lane.resume()
    assert lane.submit(_task("good")).result(60) > 0


def test_a_pause_that_comes_too_late_does_not_disturb_the_next_task() -> None:
    worker = Worker(behave, stall_limit_s=30.0)
    for _ in range(3):
        paused = threading.Event()
        first = worker.run(_task("good"), lambda _, paused=paused: paused.set(), lambda: False, paused.is_set)  # type: ignore[misc]
        assert worker.run(_task("good"), lambda _: None, lambda: False) == first
    worker.close()


def test_a_paused_lane_closes(lane: Lane) -> None:
    counting = _Counting(lane, pause_at=100)
    assert counting.paused.wait(60)
    later = lane.submit(_task("good"), priority=1)
    lane.close()
    assert isinstance(counting.future.exception(0), Cancelled)
    assert isinstance(later.exception(0), Cancelled)
    assert isinstance(lane.submit(_task("good")).exception(0), Cancelled)
