"""What lists of many and the bars above them are made of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSignalBlocker, Qt
from PySide6.QtGui import QAction, QActionGroup, QContextMenuEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QListView, QMenu, QStyledItemDelegate, QToolButton, QWidget

_Index = QModelIndex | QPersistentModelIndex
_FILLED = "isFilled"


class SteadyList(QListView):
    """A list of rows or cells that never change their size."""

    def dataChanged(self, first: _Index, last: _Index, /, roles: Sequence[int] = ()) -> None:
        """Qt: paint the rows again. A list view would lay all of them out anew."""
        QAbstractItemView.dataChanged(self, first, last, roles)


class KeepingDelegate(QStyledItemDelegate):
    """Cells that are written in: what the user writes stays, whatever news of the row arrive meanwhile."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """Qt: fill the field; at first only."""
        if not editor.property(_FILLED):
            super().setEditorData(editor, index)
            editor.setProperty(_FILLED, True)

    def destroyEditor(self, editor: QWidget, index: _Index) -> None:  # noqa: N802 - Qt's own
        """Qt: the field goes. When its row has gone, Qt itself would take the view to be written in for ever."""
        super().destroyEditor(editor, index)
        if not index.isValid():
            self._view.setState(QAbstractItemView.State.NoState)


def refill(box: QComboBox, entries: Sequence[tuple[str, object]]) -> None:
    """Offer these entries, by their words and data; tells nobody.

    What is chosen, typed, or looked for in the open list stays so as long as it is there; else the first is chosen.
    """
    offered = [(box.itemText(place), box.itemData(place)) for place in range(box.count())]
    if offered == list(entries):
        return
    chosen, field = box.currentData(), box.lineEdit()
    typed = (
        None
        if field is None
        else (field.text(), field.cursorPosition(), field.selectionStart(), field.selectionLength())
    )
    with QSignalBlocker(box), QSignalBlocker(field or box):
        wanted = {data for _words, data in entries}
        for place in reversed(range(box.count())):
            if box.itemData(place) not in wanted:
                box.removeItem(place)
        for place, (words, data) in enumerate(entries):
            if box.itemData(place) != data:
                box.insertItem(place, words, data)
            box.setItemText(place, words)
        while box.count() > len(entries):
            box.removeItem(box.count() - 1)
        if field is None or typed is None:
            box.setCurrentIndex(max(0, box.findData(chosen)))
        elif field.text() != typed[0] or box.currentData() != chosen:
            box.setCurrentIndex(box.findText(typed[0]))
            field.setText(typed[0])
            field.setCursorPosition(typed[1])
            if typed[2] >= 0:
                field.setSelection(typed[2], typed[3])


def quiet_tool() -> QToolButton:
    """A button without a frame, which Tab reaches."""
    button = QToolButton()
    button.setProperty("role", "quiet")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def choice(menu: QMenu, words: str, group: QActionGroup | None = None) -> QAction:
    """An entry that is on or off; in a group, one of them is on."""
    action = menu.addAction(words)
    action.setCheckable(True)
    if group is not None:
        group.addAction(action)
    return action


def menu_place(view: QAbstractItemView, event: QContextMenuEvent) -> QPoint:
    """Where on the screen a menu opens: at the mouse; by the keyboard at the current row, wherever the mouse is."""
    if event.reason() is QContextMenuEvent.Reason.Mouse:
        return event.globalPos()
    return view.viewport().mapToGlobal(view.visualRect(view.currentIndex()).center())


def scroll_smoothly(view: QAbstractItemView) -> None:
    """Rows or cells of many: chosen together, scrolled by pixels, beside a bar that always has its room."""
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    view.setMouseTracking(True)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else cells would change their width
    bar = view.verticalScrollBar()
    bar.rangeChanged.connect(lambda _least, most: bar.setEnabled(most > 0))  # without anything to scroll, not seen
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
