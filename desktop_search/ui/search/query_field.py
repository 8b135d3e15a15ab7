"""The query field: words, or a picture that is dropped or pasted into it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from desktop_search.core.query import PICTURE_SUFFIXES
from desktop_search.ui.style.icons import icon


class QueryField(QLineEdit):
    """Signals:
    picture_given(Path): a picture file was dropped or pasted.
    image_given(QImage): a picture without a file was dropped or pasted.
    """

    picture_given = Signal(object)
    image_given = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Search words")
        self.setClearButtonEnabled(True)
        self.setAcceptDrops(True)
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pasting takes a picture as well as words."""
        if not (event.matches(QKeySequence.StandardKey.Paste) and self._take(QGuiApplication.clipboard().mimeData())):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Pictures are welcome, and text."""
        if picture_in(event.mimeData()) or event.mimeData().hasImage():
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """A picture becomes the query; text is inserted."""
        if self._take(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dropEvent(event)

    def _take(self, data: QMimeData) -> bool:
        path = picture_in(data)
        if path is not None:
            self.picture_given.emit(path)
            return True
        image = data.imageData() if data.hasImage() else None
        if isinstance(image, QImage) and not image.isNull():
            self.image_given.emit(image)
            return True
        return False


def picture_in(data: QMimeData) -> Path | None:
    """The first local picture file among dropped or pasted things."""
    for url in data.urls():
        path = Path(url.toLocalFile()) if url.isLocalFile() else None
        if path is not None and path.suffix.lower() in PICTURE_SUFFIXES:
            return path
    return None
