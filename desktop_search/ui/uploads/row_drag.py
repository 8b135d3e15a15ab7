"""Dragging rows of the queue to another place in it."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag, QDropEvent
from PySide6.QtWidgets import QListView

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
