"""The query and its choices in one line, or in two where there is not enough room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

_ONE_LINE_FROM_PX = 1224  # below this, the query has a line of its own
_WORDS_FROM_PX = 735  # below this, the choices have no room for all of their words
_GAP_PX = 6


class QueryLines(QWidget):
    """What is asked, how, and the button that asks.

    Signals:
        words_fit(bool): whether the choices have room for their words now.
    """

    words_fit = Signal(bool)

    def __init__(self, query: Sequence[QWidget], beside: QWidget, choices: Sequence[QWidget], go: QWidget) -> None:
        """The widgets of `query` share the room; `beside` and `go` stay next to them, `choices` may go below."""
        super().__init__()
        self._go = go
        self._fits: bool | None = None
        self._choices = QWidget()
        self._controls = QHBoxLayout(self._choices)
        self._controls.setContentsMargins(0, 0, 0, 0)
        self._controls.setSpacing(_GAP_PX)
        self._controls.addStretch(1)
        for control in choices:
            self.add_choice(control)
        self._row, self._row_below = QHBoxLayout(), QHBoxLayout()
        self._row.setSpacing(_GAP_PX)
        for widget in query:
            widget.setSizePolicy(QSizePolicy.Policy.Expanding, widget.sizePolicy().verticalPolicy())
            self._row.addWidget(widget, 1)
        for widget in (beside, self._choices, go):
            self._row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP_PX)
        column.addLayout(self._row)
        column.addLayout(self._row_below)

    def add_choice(self, control: QWidget) -> None:
        """Put another one behind the choices."""
        self._controls.insertWidget(self._controls.count() - 1, control)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the choices go below the query, which would else be too short to be read."""
        super().resizeEvent(event)
        if self._fits is not (fits := self.width() >= _WORDS_FROM_PX):
            self._fits = fits
            self.words_fit.emit(fits)
        is_wide = self.width() >= _ONE_LINE_FROM_PX
        if is_wide != (self._row.indexOf(self._choices) >= 0):
            self._row.removeWidget(self._choices)
            self._row_below.removeWidget(self._choices)
            if is_wide:
                self._row.insertWidget(self._row.indexOf(self._go), self._choices)
            else:
                self._row_below.addWidget(self._choices)
