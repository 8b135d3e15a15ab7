"""Long work off the GUI thread: started in a named lane, reported and ended on the GUI thread."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal

from desktop_search.core.errors import AppError, Cancelled
from desktop_search.core.language import _
from desktop_search.core.token import CancelToken

_log = logging.getLogger(__name__)

Report = Callable[[Any], None]
Work = Callable[[CancelToken, Report], Any]


class JobHandle(QObject):
    """One piece of running work, living on the GUI thread. Exactly one of the three ends comes, once.

    Signals (all on the GUI thread):
        done(object): what the work returned.
        failed(AppError): why it did not.
        cancelled(): it stopped because it was asked to.
        progress(object): whatever the work reported, in order, before the end.
    """

    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    progress = Signal(object)
    ended = Signal(object)  # for the runner: this handle itself
    _reported = Signal(object)
    _finished = Signal(str, object)

    def __init__(self, lane: str, parent: QObject) -> None:
        super().__init__(parent)
        self.lane = lane
        self.token = CancelToken()
        # Queued by hand: the worker emits, and an automatic connection could run the slot on its thread.
        self._reported.connect(self._on_reported, Qt.ConnectionType.QueuedConnection)
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask the work to stop; `cancelled` follows, unless it ends by itself first."""
        self.token.cancel()

    def end_unbegun(self) -> None:
        """End work that was never given to a thread; the end comes as for other work, in a moment."""
        self._finished.emit("cancelled", None)

    def _on_reported(self, value: object) -> None:
        if not self.token.cancelled:
            self.progress.emit(value)

    def _on_finished(self, end: str, value: object) -> None:
        self.ended.emit(self)
        if end == "cancelled" or self.token.cancelled:
            self.cancelled.emit()
        elif end == "done":
            self.done.emit(value)
        else:
            self.failed.emit(value)
        self.deleteLater()


class _Task(QRunnable):
    """Runs the work on a pool thread. Holds bound signals and plain data, never a widget."""

    def __init__(self, work: Work, handle: JobHandle) -> None:
        super().__init__()
        self._work, self._token, self._lane = work, handle.token, handle.lane
        self._reported, self._finished = handle._reported, handle._finished  # noqa: SLF001 - the two are one thing

    def run(self) -> None:
        end, value = self._outcome()
        self._emit(self._finished, end, value)

    def _outcome(self) -> tuple[str, object]:
        try:
            self._token.check()
            return "done", self._work(self._token, lambda value: self._emit(self._reported, value))
        except Cancelled:
            return "cancelled", None
        except AppError as error:
            return "failed", error
        except Exception as error:  # noqa: BLE001 - the last net: the user is told and the window lives on
            _log.exception("a job in lane %r failed unexpectedly", self._lane)
            details = f"{type(error).__name__}: {error}"
            return "failed", AppError(_("Something went wrong inside the program."), details=details)

    @staticmethod
    def _emit(signal: Any, *values: object) -> None:  # noqa: ANN401 - PySide's bound signals have no usable type
        try:
            signal.emit(*values)
        except RuntimeError:  # the window went away while the work was running; nobody is left to tell
            _log.debug("a job ended after its window")


class JobRunner(QObject):
    """Starts work in lanes. A lane has a number of threads of its own; work of one lane waits for its turn."""

    def __init__(self, threads_per_lane: dict[str, int] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threads = threads_per_lane or {}
        self._pools: dict[str, QThreadPool] = {}
        self._running: list[JobHandle] = []
        self._closed = False

    def start(
        self,
        work: Work,
        *,
        lane: str,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[AppError], object] | None = None,
        cancelled: Callable[[], object] | None = None,
        progress: Callable[[Any], object] | None = None,
        latest_wins: bool = False,
    ) -> JobHandle:
        """Run `work(token, report)`; the callbacks run on the GUI thread.

        With `latest_wins` everything older in the lane is cancelled first, and its answer never arrives.
        """
        if latest_wins:
            self.cancel_lane(lane)
        handle = JobHandle(lane, self)
        for signal, slot in (
            (handle.done, done),
            (handle.failed, failed),
            (handle.cancelled, cancelled),
            (handle.progress, progress),
        ):
            if slot is not None:
                signal.connect(slot)
        handle.ended.connect(self._on_ended)
        self._running.append(handle)
        if self._closed:
            # No thread any more: whoever deletes the pools would wait for it, maybe with Python's lock that it needs.
            handle.cancel()
            handle.end_unbegun()
        else:
            self._pool(lane).start(_Task(work, handle))
        return handle

    def cancel_lane(self, lane: str) -> None:
        """Cancel everything that runs or waits in `lane`."""
        for handle in self._running:
            if handle.lane == lane:
                handle.cancel()

    def shut_down(self, deadline_s: float = 10.0) -> list[str]:
        """Cancel everything and wait. Returns the lanes that were still busy at the deadline (and logs them)."""
        self._closed = True
        for handle in self._running:
            handle.cancel()
        end = time.monotonic() + deadline_s
        late = []
        for lane, pool in self._pools.items():
            if not pool.waitForDone(max(0, round((end - time.monotonic()) * 1000))):
                late.append(lane)
        if late:
            _log.error("still busy at the end: %s", ", ".join(late))
        return late

    def _pool(self, lane: str) -> QThreadPool:
        if lane not in self._pools:
            pool = QThreadPool(self)
            pool.setMaxThreadCount(self._threads.get(lane, 1))
            self._pools[lane] = pool
        return self._pools[lane]

    def _on_ended(self, handle: JobHandle) -> None:
        if handle in self._running:
            self._running.remove(handle)
