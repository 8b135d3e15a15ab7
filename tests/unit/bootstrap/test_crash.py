"""What nobody caught reaches the log and the bridge, from any thread, without keys."""

from __future__ import annotations

import faulthandler
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.crash import CRASH_NAME, LAST_CRASH_NAME, CrashBridge, CrashGuard
from desktop_search.bootstrap.logs import Redactor
from tests.support.logs import ExpectedLogs

KEY = "sk-mavi-1234567890abcdef"


@pytest.fixture
def bridge(qtbot: QtBot) -> CrashBridge:
    return CrashBridge()


@pytest.fixture
def guard(tmp_path: Path, bridge: CrashBridge) -> Iterator[CrashGuard]:
    made = CrashGuard(tmp_path, bridge, Redactor())
    was_enabled = faulthandler.is_enabled()
    hooks = (sys.excepthook, threading.excepthook)
    assert made.install() == ""
    yield made
    made.remove()
    assert (sys.excepthook, threading.excepthook) == hooks
    if was_enabled:
        faulthandler.enable(2)


def an_error() -> Exception:
    try:
        raise RuntimeError(f"a slip with {KEY}")
    except RuntimeError as error:
        return error


@pytest.mark.usefixtures("guard")
def test_an_uncaught_error_is_told_with_details_but_without_keys(
    bridge: CrashBridge, qtbot: QtBot, expected_logs: ExpectedLogs
) -> None:
    expected_logs.expect("uncaught")
    with qtbot.waitSignal(bridge.crashed) as told:
        error = an_error()
        sys.excepthook(type(error), error, error.__traceback__)
    summary, details = told.args
    assert summary.startswith("RuntimeError: a slip")
    assert "in an_error" in details
    assert KEY not in summary + details


@pytest.mark.usefixtures("guard")
def test_an_uncaught_error_of_another_thread_is_told_too(
    bridge: CrashBridge, qtbot: QtBot, expected_logs: ExpectedLogs
) -> None:
    expected_logs.expect("uncaught")

    def slip() -> None:
        raise RuntimeError("elsewhere")

    with qtbot.waitSignal(bridge.crashed) as told:
        thread = threading.Thread(target=slip)
        thread.start()
        thread.join()
    assert told.args[0] == "RuntimeError: elsewhere"


@pytest.mark.usefixtures("guard")
def test_an_error_while_telling_does_not_go_round_in_circles(bridge: CrashBridge, expected_logs: ExpectedLogs) -> None:
    expected_logs.expect("uncaught")
    told: list[str] = []

    def tell(summary: str) -> None:
        told.append(summary)
        error = an_error()
        sys.excepthook(type(error), error, error.__traceback__)

    bridge.crashed.connect(tell)
    error = an_error()
    sys.excepthook(type(error), error, error.__traceback__)
    assert len(told) == 1


def test_the_next_start_knows_that_the_last_run_crashed(tmp_path: Path, bridge: CrashBridge) -> None:
    (tmp_path / CRASH_NAME).write_text("Fatal Python error: Segmentation fault\n")
    guard = CrashGuard(tmp_path, bridge)
    assert guard.install() == "Fatal Python error: Segmentation fault"
    guard.remove()
    faulthandler.enable(2)
    assert [file.name for file in tmp_path.iterdir()] == [LAST_CRASH_NAME]  # for a report, also after that run
    assert "Segmentation fault" in (tmp_path / LAST_CRASH_NAME).read_text()


def test_where_nothing_can_be_written_the_hooks_work_all_the_same(tmp_path: Path, bridge: CrashBridge) -> None:
    (tmp_path / "file").write_text("in the way")
    guard = CrashGuard(tmp_path / "file", bridge)
    assert guard.install() == ""
    assert sys.excepthook != sys.__excepthook__
    guard.remove()
