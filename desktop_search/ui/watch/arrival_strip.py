"""A thin strip below the picture while the rest of its clip is fetched."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from desktop_search.core.language import _
from desktop_search.ui.watch.message_page import so_far

_PERMILLE, _BAR_HEIGHT_PX, _MARGIN_PX = 1000, 6, 8


class ArrivalStrip(QWidget):
    """How much of the clip is here, and whether the player waits for more.

    Signals:
        stop_asked(): it need not be fetched.
    """

    stop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words, self.bar, self.stop = QLabel(), QProgressBar(), QPushButton(_("Stop"))
        self.words.setProperty("role", "caption")
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setAccessibleName(_("Fetching the clip"))
        self.bar.setRange(0, _PERMILLE)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(_BAR_HEIGHT_PX)
        self.bar.setAccessibleName(_("Fetched so far"))
        self.stop.setProperty("role", "quiet")
        self.stop.setAccessibleName(_("Stop fetching the clip"))
        self.stop.clicked.connect(self.stop_asked)
        line = QHBoxLayout(self)
        line.setContentsMargins(_MARGIN_PX, 2, _MARGIN_PX, 2)
        line.addWidget(self.words)
        line.addWidget(self.bar, 1)
        line.addWidget(self.stop)
        self.hide()

    def show_progress(self, received_bytes: int, total_bytes: int | None, *, is_waiting: bool) -> None:
        """So much of the clip is here."""
        words = _("Waiting for this part: {sizes}") if is_waiting else _("Fetching: {sizes}")
        self.words.setText(words.format(sizes=so_far(received_bytes, total_bytes)))
        self.bar.setRange(0, _PERMILLE if total_bytes else 0)
        self.bar.setValue(min(_PERMILLE, received_bytes * _PERMILLE // total_bytes) if total_bytes else 0)
        self.show()
