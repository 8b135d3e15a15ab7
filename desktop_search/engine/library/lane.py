"""Tasks waiting for their turn in worker processes."""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from desktop_search.core.errors import Cancelled
from desktop_search.engine.library.worker import Worker
from desktop_search.engine.library.worker_process import Task

IDLE_S = 120.0
_LAST = 1_000_000  # the priority of the word to end


def _never() -> bool:
    return False


def _unheard(permille: int) -> None:
    del permille


@dataclass(order=True)
class _Job:
    priority: int
    number: int
    task: Task | None = field(compare=False)
    future: Future[Any] = field(compare=False)
    report: Callable[[int], None] = field(compare=False, default=_unheard)
    stopped: Callable[[], bool] = field(compare=False, default=_never)


class Lane:
    """A number of workers with one queue. Smaller priorities go first, then the order of arrival."""

    def __init__(self, name: str, workers: int, make_worker: Callable[[], Worker], *, idle_s: float = IDLE_S) -> None:
        self._make_worker, self._idle_s = make_worker, idle_s
        self._jobs: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._closing = threading.Event()
        self._threads = [
            threading.Thread(target=self._serve, name=f"{name}-{index}", daemon=True) for index in range(workers)
        ]
        for thread in self._threads:
            thread.start()

    def submit(
        self,
        task: Task,
        *,
        priority: int = 0,
        report: Callable[[int], None] = _unheard,
        stopped: Callable[[], bool] = _never,
    ) -> Future[Any]:
        """The future gets what the worker returned, FileProblem, or Cancelled when `stopped` or the lane is closed."""
        future: Future[Any] = Future()
        self._jobs.put(_Job(priority, next(self._numbers), task, future, report, stopped))
        return future

    def close(self) -> None:
        """Stop what runs, drop what waits, end the processes. Returns when all is over."""
        self._closing.set()
        for _ in self._threads:
            self._jobs.put(_Job(_LAST, next(self._numbers), None, Future()))
        for thread in self._threads:
            thread.join()

    def _serve(self) -> None:
        worker = self._make_worker()
        while True:
            try:
                job = self._jobs.get(timeout=self._idle_s)
            except queue.Empty:
                worker.close()  # models take memory; the next task starts a process again
                continue
            if job.task is None:
                break
            self._run(worker, job, job.task)
        worker.close()

    def _run(self, worker: Worker, job: _Job, task: Task) -> None:
        def stopped() -> bool:
            return self._closing.is_set() or job.stopped()

        try:
            if stopped():
                raise Cancelled
            result = worker.run(task, job.report, stopped)
        except BaseException as error:  # noqa: BLE001 - the one who asked is told, the lane serves on
            job.future.set_exception(error)
        else:
            job.future.set_result(result)
