"""Tasks waiting for their turn in worker processes."""

from __future__ import annotations

import heapq
import itertools
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from desktop_search.core.errors import Cancelled
from desktop_search.engine.library.worker import Worker
from desktop_search.engine.library.worker_process import Task

IDLE_S = 120.0
_NOBODY = -1


def _never() -> bool:
    return False


def _nothing() -> None:
    pass


def _as_it_is(task: Task) -> Task:
    return task


def _unheard(permille: int) -> None:
    del permille


@dataclass(order=True)
class _Job:
    priority: int
    number: int
    task: Task = field(compare=False)
    future: Future[Any] = field(compare=False)
    began: Callable[[], None] = field(compare=False)
    report: Callable[[int], None] = field(compare=False)
    stopped: Callable[[], bool] = field(compare=False)


class Lane:
    """A number of workers with one queue. Smaller priorities go first, then the order of arrival.

    Tasks with a priority up to `urgent` go on while the lane is paused. `prepared` is asked for what is really to be
    done when the turn of a task has come.
    """

    def __init__(
        self,
        name: str,
        workers: int,
        make_worker: Callable[[], Worker],
        *,
        idle_s: float = IDLE_S,
        urgent: int = _NOBODY,
        prepared: Callable[[Task], Task] = _as_it_is,
    ) -> None:
        self._make_worker, self._idle_s, self._urgent, self._prepared = make_worker, idle_s, urgent, prepared
        self._jobs: list[_Job] = []  # a heap
        self._numbers = itertools.count()
        self._changed = threading.Condition()
        self._closing = self._paused = False
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
        began: Callable[[], None] = _nothing,
        report: Callable[[int], None] = _unheard,
        stopped: Callable[[], bool] = _never,
    ) -> Future[Any]:
        """The future gets what the worker returned, FileProblem, or Cancelled when `stopped` or the lane is closed.

        `began` is called in a thread of the lane right before the work begins.
        """
        future: Future[Any] = Future()
        with self._changed:
            if not self._closing:
                heapq.heappush(self._jobs, _Job(priority, next(self._numbers), task, future, began, report, stopped))
                self._changed.notify()
                return future
        future.set_exception(Cancelled())
        return future

    def pause(self) -> None:
        """Begin nothing that is not urgent; what runs stops within a second, and goes on from there after `resume`."""
        with self._changed:
            self._paused = True

    def resume(self) -> None:
        """Go on."""
        with self._changed:
            self._paused = False
            self._changed.notify_all()

    def close(self) -> None:
        """Stop what runs, drop what waits, end the processes. Returns when all is over."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()
        while self._jobs:
            heapq.heappop(self._jobs).future.set_exception(Cancelled())

    def _serve(self) -> None:
        worker = self._make_worker()
        while not self._closing:
            job = self._next()
            if job is None:
                worker.close()  # models take memory; the next task starts a process again
            else:
                self._run(worker, job)
        worker.close()

    def _next(self) -> _Job | None:
        """What is to be done next; `None` when there was nothing for a while, or the lane closes."""
        with self._changed:
            self._changed.wait_for(lambda: self._closing or self._may_begin(), self._idle_s)
            return None if self._closing or not self._may_begin() else heapq.heappop(self._jobs)

    def _may_begin(self) -> bool:
        return bool(self._jobs) and not self._is_held_up(self._jobs[0])

    def _is_held_up(self, job: _Job) -> bool:
        return self._paused and job.priority > self._urgent

    def _run(self, worker: Worker, job: _Job) -> None:
        def stopped() -> bool:
            return self._closing or job.stopped()

        try:
            if stopped():
                raise Cancelled
            job.began()
            result = worker.run(self._prepared(job.task), job.report, stopped, lambda: self._is_held_up(job))
        except BaseException as error:  # noqa: BLE001 - the one who asked is told, the lane serves on
            job.future.set_exception(error)
        else:
            job.future.set_result(result)
