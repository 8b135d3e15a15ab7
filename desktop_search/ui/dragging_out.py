"""Footage dragged into other programs: as files, and as text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QWidget

from desktop_search.ui.style.drag_picture import PAD_PX, drag_picture

URLS, TEXT = "text/uri-list", "text/plain"


@dataclass(frozen=True)
class Dragged:
    """What is dragged.

    Attributes:
        own_format: by which this program knows it again.
        words: what hangs on the mouse.
        text: for programs that take text: a line for each.
        files: gives the files once somebody asks for them; empty for none. May take as long as it takes to make them.
    """

    own_format: str
    words: str
    text: str
    files: Callable[[], Sequence[Path]]
    has_files: bool = True


class OutgoingData(QMimeData):
    """Files are asked for when they are wanted, and once."""

    def __init__(self, dragged: Dragged) -> None:
        super().__init__()
        self._dragged = dragged
        self._urls: QByteArray | None = None

    def formats(self) -> list[str]:
        """Qt: what there is of it."""
        return [self._dragged.own_format, *([URLS] if self._dragged.has_files else []), TEXT]

    def hasFormat(self, kind: str, /) -> bool:  # noqa: N802 - Qt's own
        """Qt: whether there is this."""
        return kind in self.formats()

    def retrieveData(self, kind: str, _wanted: Any, /) -> object:  # noqa: ANN401, N802 - Qt's own
        """Qt: the thing itself."""
        if kind == URLS and self._dragged.has_files:
            if self._urls is None:
                self._urls = QByteArray()  # who asks again meanwhile gets nothing, not a second copy
                self._urls = _uri_list(self._dragged.files())
            return self._urls
        if kind == TEXT:
            return self._dragged.text
        return QByteArray(b"1") if kind == self._dragged.own_format else None


def drag_out(view: QWidget, dragged: Dragged) -> None:
    """Let the user drag it; returns when it was let go.

    Others may only copy: a file manager that is let move would take the footage away.
    """
    drag = QDrag(view)
    drag.setMimeData(OutgoingData(dragged))
    drag.setPixmap(drag_picture(view, dragged.words))
    drag.setHotSpot(QPoint(-PAD_PX, -PAD_PX))
    drag.exec(Qt.DropAction.CopyAction)


def _uri_list(paths: Sequence[Path]) -> QByteArray:
    return QByteArray(b"".join(bytes(QUrl.fromLocalFile(str(path)).toEncoded().data()) + b"\r\n" for path in paths))
