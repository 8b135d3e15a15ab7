"""Says, where the user looks, what is taking its time: after 600 ms, with a way to stop it, and gone at its end."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from desktop_search.core.language import _
from desktop_search.jobs.runner import JobHandle

APPEARS_AFTER_MS = 600
_BAR_WIDTH_PX = 90


class ProgressNote(QWidget):
    """One line: words, a bar that runs to and fro, and Stop. Takes no room before its time and after the end.

    Signals:
        over(): all that it was about has ended.
        stopped(): the user has stopped it.
    """

    over = Signal()
    stopped = Signal()

    def __init__(self, accessible_name: str) -> None:
        super().__init__()
        self.setAccessibleName(accessible_name)
        self._stops: dict[object, Callable[[], object]] = {}  # how each thing that it is about is stopped
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setProperty("role", "caption")
        self.label.setWordWrap(True)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedWidth(_BAR_WIDTH_PX)
        bar.setAccessibleName(accessible_name)
        self.stop = QPushButton(_("Stop"))
        self.stop.setProperty("role", "quiet")
        self.stop.setAutoDefault(False)
        self.stop.setAccessibleName(_("Stop: {accessible_name}").format(accessible_name=accessible_name))
        self.stop.clicked.connect(self._on_stop_clicked)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.label, 1)
        line.addWidget(bar)
        line.addWidget(self.stop)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(APPEARS_AFTER_MS)
        self._timer.timeout.connect(self._appear)
        self.hide()

    def follow(self, job: JobHandle, words: str) -> None:
        """Be about `job` until it ends; with several, until the last one does."""
        job.ended.connect(self.leave)
        self.expect(job, words, job.cancel)

    def expect(self, what: object, words: str, stop: Callable[[], object]) -> None:
        """Be about something that is no job, until `leave` says that it has ended."""
        self._stops[what] = stop
        self.say(words)
        if self.isHidden():
            self._timer.start()

    def leave(self, what: object) -> None:
        """It has ended, or is told elsewhere now."""
        if self._stops.pop(what, None) is not None and not self._stops:
            self._end()

    def clear(self) -> None:
        """Be about nothing any more; what goes on goes on."""
        self._stops.clear()
        self._end()

    def say(self, words: str) -> None:
        """How far it is."""
        self.label.setText(words)

    def _on_stop_clicked(self) -> None:
        for stop in tuple(self._stops.values()):
            stop()
        self.stopped.emit()

    def _appear(self) -> None:
        """Work that something newer has overtaken ends by itself, and is no concern of the user's."""
        if not all(isinstance(each, JobHandle) and each.token.cancelled for each in self._stops):
            self.show()

    def _end(self) -> None:
        self._timer.stop()
        self.hide()
        self.over.emit()
