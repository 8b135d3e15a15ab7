"""The list of the queue's rows: mouse, keys and menu become wishes about files."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu

from desktop_search.core.uploads import UploadItem, UploadState
from desktop_search.models.uploads_model import UploadsModel
from desktop_search.ui.style.icons import icon
from desktop_search.ui.uploads.upload_delegate import RowButton, ThumbnailOf, UploadDelegate


class UploadsView(QListView):
    """Rows that can be chosen one or many at a time.

    Signals:
        retry_asked(object), remove_asked(object): tuples of item ids.
        reveal_asked(object): the `UploadItem` whose file is to be shown in its folder.
    """

    retry_asked = Signal(object)
    remove_asked = Signal(object)
    reveal_asked = Signal(object)

    def __init__(self, model: UploadsModel, thumbnail_of: ThumbnailOf | None) -> None:
        super().__init__()
        self._rows = model
        self._delegate = UploadDelegate(thumbnail_of)
        self._delegate.setParent(self)
        self._delegate.button_pressed.connect(self._on_button_pressed)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Upload queue")
        self.setAccessibleDescription("Delete removes the chosen rows, R tries failed ones again.")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.NoDragDrop)

    @property
    def delegate(self) -> UploadDelegate:
        """What paints the rows."""
        return self._delegate

    def chosen(self) -> list[UploadItem]:
        """The selected rows, from top to bottom."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [self._rows.item_at(row) for row in rows]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete removes, R tries again, and the rest is the list's own."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._ask_remove()
        elif event.key() == Qt.Key.Key_R and not event.modifiers():
            self._ask_retry()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the chosen rows; also by the menu key."""
        menu = self.menu_for_chosen()
        if menu is not None:
            menu.popup(event.globalPos() if event.globalPos() != QPoint() else self.mapToGlobal(self.rect().center()))

    def menu_for_chosen(self) -> QMenu | None:
        """What can be done with the chosen rows; `None` when none is chosen."""
        chosen = self.chosen()
        if not chosen:
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        retry = menu.addAction(icon("retry"), "Try again\tR")
        retry.setEnabled(any(item.state is UploadState.FAILED for item in chosen))
        retry.triggered.connect(self._ask_retry)
        menu.addAction(icon("remove"), "Remove from the list\tDel").triggered.connect(self._ask_remove)
        menu.addSeparator()
        reveal = menu.addAction(icon("folder"), "Show in its folder")
        reveal.setEnabled(len(chosen) == 1)
        reveal.triggered.connect(self._ask_reveal)
        return menu

    def _ask_retry(self) -> None:
        failed = tuple(item.item_id for item in self.chosen() if item.state is UploadState.FAILED)
        if failed:
            self.retry_asked.emit(failed)

    def _ask_remove(self) -> None:
        chosen = tuple(item.item_id for item in self.chosen())
        if chosen:
            self.remove_asked.emit(chosen)

    def _ask_reveal(self) -> None:
        self.reveal_asked.emit(self.chosen()[0])

    def _on_button_pressed(self, button: RowButton, item: UploadItem) -> None:
        wish = self.retry_asked if button is RowButton.RETRY else self.remove_asked
        wish.emit((item.item_id,))
