"""The items of a library as cells of one size, in lines under headings.

Qt's own list lays every row out anew whenever one changes or the window grows, and asks for each of them; here it is
worked out where a row is when that is asked for, so that tens of thousands open as soon as a few. Of Qt's list there is
left what screen readers know it by.
"""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QCursor, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem

from desktop_search.core.grid_layout import GridLayout
from desktop_search.core.language import _
from desktop_search.models.library_model import LibraryModel
from desktop_search.ui.browse.item_delegate import HEADING_PX, CellDelegate, cell_size
from desktop_search.ui.list_parts import SteadyList, scroll_smoothly

_Index = QModelIndex | QPersistentModelIndex
_State = QStyle.StateFlag
_Move = QAbstractItemView.CursorAction
_LINE_STEPS = 3  # a step of the wheel is as many of the bar's, and goes one line


class ItemGrid(SteadyList):
    """Only what is in sight is painted. A range that is chosen goes from cell to cell, as reading does."""

    def __init__(self, model: LibraryModel) -> None:
        super().__init__()
        self._rows = model
        self._layout = GridLayout(0, (), width_px=1, cell=(1, 1), heading_px=HEADING_PX)
        self.setModel(model)
        self.setItemDelegate(CellDelegate(model, self))
        self.setAccessibleName(_("Items of the library"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)  # as the table beside it
        scroll_smoothly(self)

    def doItemsLayout(self) -> None:
        """Qt: there are other rows."""
        QAbstractItemView.doItemsLayout(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the cells share the width."""
        QAbstractItemView.resizeEvent(self, event)

    def updateGeometries(self) -> None:
        """Qt: the rows, or the room for them, have changed."""
        width_px, height_px = self.viewport().width(), self.viewport().height()
        cell = cell_size(width_px)
        rows, headings = self._rows.rowCount(), self._rows.headings
        self._layout = GridLayout(rows, headings, width_px=width_px, cell=cell, heading_px=HEADING_PX)
        bar = self.verticalScrollBar()
        bar.setSingleStep(max(1, cell[1] // _LINE_STEPS))
        bar.setPageStep(height_px)
        bar.setRange(0, max(0, self._layout.height_px - height_px))
        QAbstractItemView.updateGeometries(self)

    def visualRect(self, index: _Index) -> QRect:
        """Qt: where an item is in what is in sight."""
        if not index.isValid() or index.column() or index.row() >= self._layout.rows:
            return QRect()
        return QRect(*self._layout.box(index.row())).translated(0, -self.verticalOffset())

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Qt: which item is there."""
        return self._rows.index(self._layout.row_at(point.x(), point.y() + self.verticalOffset()))

    def scrollTo(
        self, index: _Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Qt: bring an item into sight."""
        area, bar, room_px = self.visualRect(index), self.verticalScrollBar(), self.viewport().height()
        if area.isNull():
            return
        hints, at = QAbstractItemView.ScrollHint, bar.value()
        if hint is hints.PositionAtTop or (hint is hints.EnsureVisible and area.top() < 0):
            bar.setValue(at + area.top())
        elif hint is hints.PositionAtCenter:
            bar.setValue(at + area.center().y() - room_px // 2)
        elif hint is hints.PositionAtBottom or area.bottom() >= room_px:
            bar.setValue(at + min(area.top(), area.bottom() + 1 - room_px))

    def moveCursor(self, action: QAbstractItemView.CursorAction, _keys: Qt.KeyboardModifier) -> QModelIndex:
        """Qt: where a key leads."""
        row, layout = self.currentIndex().row(), self._layout
        if row < 0:
            return self._rows.index(layout.beside(-1, 1))
        page = max(1, self.viewport().height() // cell_size(self.viewport().width())[1])
        match action:
            case _Move.MoveLeft | _Move.MovePrevious:
                row = layout.beside(row, -1)
            case _Move.MoveRight | _Move.MoveNext:
                row = layout.beside(row, 1)
            case _Move.MoveUp | _Move.MoveDown:
                row = layout.below(row, -1 if action is _Move.MoveUp else 1)
            case _Move.MovePageUp | _Move.MovePageDown:
                row = layout.below(row, -page if action is _Move.MovePageUp else page)
            case _Move.MoveHome:
                row = layout.beside(-1, 1)
            case _Move.MoveEnd:
                row = layout.beside(layout.rows, -1)
        return self._rows.index(row)

    def horizontalOffset(self) -> int:
        """Qt: it is never wider than the room for it."""
        return 0

    def verticalOffset(self) -> int:
        """Qt: how far it is scrolled, in pixels."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, _index: _Index) -> bool:
        """Qt: none is."""
        return False

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Qt: choose from where the rectangle begins to where it ends."""
        ends = [
            self._layout.nearest(point.x(), point.y() + self.verticalOffset())
            for point in (rect.topLeft(), rect.bottomRight())
        ]
        first, last = (self._rows.index(row) for row in sorted(ends))
        if self.indexAt(rect.bottomRight()).isValid() or ends[0] != ends[1]:
            self.selectionModel().select(QItemSelection(first, last), command)
        else:  # a click beside the cells
            self.selectionModel().select(QItemSelection(), command)

    def visualRegionForSelection(self, _selection: QItemSelection) -> QRegion:
        """Qt: what to paint again."""
        return QRegion(self.viewport().rect())

    def scrollContentsBy(self, x_px: int, y_px: int) -> None:
        """Qt: what stays in sight is moved, not painted again; but what is under the mouse, and was."""
        self.viewport().scroll(x_px, y_px)
        place = self.viewport().mapFromGlobal(QCursor.pos())
        for point in (place, place + QPoint(x_px, y_px)):
            self.viewport().update(self.visualRect(self.indexAt(point)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paint what is in sight."""
        painter, option = QPainter(self.viewport()), QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain = option.state & ~(_State.State_HasFocus | _State.State_MouseOver | _State.State_Selected)
        current = self.currentIndex().row() if self.hasFocus() else -1
        place = self.viewport().mapFromGlobal(QCursor.pos())
        under = self.indexAt(place).row() if self.viewport().underMouse() else -1
        chosen, delegate, offset_px = self.selectionModel(), self.itemDelegate(), self.verticalOffset()
        area = event.rect()
        for row in self._layout.between(area.top() + offset_px, area.bottom() + offset_px):
            index = self._rows.index(row)
            option.rect = self.visualRect(index)
            option.state = plain
            if chosen.isSelected(index):
                option.state |= _State.State_Selected
            if row == current:
                option.state |= _State.State_HasFocus
            if row == under:
                option.state |= _State.State_MouseOver
            delegate.paint(painter, option, index)
        painter.end()
