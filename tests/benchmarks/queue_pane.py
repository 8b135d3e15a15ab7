"""The pane of the upload queue with 10,000 rows while four transfers report."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles

from PySide6.QtCore import QElapsedTimer, QItemSelectionModel, QObject, QStringListModel, Qt, QTimer
from PySide6.QtWidgets import QApplication, QListView

from desktop_search.bootstrap.virtual_display import VirtualDisplay
from desktop_search.catalog.database import Catalog
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.errors import Cancelled
from desktop_search.core.footage import FootageDetails
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import MediaKind, UploadItem, UploadState
from desktop_search.jobs.runner import JobRunner
from desktop_search.models.upload_actions import QueueAction
from desktop_search.transfers.ports import Report
from desktop_search.transfers.preparing import Preparer
from desktop_search.transfers.upload_queue import UploadQueue
from desktop_search.ui.style.theme import Theme, apply_theme
from desktop_search.ui.uploads.uploads_controller import UploadsController
from desktop_search.ui.uploads.uploads_pane import UploadsPane
from tests.benchmarks.measuring import Measured

_TRANSFERS, _REPORT_S, _SIZE = 4, 0.01, 3_000_000_000
_TICK_MS, _FOR_S, _DEADLINE_S = 5, 6.0, 60.0
_FLOOR = "a bare QListView of strings, four of them changed ten times a second"


def queue_pane(folder: Path, rows: int) -> Iterator[Measured]:
    """How late the event loop is, in milliseconds told as seconds: the 99th of a hundred ticks, and the latest."""
    with VirtualDisplay():
        app = QApplication([])
        apply_theme(app, Theme.DARK)
        desk = _Desk(folder, rows)
        floor = _Floor(rows)
        opened: list[float] = []
        late = _delays(desk.pane, lambda step: opened.append(desk.open()) if step == 0 else None)
        yield Measured(f"{rows:,} rows: open", opened[0], opened[0], "a bare list opens", floor.opened_s)
        floors = _delays(floor.view, floor.change)
        yield Measured(
            f"{rows:,} rows, while they open: 99 of 100 delays are below", _p99(late), max(late), _FLOOR, _p99(floors)
        )
        for what, act in (
            ("four transfers report", lambda _step: None),
            ("… and the list is scrolled", desk.scroll),
            ("… and all rows are chosen", desk.choose_all),
            ("… and a row is moved", desk.move_one),
            ("… and all rows are paused and resumed", desk.pause_or_resume),
        ):
            ours, floors = _delays(desk.view, act), _delays(floor.view, floor.change)
            name = f"{rows:,} rows, {what}: 99 of 100 delays are below (median {median(ours) * 1000:.1f} ms)"
            yield Measured(name, _p99(ours), max(ours), _FLOOR, _p99(floors))
        desk.close()


class _Busy(UploadQueue):
    """A queue whose first rows are sent for ever, with more reports than any transfer makes."""

    def run(self, token: CancelToken, report: Report) -> None:
        rows = [row for row in self.items() if row.state is UploadState.WAITING][:_TRANSFERS]
        threads = [threading.Thread(target=self._send, args=(row, token, report)) for row in rows]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def poll(self, token: CancelToken, _report: Report) -> None:
        token.wait(3600)

    @staticmethod
    def _send(row: UploadItem, token: CancelToken, report: Report) -> None:
        sent = 0
        with suppress(Cancelled):
            while True:
                sent = (sent + 300_000) % _SIZE
                report(replace(row, state=UploadState.SENDING, sent_bytes=sent))
                token.wait(_REPORT_S)  # as a socket that takes bytes at that pace


class _Desk:
    """The real pane, controller and catalog."""

    def __init__(self, folder: Path, rows: int) -> None:
        self._catalog = Catalog(folder / "catalog.db")
        details = FootageDetails(tags=("harbour", "day 3"), camera="X100")
        path = Path("/media/card/DCIM/A001")
        UploadsTable(self._catalog).add(
            UploadItem(0, "memories.ai", path / f"A001_C{n:05}.mp4", MediaKind.VIDEO, details=details, size_bytes=_SIZE)
            for n in range(rows)
        )
        self._count = rows
        self._runner = JobRunner()
        self.pane = UploadsPane()
        self.view = self.pane.view
        proxies = Preparer(folder / "proxies")
        queue = _Busy(self._catalog, lambda *_: None, is_paid=lambda _: False, proxies=proxies)  # type: ignore[arg-type]
        self._controller = UploadsController(self._runner, queue, self.pane)
        self.pane.resize(330, 900)

    def open(self) -> float:
        began = time.perf_counter()
        self.pane.show()
        self._controller.start()
        _until(lambda: self.pane.model.rowCount() == self._count)
        self.view.viewport().repaint()
        return time.perf_counter() - began

    def scroll(self, step: int) -> None:
        bar = self.view.verticalScrollBar()
        bar.setValue((bar.value() + 400) % max(1, bar.maximum()))

    def choose_all(self, step: int) -> None:
        if step % 10 == 0:
            self.view.selectAll()
        elif step % 10 == 5:
            self.view.selectionModel().clear()

    def move_one(self, step: int) -> None:
        if step % 5 == 0:
            index = self.pane.model.index(500 + step)
            self.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.view.act(QueueAction.DOWN)

    def pause_or_resume(self, step: int) -> None:
        if step % 20 == 0:
            self.pane.bar.asked.emit(QueueAction.PAUSE if step % 40 == 0 else QueueAction.RESUME)

    def close(self) -> None:
        self._runner.shut_down()
        self._catalog.close()
        self.pane.close()


class _Floor:
    """A list as bare as Qt has it."""

    def __init__(self, rows: int) -> None:
        began = time.perf_counter()
        self._model = QStringListModel([f"A001_C{number:05}.mp4" for number in range(rows)])
        self.view = QListView()
        self.view.setModel(self._model)
        self.view.setUniformItemSizes(True)
        self.view.resize(330, 900)
        self.view.show()
        self.view.viewport().repaint()
        self.opened_s = time.perf_counter() - began

    def change(self, step: int) -> None:
        for row in range(_TRANSFERS):
            self._model.setData(self._model.index(row), f"sending {step} %")


def _delays(over: QObject, act: Callable[[int], None]) -> list[float]:
    """How late each tick of a timer was, while `act` was called ten times a second."""
    delays: list[float] = []
    clock, ticker, actor = QElapsedTimer(), QTimer(over), QTimer(over)
    steps = iter(range(1_000_000))
    ticker.setTimerType(Qt.TimerType.PreciseTimer)

    def tick() -> None:
        delays.append(max(0.0, clock.nsecsElapsed() / 1e9 - _TICK_MS / 1000))
        clock.restart()

    ticker.timeout.connect(tick)
    actor.timeout.connect(lambda: act(next(steps)))
    clock.start()
    ticker.start(_TICK_MS)
    actor.start(100)
    end = time.perf_counter() + _FOR_S
    _until(lambda: time.perf_counter() > end)
    ticker.stop()
    actor.stop()
    return delays


def _until(condition: Callable[[], bool]) -> None:
    """Let events come, as the program does: the loop sleeps until there is one."""
    from PySide6.QtCore import QEventLoop

    loop, watch = QEventLoop(), QTimer()
    end = time.perf_counter() + _DEADLINE_S
    watch.timeout.connect(lambda: loop.quit() if condition() or time.perf_counter() > end else None)
    watch.start(20)
    loop.exec()
    assert condition(), "it did not come about"


def _p99(values: list[float]) -> float:
    return quantiles(values, n=100)[98]
