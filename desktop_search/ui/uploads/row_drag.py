"""Dragging rows of the queue to another place in it."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QRect, Qt
from PySide6.QtGui import QDrag, QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from desktop_search.core.language import ngettext
from desktop_search.ui.style.drag_picture import PAD_PX, drag_picture

_MIME = "application/x-desktop-search-rows"


def is_own_drag(view: QListView, event: QDropEvent) -> bool:
    """Whether rows of this very list are dragged; files from elsewhere are the pane's affair."""
    return event.source() is view and event.mimeData().hasFormat(_MIME)


def drag_rows(view: QListView, count: int) -> None:
    """Let the user drag `count` chosen rows; returns when they were let go."""
    mime = QMimeData()
    mime.setData(_MIME, str(count).encode("ascii"))
    drag = QDrag(view)
    drag.setMimeData(mime)
    drag.setPixmap(drag_picture(view, ngettext("{count} row", "{count} rows", count)))
    drag.setHotSpot(QPoint(-PAD_PX, -PAD_PX))
    drag.exec(Qt.DropAction.MoveAction)


def row_below(view: QAbstractItemView, at: QPoint) -> int:
    """The row before which something dropped at `at` goes; the number of rows for the end."""
    index = view.indexAt(at)
    if not index.isValid():
        return view.model().rowCount() if at.y() > 0 else 0
    return index.row() + (at.y() > view.visualRect(index).center().y())


def line_rect(view: QAbstractItemView, row: int) -> QRect:
    """Where the line is drawn that shows a place between rows."""
    count = view.model().rowCount()
    beside = view.visualRect(view.model().index(min(row, count - 1), 0))
    y = beside.top() if row < count else beside.bottom()
    return QRect(0, max(0, y - 1), view.viewport().width(), 2)
