"""Worker processes: a crash, a hang or a failure costs one file and nothing else."""

from __future__ import annotations

import multiprocessing
import re
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_search.core.errors import Cancelled, FileProblem
from desktop_search.core.worker_limits import memory_limit_bytes, peak_bytes, time_limit_s
from desktop_search.engine.library.lane import Lane
from desktop_search.engine.library.worker import TASKS_PER_PROCESS, Worker
from desktop_search.engine.library.worker_process import Task
from tests.unit.engine_library.handlers import behave


def _task(name: str) -> Task:
    return Task("video", Path("/nowhere"), name)


def _never() -> bool:
    return False


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker(behave, stall_limit_s=4.0, time_limit_s=lambda length_ms: 1.0 if length_ms else 60.0)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("crash", "decoder crash"),
        ("exit", "decoder crash"),
        ("hang", "got stuck"),
        ("fail", "The file is empty. Copy it again."),
        ("bug", "could not be read."),
        ("memory", "not enough memory"),
        ("swell", "not enough memory"),
        ("swell unhindered", "not enough memory"),
        ("long", "given up after 1 min"),
        ("deep", "could not be read."),
    ],
)
def test_a_bad_file_costs_itself_alone(worker: Worker, name: str, words: str) -> None:
    with pytest.raises(FileProblem, match=re.escape(words)) as caught:
        worker.run(_task(name), lambda _: None, _never)
    assert not re.search(r"Error|Exception|Traceback", str(caught.value))
    reports: list[int] = []
    assert worker.run(_task("good"), reports.append, _never) > 0
    assert reports == [0, 500, 1000]


def test_what_went_wrong_inside_is_kept_for_the_log(worker: Worker) -> None:
    with pytest.raises(FileProblem) as caught:
        worker.run(_task("bug"), lambda _: None, _never)
    assert "ZeroDivisionError: oops" in caught.value.details


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux refuses memory to a process")
def test_a_worker_process_is_refused_more_memory_than_the_limit(worker: Worker) -> None:
    assert worker.run(_task("limit"), lambda _: None, _never) == memory_limit_bytes()


def test_limits_grow_with_the_computer_and_the_video() -> None:
    assert 3 << 30 <= memory_limit_bytes() <= 8 << 30
    assert time_limit_s(0) < time_limit_s(60_000) < time_limit_s(3_600_000)
    assert 1 << 20 < peak_bytes() < 1 << 40


def test_a_crash_says_its_signal_in_the_details(worker: Worker) -> None:
    with pytest.raises(FileProblem) as caught:
        worker.run(_task("crash"), lambda _: None, _never)
    assert caught.value.details == "ended by SIGSEGV"


def test_stops_soon_when_asked(worker: Worker) -> None:
    asked = threading.Event()
    with pytest.raises(Cancelled):
        worker.run(_task("hang"), lambda _: asked.set(), asked.is_set)


def test_a_process_is_used_again_and_renewed_now_and_then(worker: Worker) -> None:
    pids = [worker.run(_task("good"), lambda _: None, _never) for _ in range(TASKS_PER_PROCESS + 1)]
    assert len(set(pids[:TASKS_PER_PROCESS])) == 1
    assert pids[-1] != pids[0]


def test_a_lane_serves_the_urgent_first_and_drops_the_rest_at_its_end() -> None:
    order: list[str] = []
    lane = Lane("test", 1, lambda: Worker(behave, stall_limit_s=60.0))
    running = threading.Event()
    hanging = lane.submit(_task("hang"), report=lambda _: running.set(), stopped=lambda: len(order) > 0)
    assert running.wait(30)
    later = lane.submit(_task("later"), priority=2)
    urgent = lane.submit(_task("urgent"), priority=0)
    urgent.add_done_callback(lambda _: order.append("urgent"))
    later.add_done_callback(lambda _: order.append("later"))
    order.append("go")
    assert isinstance(hanging.exception(30), Cancelled)
    assert later.result(30) == urgent.result(30)
    assert order == ["go", "urgent", "later"]
    again = threading.Event()
    last = [lane.submit(_task("hang"), report=lambda _: again.set()), lane.submit(_task("good"))]
    assert again.wait(30)
    lane.close()
    assert all(isinstance(each.exception(0), Cancelled) for each in last)


def test_an_idle_lane_lets_its_process_go() -> None:
    lane = Lane("test", 1, lambda: Worker(behave), idle_s=0.05)
    first = lane.submit(_task("good")).result(30)
    end = time.monotonic() + 30
    while multiprocessing.active_children():
        assert time.monotonic() < end
        threading.Event().wait(0.02)
    assert lane.submit(_task("good")).result(30) != first
    lane.close()
