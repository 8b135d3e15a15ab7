"""Dragged over a list: the line where the rows would go, and the scrolling near the edges."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QDragLeaveEvent, QDropEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView

from desktop_search.ui.style.theme import tokens

_LINE_PX = 2


class DropLine:
    """Of one list, which calls it from its drag events and at the end of its `paintEvent`."""

    def __init__(self, view: QAbstractItemView) -> None:
        self._view = view
        self._row: int | None = None

    @property
    def row(self) -> int | None:
        """Before which row dragged ones would go now; `None` while none are dragged over the list."""
        return self._row

    def follow(self, event: QDropEvent, row: int | None = None) -> None:
        """Show the line under the mouse, or before `row`, and scroll near the edges."""
        at = event.position().toPoint()
        self._show(self.row_at(at) if row is None else row)
        margin = self._view.autoScrollMargin()
        if at.y() < margin or at.y() > self._view.viewport().height() - margin:
            self._view.startAutoScroll()

    def end(self) -> None:
        """Nothing is dragged over the list any more."""
        QAbstractItemView.dragLeaveEvent(self._view, QDragLeaveEvent())  # ends the scrolling
        self._show(None)

    def row_at(self, at: QPoint) -> int:
        """The row before which something dropped at `at` goes; the number of rows for the end."""
        index = self._view.indexAt(at)
        if not index.isValid():
            return self._view.model().rowCount() if at.y() > 0 else 0
        return index.row() + (at.y() > self._view.visualRect(index).center().y())

    def paint(self) -> None:
        """Draw the line, if there is one."""
        if self._row is None or not self._view.model().rowCount():
            return
        painter = QPainter(self._view.viewport())
        painter.fillRect(self._rect(self._row), tokens().accent)
        painter.end()

    def _rect(self, row: int) -> QRect:
        model = self._view.model()
        count = model.rowCount()
        beside = self._view.visualRect(model.index(min(row, count - 1), 0))
        y = beside.top() if row < count else beside.bottom()
        return QRect(0, max(0, y - 1), self._view.viewport().width(), _LINE_PX)

    def _show(self, row: int | None) -> None:
        if row != self._row:
            self._row = row
            self._view.viewport().update()
