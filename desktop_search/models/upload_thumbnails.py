"""Small pictures for the rows of the upload queue, made as rows come into view."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from desktop_search.core.errors import AppError
from desktop_search.core.uploads import UploadItem
from desktop_search.jobs.runner import JobRunner

_LANE = "upload-thumbs"
_KEPT_MAX, _WANTED_MAX = 400, 60

Render = Callable[[UploadItem], bytes]


class UploadThumbnails(QObject):
    """Ask it by calling it; what is not there yet is made, the row seen last first.

    Signals:
        ready(object): the item id whose picture has come.
    """

    ready = Signal(object)

    def __init__(self, runner: JobRunner, render: Render) -> None:
        """`render` gives an item's picture as JPEG; it runs off the GUI thread and may raise `AppError`."""
        super().__init__()
        self._runner, self._render = runner, render
        self._kept: OrderedDict[int, QPixmap | None] = OrderedDict()  # None: there is no picture of it
        self._wanted: OrderedDict[int, UploadItem] = OrderedDict()
        self._making: int | None = None

    def __call__(self, item: UploadItem) -> QPixmap | None:
        """The picture of that row, or `None` while (or if) there is none."""
        if item.item_id in self._kept:
            self._kept.move_to_end(item.item_id)
            return self._kept[item.item_id]
        if item.item_id != self._making:
            self._wanted[item.item_id] = item
            self._wanted.move_to_end(item.item_id)
            while len(self._wanted) > _WANTED_MAX:  # scrolled past long ago
                self._wanted.popitem(last=False)
            self._make_next()
        return None

    def _make_next(self) -> None:
        if self._making is not None or not self._wanted:
            return
        item_id, item = self._wanted.popitem(last=True)
        self._making = item_id
        render = self._render

        def make(_token: object, _report: object) -> QImage:
            try:
                return QImage.fromData(render(item))  # QImage, not QPixmap: this is not the GUI thread
            except AppError:
                return QImage()  # the row itself says what is wrong with the file

        self._runner.start(make, lane=_LANE, done=self._on_made, failed=self._on_failed)

    def _on_made(self, image: QImage) -> None:
        self._keep(None if image.isNull() else QPixmap.fromImage(image))

    def _on_failed(self, _error: AppError) -> None:
        self._keep(None)

    def _keep(self, picture: QPixmap | None) -> None:
        item_id, self._making = self._making, None
        if item_id is not None:
            self._kept[item_id] = picture
            while len(self._kept) > _KEPT_MAX:
                self._kept.popitem(last=False)
            self.ready.emit(item_id)
        self._make_next()
