"""Lists on the screen: a bare one of Qt's, and what a step of scrolling takes beside it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from statistics import median, quantiles

from PySide6.QtCore import QEventLoop, QStringListModel, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView

from tests.benchmarks.measuring import Measured, seconds

WIDTH_PX, HEIGHT_PX = 560, 900
_STEP_PX, _STEPS = 60, 300


class BareList:
    """A list as bare as Qt has it."""

    def __init__(self) -> None:
        self._model = QStringListModel()
        self.view = QListView()
        self.view.setModel(self._model)
        self.view.setUniformItemSizes(True)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.resize(WIDTH_PX, HEIGHT_PX)
        self.view.show()
        wait_ms(300)

    def show(self, names: Iterable[str]) -> None:
        """These, painted."""
        self._model.setStringList(list(names))
        self.view.viewport().repaint()


def scrolling(name: str, ours: QAbstractItemView, floor: QListView, floor_name: str) -> Measured:
    """Both in turns; events come in between, so that pictures arrive as they do for a user."""
    times_s: tuple[list[float], list[float]] = ([], [])
    for view in (ours, floor):
        view.verticalScrollBar().setValue(0)
    for _ in range(_STEPS):
        for view, times in zip((ours, floor), times_s, strict=True):
            times.append(seconds(_step(view)))
            QApplication.processEvents()
    own, bare = times_s
    p99 = quantiles(own, n=100)[98]
    return Measured(f"{name} (99 of 100 below {p99 * 1000:.1f} ms)", median(own), max(own), floor_name, median(bare))


def _step(view: QAbstractItemView) -> Callable[[], None]:
    def scroll() -> None:
        bar = view.verticalScrollBar()
        bar.setValue((bar.value() + _STEP_PX) % max(1, bar.maximum()))
        view.viewport().repaint()

    return scroll


def wait_ms(time_ms: int) -> None:
    """Let events come, as the program does."""
    loop = QEventLoop()
    QTimer.singleShot(time_ms, loop.quit)
    began = time.perf_counter()
    loop.exec()
    assert time.perf_counter() - began < 60, "the display does not answer"
