"""A worker process seen from the engine: restarted when it crashes, killed when it hangs."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from desktop_search.core.errors import Cancelled, FileProblem
from desktop_search.core.worker_limits import death, time_limit_s
from desktop_search.engine.library.pausing import GO_ON, PAUSE
from desktop_search.engine.library.worker_process import Handler, Task, analyse, work

STALL_LIMIT_S = 600.0
TASKS_PER_PROCESS = 50  # a fresh process now and then: decoders leak
_POLL_S = 0.2


def _never() -> bool:
    return False


class Worker:
    """Runs one task at a time in a process of its own. For one thread only, but for `stop`."""

    def __init__(
        self,
        handler: Handler = analyse,
        *,
        stall_limit_s: float = STALL_LIMIT_S,
        time_limit_s: Callable[[int], float] = time_limit_s,
    ) -> None:
        """`time_limit_s` says, from a video's length in ms, how long reading it may take in all."""
        self._handler, self._stall_limit_s, self._time_limit_s = handler, stall_limit_s, time_limit_s
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._done = 0

    def run(
        self,
        task: Task,
        report: Callable[[int], None],
        stopped: Callable[[], bool],
        paused: Callable[[], bool] = _never,
    ) -> Any:  # noqa: ANN401 - whatever the handler returns
        """What the handler returns. While `paused()` it makes no progress, and goes on from there.

        Raises FileProblem with a readable cause when it fails, crashes, makes no progress for the stall limit or takes
        too long for its length, and Cancelled soon after `stopped()` became true.
        """
        pipe = self._ready()
        try:
            pipe.send(task)
            answer = self._await(pipe, report, stopped, paused)
        except (EOFError, OSError):
            raise death(self._end()) from None
        except BaseException:
            self._end()
            raise
        self._done += 1
        if self._done >= TASKS_PER_PROCESS:
            self._end()
        kind, value = answer
        if kind == "failed":
            cause, details = value
            raise FileProblem(cause, details=details)
        return value

    def close(self) -> None:
        """End the process."""
        self._end()

    def _ready(self) -> Connection:
        if self._pipe is not None and self._process is not None and self._process.is_alive():
            return self._pipe
        self._end()
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=work, args=(theirs, self._handler), name="indexing", daemon=True)
        self._process.start()
        theirs.close()
        self._done = 0
        return self._pipe

    def _await(
        self,
        pipe: Connection,
        report: Callable[[int], None],
        stopped: Callable[[], bool],
        paused: Callable[[], bool],
    ) -> tuple[str, Any]:
        clock, reached, pausing = _Clock(self._stall_limit_s, self._time_limit_s), -1, False
        while True:
            if stopped():
                raise Cancelled
            if paused() is not pausing:
                pausing = not pausing
                pipe.send(PAUSE if pausing else GO_ON)
            clock.look(pausing=pausing)
            if pipe.poll(_POLL_S):
                kind, value = pipe.recv()
                if kind == "length":
                    clock.length(value)
                elif kind != "progress":
                    return kind, value
                elif value > reached:
                    reached = value
                    clock.progress()
                    report(value)

    def _end(self) -> int:
        """Kill the process if there is one; its exit code, below 0 where a signal ended it."""
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if pipe is not None:
            pipe.close()
        if process is None:
            return 0
        process.join(_POLL_S)
        process.kill()
        process.join()
        code = process.exitcode or 0
        process.close()
        return code


class _Clock:
    """How long one task has worked, pauses left out, and how long it may."""

    def __init__(self, stall_limit_s: float, time_limit_s: Callable[[int], float]) -> None:
        self._stall_limit_s, self._time_limit_s = stall_limit_s, time_limit_s
        self._limit_s = time_limit_s(0)
        self._worked_s = self._stalled_s = 0.0
        self._looked_s = time.monotonic()

    def length(self, length_ms: int) -> None:
        self._limit_s = self._time_limit_s(length_ms)

    def progress(self) -> None:
        self._stalled_s = 0.0

    def look(self, *, pausing: bool) -> None:
        """Count the time since the last look. Raises FileProblem when it was too much."""
        now_s = time.monotonic()
        if not pausing:
            self._worked_s += now_s - self._looked_s
            self._stalled_s += now_s - self._looked_s
        self._looked_s = now_s
        if self._stalled_s > self._stall_limit_s:
            raise FileProblem(f"Reading this file got stuck: no progress for {_minutes(self._stall_limit_s)}.")
        if self._worked_s > self._limit_s:
            raise FileProblem(f"Reading this file was given up after {_minutes(self._worked_s)}: it takes too long.")


def _minutes(seconds: float) -> str:
    return f"{max(1, round(seconds / 60))} min"
