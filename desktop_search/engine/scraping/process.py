"""The fetching process seen from the engine: one for each address, ended when it takes too long or is not wanted."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import Any

from desktop_search.core.errors import Cancelled, FileProblem
from desktop_search.engine.scraping.worker import Job, work

STALL_LIMIT_S, LIMIT_S = 120.0, 3600.0  # without news; in all
_POLL_S = 0.2


def run(
    job: Job,
    *,
    wanted: Callable[[Any], bool],
    report: Callable[[int], None],
    stopped: Callable[[], bool],
    stall_limit_s: float = STALL_LIMIT_S,
) -> Any:  # noqa: ANN401 - a list of addresses, or a path
    """The addresses of the posts that are listed; or the path of the file, `None` where it was not `wanted`.

    Raises FileProblem with a readable cause, and Cancelled soon after `stopped()` became true.
    """
    context = multiprocessing.get_context("spawn")
    pipe, theirs = context.Pipe()
    process = context.Process(target=work, args=(theirs, job), name="fetching", daemon=True)
    process.start()
    theirs.close()
    try:
        for kind, value in _news(pipe, stopped, stall_limit_s):
            if kind == "progress":
                report(value)
            elif kind == "failed":
                raise FileProblem(value)
            elif kind != "found":
                return value
            elif not wanted(value):
                return None
            else:
                pipe.send(True)
    except (EOFError, OSError):
        raise FileProblem("Fetching this post crashed.") from None
    finally:
        pipe.close()
        process.kill()
        process.join()
        process.close()


def _news(pipe: Connection, stopped: Callable[[], bool], stall_limit_s: float) -> Iterator[tuple[str, Any]]:
    """What the process says, without end. Raises FileProblem where it takes too long, EOFError where it is gone."""
    end = time.monotonic() + LIMIT_S
    deadline = time.monotonic() + stall_limit_s
    while True:
        if stopped():
            raise Cancelled
        if pipe.poll(_POLL_S):
            deadline = time.monotonic() + stall_limit_s
            yield pipe.recv()
        elif time.monotonic() > min(deadline, end):
            raise FileProblem("Fetching this post took too long; it was given up.")
