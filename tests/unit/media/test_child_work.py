"""Work in a child process: its crash, hang or failure costs one file and nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable

import pytest

from desktop_search.core.errors import Cancelled, DiskFull, FileProblem
from desktop_search.core.token import CancelToken
from desktop_search.media.child_work import run_in_child


def behave(how: str, report: Callable[[int], None]) -> int:
    report(1)
    if how == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if how == "hang":
        threading.Event().wait()
    if how == "fail":
        raise DiskFull("Full.", hint="Free some.")
    if how == "bug":
        raise ZeroDivisionError("oops")
    return os.getpriority(os.PRIO_PROCESS, 0)


def unheard(_permille: int) -> None:
    pass


def test_it_steps_back_and_answers() -> None:
    heard: list[int] = []
    assert run_in_child(behave, "", CancelToken(), heard.append) > os.getpriority(os.PRIO_PROCESS, 0)
    assert heard == [1]


def test_a_crash_is_said_of_the_file() -> None:
    with pytest.raises(FileProblem, match="made the decoder crash") as caught:
        run_in_child(behave, "crash", CancelToken(), unheard)
    assert caught.value.details == "ended by SIGSEGV"


def test_errors_come_through_as_they_are() -> None:
    with pytest.raises(DiskFull, match=r"Full\. Free some\."):
        run_in_child(behave, "fail", CancelToken(), unheard)
    with pytest.raises(FileProblem, match="could not be read") as caught:
        run_in_child(behave, "bug", CancelToken(), unheard)
    assert "oops" in caught.value.details


def test_a_hang_can_be_cancelled_and_ends_by_itself() -> None:
    token = CancelToken()
    with pytest.raises(Cancelled):
        run_in_child(behave, "hang", token, lambda _: token.cancel())
    with pytest.raises(FileProblem, match="stuck"):
        run_in_child(behave, "hang", CancelToken(), unheard, stall_limit_s=0.2)


def test_it_ends_with_its_parent_however_that_ends() -> None:
    code = (
        "from desktop_search.core.token import CancelToken\n"
        "from desktop_search.media.child_work import run_in_child\n"
        "from tests.unit.media.test_child_work import behave\n"
        "if __name__ == '__main__':\n"
        "    run_in_child(behave, 'hang', CancelToken(), lambda told: print(told, flush=True))\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"1\n"
        parent.kill()
        parent.wait(10)
        assert parent.stdout.read() == b""  # the child holds the other end of the pipe for as long as it lives
