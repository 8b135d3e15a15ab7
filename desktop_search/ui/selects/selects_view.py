"""The table of selects: keys, mouse, menu, and rows dragged within it, onto other bins and out of the program."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from desktop_search.core.language import _
from desktop_search.core.selects import Select
from desktop_search.models.selects_model import Column, SelectsModel
from desktop_search.ui.drop_line import DropLine
from desktop_search.ui.list_parts import menu_place
from desktop_search.ui.own_drags import RESULTS_FORMAT, SELECTS_FORMAT
from desktop_search.ui.selects.selects_delegate import SelectsDelegate

_ROW_PX = 26
_RATING_FROM_PX, _NOTE_FROM_PX, _TAGS_FROM_PX = 400, 460, 560
_NOTE_SHARE = 5  # of the width a fifth
_Flag = QItemSelectionModel.SelectionFlag


class SelectsView(QTableView):
    """Signals:
    opened(Select): double click: show its first frame.
    went_to(Select): the user went to this row.
    drag_asked(): the chosen rows are dragged.
    rows_dropped(int): the chosen rows go before this one.
    results_dropped(): results were dropped here.
    menu_asked(QPoint): at this point of the screen.
    """

    opened = Signal(object)
    went_to = Signal(object)
    drag_asked = Signal()
    rows_dropped = Signal(int)
    results_dropped = Signal()
    menu_asked = Signal(QPoint)

    def __init__(self, model: SelectsModel) -> None:
        super().__init__()
        self._rows = model
        self._drop_line = DropLine(self)
        self._is_moved_by_us = False
        self.setModel(model)
        self._painter = SelectsDelegate(self)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(_("Selects"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # takes differ at the end of their names
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self._dress_headers()
        self.doubleClicked.connect(self._on_double_clicked)
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)

    @property
    def drop_row(self) -> int | None:
        """Before which row dragged ones would go now; `None` while none are dragged over the table."""
        return self._drop_line.row

    @property
    def is_written_in(self) -> bool:
        """Whether a note is being written in a row."""
        return self.state() is QAbstractItemView.State.EditingState

    def chosen(self) -> tuple[Select, ...]:
        """The chosen ones, in their order."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self._rows.selects[row] for row in rows)

    def current(self) -> Select | None:
        """The one whose row is the current one."""
        row = self.currentIndex().row()
        return self._rows.selects[row] if 0 <= row < len(self._rows.selects) else None

    def choose(self, select_ids: Collection[int], current_id: int = 0) -> None:
        """Choose these rows, without going to one of them as the user does."""
        wanted = frozenset(select_ids)
        rows = [row for row, select in enumerate(self._rows.selects) if select.select_id in wanted]
        current = next(
            (row for row in rows if self._rows.selects[row].select_id == current_id), rows[0] if rows else -1
        )
        chosen = QItemSelection()
        for first_row, last_row in _runs(rows):
            chosen.select(self._rows.index(first_row, 0), self._rows.index(last_row, len(Column) - 1))
        self._is_moved_by_us = True
        if rows:
            index = self._rows.index(current if current >= 0 else rows[0], 0)
            self.selectionModel().setCurrentIndex(index, _Flag.NoUpdate)
        self.selectionModel().select(chosen, _Flag.ClearAndSelect)
        self._is_moved_by_us = False

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt: the menu is asked for."""
        if self.chosen():
            self.menu_asked.emit(menu_place(self, event))

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Let the chosen rows be dragged."""
        if self.chosen():
            self.drag_asked.emit()
            self._drop_line.end()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Rows of this list, or results."""
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where the rows would go, and scroll near the edges."""
        if not self._takes(event):
            event.ignore()
            return
        is_own = event.mimeData().hasFormat(SELECTS_FORMAT)
        self._drop_line.follow(event, None if is_own else self._rows.rowCount())
        event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Dragged elsewhere."""
        self._drop_line.end()

    def dropEvent(self, event: QDropEvent) -> None:
        """Put the dragged rows where the line is; results go to the end."""
        if not self._takes(event):
            event.ignore()
            return
        place = self._drop_line.row_at(event.position().toPoint())
        self._drop_line.end()
        event.acceptProposedAction()
        if event.mimeData().hasFormat(SELECTS_FORMAT):
            self.rows_dropped.emit(place)
        else:
            self.results_dropped.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, tags, notes and ratings are in the tool tip alone."""
        super().resizeEvent(event)
        self.setColumnHidden(Column.TAGS, self.width() < _TAGS_FROM_PX)
        self.setColumnHidden(Column.RATING, self.width() < _RATING_FROM_PX)
        self.setColumnHidden(Column.NOTE, self.width() < _NOTE_FROM_PX)
        self.horizontalHeader().resizeSection(Column.NOTE, self.width() // _NOTE_SHARE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, and the line where dragged ones would go."""
        super().paintEvent(event)
        self._drop_line.paint()

    def _takes(self, event: QDropEvent) -> bool:
        """What comes from this program; from another one it has no source."""
        kinds = (SELECTS_FORMAT, RESULTS_FORMAT)
        return event.source() is not None and any(event.mimeData().hasFormat(kind) for kind in kinds)

    def _dress_headers(self) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_PX)
        heading = self.horizontalHeader()
        heading.setHighlightSections(False)
        heading.setResizeContentsPrecision(0)  # what is in view says how wide a column is, however many rows there are
        heading.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        heading.setSectionResizeMode(Column.CLIP, QHeaderView.ResizeMode.Stretch)
        heading.setSectionResizeMode(Column.NOTE, QHeaderView.ResizeMode.Fixed)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        """A note is written; anything else is shown."""
        if self.model().flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)
        elif index.isValid():
            self.opened.emit(self._rows.selects[index.row()])

    def _on_current_changed(self, index: QModelIndex) -> None:
        if not self._is_moved_by_us and 0 <= index.row() < len(self._rows.selects):
            self.went_to.emit(self._rows.selects[index.row()])


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Rows as runs, first and last of each: Qt takes five thousand single ones very slowly."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = runs[-1][0], row
        else:
            runs.append((row, row))
    return runs
