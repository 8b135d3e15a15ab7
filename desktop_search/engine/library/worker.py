"""A worker process seen from the engine: restarted when it crashes, killed when it hangs."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from desktop_search.core.errors import Cancelled, FileProblem
from desktop_search.engine.library.pausing import GO_ON, PAUSE
from desktop_search.engine.library.worker_process import Handler, Task, analyse, work

STALL_LIMIT_S = 600.0
TASKS_PER_PROCESS = 50  # a fresh process now and then: decoders leak
_POLL_S = 0.2


def _never() -> bool:
    return False


class Worker:
    """Runs one task at a time in a process of its own. For one thread only, but for `stop`."""

    def __init__(self, handler: Handler = analyse, *, stall_limit_s: float = STALL_LIMIT_S) -> None:
        self._handler, self._stall_limit_s = handler, stall_limit_s
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

        Raises FileProblem with a readable cause when it fails, crashes or makes no progress for the stall limit, and
        Cancelled soon after `stopped()` became true.
        """
        pipe = self._ready()
        try:
            pipe.send(task)
            answer = self._await(pipe, report, stopped, paused)
        except (EOFError, OSError):
            raise FileProblem("Reading this file made the decoder crash.", details=self._end()) from None
        except BaseException:
            self._end()
            raise
        self._done += 1
        if self._done >= TASKS_PER_PROCESS:
            self._end()
        kind, value = answer
        if kind == "failed":
            raise FileProblem(str(value))
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
    ) -> tuple[str, object]:
        deadline, reached, pausing = time.monotonic() + self._stall_limit_s, -1, False
        while True:
            if stopped():
                raise Cancelled
            if paused() is not pausing:
                pausing = not pausing
                pipe.send(PAUSE if pausing else GO_ON)
            if pausing:
                deadline = time.monotonic() + self._stall_limit_s
            if pipe.poll(_POLL_S):
                kind, value = pipe.recv()
                if kind != "progress":
                    return kind, value
                if value > reached:
                    deadline, reached = time.monotonic() + self._stall_limit_s, value
                    report(value)
            elif time.monotonic() > deadline:
                minutes = max(1, round(self._stall_limit_s / 60))
                raise FileProblem(f"Reading this file got stuck: no progress for {minutes} min.")

    def _end(self) -> str:
        """Kill the process if there is one; says how it ended, for the log."""
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if pipe is not None:
            pipe.close()
        if process is None:
            return ""
        process.join(_POLL_S)
        process.kill()
        process.join()
        code = process.exitcode or 0
        process.close()
        return f"ended by {signal.Signals(-code).name}" if code < 0 else f"ended with {code}"
