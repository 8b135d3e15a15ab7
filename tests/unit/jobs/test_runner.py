"""Long work: exactly one end, on the GUI thread, and nothing older than the newest search."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QThreadPool
from pytestqt.qtbot import QtBot

from desktop_search.core.errors import AppError, NetworkError
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobHandle, JobRunner, Report, Work
from tests.support.logs import ExpectedLogs

DEADLINE_S = 10.0


class Ends:
    """Every end and report of one job, with the thread that each came on."""

    def __init__(self) -> None:
        self.events: list[tuple[str, Any]] = []
        self.threads: set[threading.Thread] = set()

    def note(self, kind: str, value: Any = None) -> None:
        self.events.append((kind, value))
        self.threads.add(threading.current_thread())

    def callbacks(self) -> dict[str, Any]:
        return {
            "done": lambda value: self.note("done", value),
            "failed": lambda error: self.note("failed", error),
            "cancelled": lambda: self.note("cancelled"),
            "progress": lambda value: self.note("progress", value),
        }

    @property
    def last(self) -> str:
        return self.events[-1][0] if self.events else ""


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[JobRunner]:
    made = JobRunner({"wide": 2})
    yield made
    assert made.shut_down() == []
    made.deleteLater()


def wait_until_cancelled(token: CancelToken, report: Report) -> None:
    token.wait(DEADLINE_S)
    raise AssertionError("nobody cancelled")


def test_what_the_work_returns_arrives_once_on_the_gui_thread_after_its_reports(
    runner: JobRunner, qtbot: QtBot
) -> None:
    ends, worker = Ends(), []

    def work(token: CancelToken, report: Report) -> str:
        worker.append(threading.current_thread())
        for value in (1, 5_000_000_000, 3):
            report(value)
        return "answer"

    runner.start(work, lane="search", **ends.callbacks())
    qtbot.waitUntil(lambda: ends.last == "done")
    assert ends.events == [("progress", 1), ("progress", 5_000_000_000), ("progress", 3), ("done", "answer")]
    assert ends.threads == {threading.main_thread()}
    assert worker != [threading.main_thread()]


def test_an_error_for_the_user_arrives_as_it_is(runner: JobRunner, qtbot: QtBot) -> None:
    ends, error = Ends(), NetworkError("The server does not answer.", hint="Try again.")

    def work(token: CancelToken, report: Report) -> None:
        raise error

    runner.start(work, lane="search", **ends.callbacks())
    qtbot.waitUntil(lambda: bool(ends.events))
    assert ends.events == [("failed", error)]


def test_an_unforeseen_exception_becomes_an_error_for_the_user_and_is_logged(
    runner: JobRunner, qtbot: QtBot, expected_logs: ExpectedLogs
) -> None:
    expected_logs.expect("lane 'search' failed unexpectedly")
    ends = Ends()

    def work(token: CancelToken, report: Report) -> None:
        raise ZeroDivisionError("a slip")

    runner.start(work, lane="search", **ends.callbacks())
    qtbot.waitUntil(lambda: bool(ends.events))
    (kind, error), *others = ends.events
    assert kind == "failed"
    assert not others
    assert isinstance(error, AppError)
    assert error.details == "ZeroDivisionError: a slip"
    assert "slip" not in str(error)


def test_cancelling_ends_the_work_as_cancelled_once(runner: JobRunner, qtbot: QtBot) -> None:
    ends = Ends()
    handle = runner.start(wait_until_cancelled, lane="search", **ends.callbacks())
    handle.cancel()
    handle.cancel()
    qtbot.waitUntil(lambda: bool(ends.events))
    assert ends.events == [("cancelled", None)]


def test_work_that_returns_although_cancelled_counts_as_cancelled(runner: JobRunner, qtbot: QtBot) -> None:
    ends, started = Ends(), threading.Event()

    def work(token: CancelToken, report: Report) -> str:
        started.set()
        try:
            token.wait(DEADLINE_S)
        finally:
            report("too late")
            return "stale"  # noqa: B012 - that it swallows the cancelling is the point

    handle = runner.start(work, lane="search", **ends.callbacks())
    assert started.wait(DEADLINE_S)
    handle.cancel()
    qtbot.waitUntil(lambda: bool(ends.events))
    assert ends.events == [("cancelled", None)]


def test_a_newer_search_makes_older_answers_void(runner: JobRunner, qtbot: QtBot) -> None:
    old, new = Ends(), Ends()
    runner.start(wait_until_cancelled, lane="search", latest_wins=True, **old.callbacks())
    runner.start(lambda token, report: "new", lane="search", latest_wins=True, **new.callbacks())
    qtbot.waitUntil(lambda: new.last == "done" and bool(old.events))
    assert old.events == [("cancelled", None)]
    assert new.events == [("done", "new")]


def test_a_newer_search_leaves_other_lanes_alone(runner: JobRunner, qtbot: QtBot) -> None:
    other, new, release = Ends(), Ends(), threading.Event()

    def work(token: CancelToken, report: Report) -> bool:
        return release.wait(DEADLINE_S)

    runner.start(work, lane="uploads", **other.callbacks())
    runner.start(lambda token, report: "new", lane="search", latest_wins=True, **new.callbacks())
    qtbot.waitUntil(lambda: new.last == "done")
    assert not other.events
    release.set()
    qtbot.waitUntil(lambda: bool(other.events))
    assert other.events == [("done", True)]


def test_a_lane_of_one_thread_keeps_the_order_and_a_wide_one_runs_together(runner: JobRunner, qtbot: QtBot) -> None:
    order: list[int] = []

    def noting(number: int) -> Work:
        return lambda token, report: order.append(number)

    for number in range(5):
        runner.start(noting(number), lane="narrow")
    meeting = threading.Barrier(2, timeout=DEADLINE_S)
    met = [Ends(), Ends()]
    for ends in met:
        runner.start(lambda token, report: meeting.wait() >= 0, lane="wide", **ends.callbacks())
    qtbot.waitUntil(lambda: len(order) == 5 and all(ends.last == "done" for ends in met))
    assert order == [0, 1, 2, 3, 4]


def test_shutting_down_cancels_everything_and_later_work_never_runs(runner: JobRunner, qtbot: QtBot) -> None:
    running, waiting, late, ran = Ends(), Ends(), Ends(), []
    runner.start(wait_until_cancelled, lane="uploads", **running.callbacks())
    runner.start(lambda token, report: ran.append("waiting"), lane="uploads", **waiting.callbacks())
    assert runner.shut_down() == []
    runner.start(lambda token, report: ran.append("late"), lane="uploads", **late.callbacks())
    qtbot.waitUntil(lambda: all(ends.events for ends in (running, waiting, late)))
    assert [ends.events for ends in (running, waiting, late)] == [[("cancelled", None)]] * 3
    assert not ran


def test_after_the_end_no_thread_is_needed_to_say_that_work_is_cancelled(runner: JobRunner, qtbot: QtBot) -> None:
    ends = Ends()
    runner.shut_down()
    runner.start(lambda _token, _report: None, lane="uploads", **ends.callbacks())
    assert not runner.findChildren(QThreadPool)
    qtbot.waitUntil(lambda: ends.last == "cancelled")


def test_shutting_down_names_the_lanes_that_do_not_stop(
    runner: JobRunner, qtbot: QtBot, expected_logs: ExpectedLogs
) -> None:
    expected_logs.expect("still busy at the end: stubborn")
    ends, started, release = Ends(), threading.Event(), threading.Event()

    def work(token: CancelToken, report: Report) -> None:
        started.set()
        release.wait(DEADLINE_S)

    runner.start(work, lane="stubborn", **ends.callbacks())
    assert started.wait(DEADLINE_S)
    assert runner.shut_down(deadline_s=0.05) == ["stubborn"]
    release.set()
    qtbot.waitUntil(lambda: bool(ends.events))


def test_the_end_of_a_job_after_its_window_is_no_error(qtbot: QtBot) -> None:
    started, release = threading.Event(), threading.Event()

    def work(token: CancelToken, report: Report) -> None:
        started.set()
        release.wait(DEADLINE_S)

    runner = JobRunner()
    handle: JobHandle = runner.start(work, lane="search")
    assert started.wait(DEADLINE_S)
    pool = runner._pool("search")
    pool.setParent(None)
    runner.deleteLater()
    with qtbot.waitSignal(handle.destroyed):
        pass
    release.set()
    assert pool.waitForDone(round(DEADLINE_S * 1000))
