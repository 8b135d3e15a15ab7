"""Grids of faces."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from desktop_search.models.people_model import PICTURE_PX, FacesModel, PeopleModel
from desktop_search.ui.list_parts import KeepingDelegate

_CELL = QSize(104, 104)


class _PeopleView(QListView):
    """A drop is the model's: Qt's own grid would move the picture instead."""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """People of this list alone."""
        event.setAccepted(any(map(event.mimeData().hasFormat, self.model().mimeTypes())))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Only somebody takes a drop."""
        event.setAccepted(self.indexAt(event.position().toPoint()).isValid())

    def dropEvent(self, event: QDropEvent) -> None:
        """Dropped on somebody."""
        target = self.indexAt(event.position().toPoint())
        self.model().dropMimeData(event.mimeData(), event.dropAction(), -1, -1, target)
        event.setDropAction(Qt.DropAction.CopyAction)  # nothing is taken away where it was
        event.accept()


def people_view(model: PeopleModel, name: str) -> QListView:
    """People: several may be chosen, a name is written in place, one is dropped on another."""
    view = _dressed(_PeopleView(), name)
    view.setModel(model)
    view.setItemDelegate(KeepingDelegate(view))
    view.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.SelectedClicked)
    view.setDragEnabled(True)
    view.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
    view.viewport().setAcceptDrops(True)  # a grid that does not move takes none by itself
    return view


def faces_view(model: FacesModel, name: str) -> QListView:
    """Faces: several may be chosen."""
    view = _dressed(QListView(), name)
    view.setModel(model)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    return view


def _dressed(view: QListView, name: str) -> QListView:
    view.setViewMode(QListView.ViewMode.IconMode)
    view.setMovement(QListView.Movement.Static)
    view.setResizeMode(QListView.ResizeMode.Adjust)
    view.setUniformItemSizes(True)
    view.setIconSize(QSize(PICTURE_PX, PICTURE_PX))
    view.setGridSize(_CELL)
    view.setTextElideMode(Qt.TextElideMode.ElideRight)
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setAccessibleName(name)
    return view
