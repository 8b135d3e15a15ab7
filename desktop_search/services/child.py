"""What every child process of the window needs: its lines read as they come, and an end in order."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from contextlib import suppress
from typing import IO

END_DEADLINE_S = 15.0


def pump(output: IO[bytes], take: Callable[[bytes], None]) -> None:
    """Hand over the child's lines as they come, and b"" at their end; so its pipe never fills up."""
    with output:
        for line in output:
            take(line)
    take(b"")


def end_child(child: subprocess.Popen[bytes], on_late: Callable[[], None] = lambda: None) -> None:
    """Closing its input asks it to end; one that does not within the deadline is told (`on_late`),
    terminated, then killed. Nobody waits for it in front of a window: that is hidden by then.
    """
    with suppress(OSError):
        if child.stdin is not None:
            child.stdin.close()
    for ask in (child.terminate, child.kill):
        with suppress(subprocess.TimeoutExpired):
            child.wait(END_DEADLINE_S)
            return
        on_late()
        ask()
    child.wait(END_DEADLINE_S)
