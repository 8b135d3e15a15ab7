"""The items of a library as a grid or as a table, over one model and one selection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractItemView, QStackedWidget, QTableView

from desktop_search.core.hits import ClipKey
from desktop_search.core.language import _
from desktop_search.core.library_items import LibraryItem
from desktop_search.core.library_rows import Heading, ItemArrangement
from desktop_search.models.library_model import COLUMNS, LibraryModel, items_in
from desktop_search.ui.browse.item_delegate import LineDelegate
from desktop_search.ui.browse.item_grid import ItemGrid
from desktop_search.ui.list_parts import menu_place
from desktop_search.ui.tables import plain_table

_INSIDE_PX = 20  # within the first cell
_Flag = QItemSelectionModel.SelectionFlag
_Index = QModelIndex | QPersistentModelIndex


class LibraryViews(QStackedWidget):
    """Signals:
    current_changed(): another item is the current one, or none.
    opened(): a double click on an item.
    menu_requested(QPoint): at this point of the screen.
    scrolled(): other items are in sight.
    arranged(ItemArrangement): a heading of the table was clicked.
    """

    current_changed = Signal()
    opened = Signal()
    menu_requested = Signal(QPoint)
    scrolled = Signal()
    arranged = Signal(object)

    def __init__(self, model: LibraryModel) -> None:
        super().__init__()
        self._model = model
        self.grid = ItemGrid(model)
        widths = {number: column.width_px for number, column in enumerate(COLUMNS)}
        self.table: QTableView = plain_table(model, _("Items of the library, as a table"), widths, len(COLUMNS) - 1)
        self.table.setItemDelegate(LineDelegate(model, self.table))
        own = self.table.selectionModel()
        self.table.setSelectionModel(self.grid.selectionModel())
        own.deleteLater()
        header = self.table.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.sectionClicked.connect(self._on_heading_clicked)
        for view in self.views:
            self.addWidget(view)
            view.doubleClicked.connect(self._on_double_clicked)
            view.verticalScrollBar().valueChanged.connect(self.scrolled)
        self.grid.selectionModel().currentChanged.connect(lambda *_indexes: self.current_changed.emit())
        model.arranged.connect(self._on_arranged)
        self._on_arranged()

    @property
    def views(self) -> tuple[QAbstractItemView, ...]:
        """Both of them."""
        return self.grid, self.table

    @property
    def view(self) -> QAbstractItemView:
        """The one in front."""
        return self.table if self.currentWidget() is self.table else self.grid

    def show_arrangement(self, arrangement: ItemArrangement) -> None:
        """Bring the grid or the table to the front; headings of the table say what is sorted."""
        view = self.grid if arrangement.is_grid else self.table
        if view is not self.view:
            had_focus = self.view.hasFocus()
            selected = self.selected_rows()
            self.setCurrentWidget(view)
            self._select(selected)
            view.scrollTo(view.currentIndex())
            if had_focus:
                view.setFocus()
        header = self.table.horizontalHeader()
        section = next((number for number, each in enumerate(COLUMNS) if each.sort is arrangement.sort), -1)
        order = Qt.SortOrder.DescendingOrder if arrangement.descending else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(section, order)

    def selected_rows(self) -> list[int]:
        """Their numbers, in order."""
        rows: set[int] = set()
        selection = self.grid.selectionModel().selection()
        for number in range(selection.size()):
            rows.update(range(selection.at(number).top(), selection.at(number).bottom() + 1))
        return sorted(rows)

    def chosen(self) -> tuple[LibraryItem, ...]:
        """What is selected, in the order of the rows."""
        return items_in([self._model.row_at(row) for row in self.selected_rows()])

    def current(self) -> LibraryItem | None:
        """The item with the focus."""
        row = self._model.row_at(self.grid.currentIndex().row())
        return row if isinstance(row, LibraryItem) else None

    def in_sight(self) -> tuple[LibraryItem, ...]:
        """The items that can be seen, in the order of the rows."""
        view, rows = self.view, []
        row = max(0, view.indexAt(QPoint(_INSIDE_PX, _INSIDE_PX)).row())
        while row < self._model.rowCount() and view.visualRect(self._model.index(row)).top() < view.viewport().height():
            rows.append(self._model.row_at(row))
            row += 1
        return items_in(rows)

    def choose(self, key: ClipKey) -> None:
        """Make this item the current and only selected one, if it is on show."""
        row = self._model.row_of(key)
        if row is not None:
            self.grid.selectionModel().setCurrentIndex(self._model.index(row, 0), _Flag.ClearAndSelect | _Flag.Rows)

    def enter(self) -> None:
        """Go into the items; the first is chosen when none was."""
        if self.current() is None:
            first = next((row for row in range(2) if isinstance(self._model.row_at(row), LibraryItem)), None)
            if first is not None:
                index = self._model.index(first, 0)
                self.grid.selectionModel().setCurrentIndex(index, _Flag.ClearAndSelect | _Flag.Rows)
        self.view.setFocus()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt: the menu is asked for."""
        self.menu_requested.emit(menu_place(self.view, event))

    def _select(self, rows: Sequence[int]) -> None:
        chosen = QItemSelection()
        last = len(COLUMNS) - 1
        for row in rows:
            chosen.select(self._model.index(row, 0), self._model.index(row, last))
        self.grid.selectionModel().select(chosen, _Flag.ClearAndSelect)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        if not isinstance(self._model.row_at(index.row()), Heading):
            self.opened.emit()

    def _on_heading_clicked(self, section: int) -> None:
        sort = COLUMNS[section].sort
        if sort is None:
            self.show_arrangement(self._model.arrangement)  # Qt has moved its sign already
            return
        arrangement = self._model.arrangement
        turned = not arrangement.descending if sort is arrangement.sort else False
        self.arranged.emit(replace(arrangement, sort=sort, descending=turned))

    def _on_arranged(self) -> None:
        self.table.clearSpans()
        for row in self._model.headings:
            self.table.setSpan(row, 0, 1, len(COLUMNS))
