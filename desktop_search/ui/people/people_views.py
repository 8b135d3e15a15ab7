"""Grids of faces."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QListView

from desktop_search.models.people_model import PICTURE_PX, FacesModel, PeopleModel

_CELL = QSize(104, 104)


def people_view(model: PeopleModel, name: str) -> QListView:
    """People: several may be chosen, a name is written in place, one is dropped on another."""
    view = _grid(name)
    view.setModel(model)
    view.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.SelectedClicked)
    view.setDragEnabled(True)
    view.setAcceptDrops(True)
    view.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
    view.setDefaultDropAction(Qt.DropAction.MoveAction)
    view.setDragDropOverwriteMode(True)  # dropped on somebody, never between two
    return view


def faces_view(model: FacesModel, name: str) -> QListView:
    """Faces: several may be chosen."""
    view = _grid(name)
    view.setModel(model)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    return view


def _grid(name: str) -> QListView:
    view = QListView()
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
