"""Shows that a whole pane has the keys, where no control in it would show the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop_search.ui.style.theme import tokens

_HEIGHT_PX = 2


class FocusLine(QWidget):
    """A line in the accent colour along the upper edge of `pane` while that has the focus itself."""

    def __init__(self, pane: QWidget) -> None:
        super().__init__(pane)
        self._pane = pane
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        pane.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the focus and the width of the pane."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.Resize):
            self.setGeometry(0, 0, self._pane.width(), _HEIGHT_PX)
            self.setVisible(self._pane.hasFocus())
            self.raise_()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """In the colour of the theme."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens().accent)
        painter.end()
