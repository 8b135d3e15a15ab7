"""Pictures that are dropped or pasted, to be searched by: one way in for field, pane and results."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QLabel, QWidget

from desktop_search.core.language import _
from desktop_search.core.media_types import IMAGE_TYPES
from desktop_search.ui.own_drags import is_own

_LET_GO = _("Let go to search by this picture")


class PictureIntake(QObject):
    """Signals:
    picture_given(Path): a picture file was dropped or pasted.
    image_given(QImage): a picture without a file was dropped or pasted.
    """

    picture_given = Signal(object)
    image_given = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._covers: dict[QObject, QLabel] = {}

    def watch(self, widget: QWidget) -> None:
        """Take pictures that are dropped anywhere on `widget`, but where something inside it takes drops itself."""
        cover = QLabel(_LET_GO, widget)
        cover.setProperty("role", "drop")
        cover.setProperty("hot", True)
        cover.setAlignment(Qt.AlignmentFlag.AlignCenter)
        cover.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        cover.hide()
        self._covers[widget] = cover
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def wants(self, data: QMimeData) -> bool:
        """Whether there is a picture in it."""
        return picture_in(data) is not None or data.hasImage()

    def take(self, data: QMimeData) -> bool:
        """Tell of the picture in it; says whether there is one."""
        path = picture_in(data)
        if path is not None:
            self.picture_given.emit(path)
            return True
        image = data.imageData() if data.hasImage() else None
        if isinstance(image, QImage) and not image.isNull():
            self.image_given.emit(image)
            return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: light up below a picture, and take it."""
        cover = self._covers.get(watched)
        if cover is None:
            return super().eventFilter(watched, event)
        if isinstance(event, QDragEnterEvent | QDragMoveEvent):  # the latter is the base of the former
            return self._over(cover, event)
        if isinstance(event, QDropEvent):
            cover.hide()
            if self.take(event.mimeData()):
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
            return True
        if event.type() is QEvent.Type.DragLeave:
            cover.hide()
        return super().eventFilter(watched, event)

    def _over(self, cover: QLabel, event: QDragMoveEvent) -> bool:
        area = cover.parentWidget()
        assert area is not None
        wanted = self.wants(event.mimeData())
        cover.setGeometry(area.rect().adjusted(4, 4, -4, -4))
        cover.setVisible(wanted)
        cover.raise_()
        if wanted:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()
        return True


def picture_in(data: QMimeData) -> Path | None:
    """The first local picture file among dropped or pasted things."""
    for url in () if is_own(data) else data.urls():
        path = Path(url.toLocalFile()) if url.isLocalFile() else None
        if path is not None and path.suffix.lower() in IMAGE_TYPES:
            return path
    return None
