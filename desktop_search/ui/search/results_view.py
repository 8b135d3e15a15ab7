"""The list of results, or their grid: keys, clicks, what opens and closes, and the place that is kept meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QListView

from desktop_search.core.hits import ClipKey, Found
from desktop_search.core.language import _
from desktop_search.core.result_rows import MomentRow, Opener
from desktop_search.core.timecode import Timebase
from desktop_search.models.results_model import ResultsModel, Role
from desktop_search.ui.list_parts import SteadyList, menu_place, scroll_smoothly
from desktop_search.ui.search.hit_delegate import HitDelegate

_HELP = _(
    "Up and Down move, Right or plus shows what belongs to a row, Left or minus hides it, Enter plays, Space plays or "
    "pauses, letters find a name, Shift and Control choose several rows."
)
_Flag = QItemSelectionModel.SelectionFlag


class ResultsView(SteadyList):
    """Up and Down move; the keys of the commands come before the list's own.

    Signals:
        current_found(object): another moment or image is the current one.
        played(object): Enter or a double click on one.
        opened_or_closed(): rows were shown or hidden.
        menu_requested(QPoint): at this point of the screen.
        drag_asked(): what is chosen is dragged.
    """

    current_found = Signal(object)
    played = Signal(object)
    opened_or_closed = Signal()
    menu_requested = Signal(QPoint)
    drag_asked = Signal()

    def __init__(self, model: ResultsModel) -> None:
        super().__init__()
        self._rows = model
        self._current: Found | None = None
        self._is_keeping = False
        self.hits = HitDelegate(model, self)
        self.setModel(model)
        self.setItemDelegate(self.hits)
        self.setAccessibleName(_("Search results"))
        self.setAccessibleDescription(_HELP)
        scroll_smoothly(self)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setDragEnabled(True)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(self._on_double_clicked)
        model.modelReset.connect(self._on_reset)

    @property
    def is_grid(self) -> bool:
        """Whether the rows are cells of a grid."""
        return self.isWrapping()

    def set_grid(self, is_grid: bool) -> None:
        """Show a grid of pictures, or a list with words."""
        self.setFlow(QListView.Flow.LeftToRight if is_grid else QListView.Flow.TopToBottom)
        self.setWrapping(is_grid)
        self._fit()
        self.scheduleDelayedItemsLayout()
        if self.currentIndex().isValid():
            self.executeDelayedItemsLayout()
            self.scrollTo(self.currentIndex())

    def chosen(self) -> tuple[Found, ...]:
        """What is selected, in the order of the list; without openers."""
        numbers = sorted(index.row() for index in self.selectionModel().selectedRows())
        found = (self._rows.index(row).data(Role.FOUND) for row in numbers)
        return tuple(each for each in found if each is not None)

    @property
    def timebases(self) -> Mapping[ClipKey, Timebase]:
        """How the clips count, as far as it is known."""
        return self._rows.timebases

    def choose(self, row: int) -> None:
        """Make a row the current and only selected one; out of range does nothing."""
        index = self._rows.index(row)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, _Flag.ClearAndSelect)

    def move_by(self, count: int) -> None:
        """Choose the moment or image so many further down (or up, when negative), past openers; else do nothing."""
        row, step = self.currentIndex().row(), 1 if count > 0 else -1
        while count:
            row += step
            if not 0 <= row < self._rows.rowCount():
                return
            if isinstance(self._rows.index(row).data(Role.ROW), MomentRow):
                count -= step
        self.choose(row)

    def keep_place(self, change: Callable[[], object]) -> None:
        """Do `change`, which arranges the rows anew: current row, selection and what is looked at stay."""
        current = self._rows.key_of(self.currentIndex().row())
        selected = [self._rows.key_of(index.row()) for index in self.selectionModel().selectedRows()]
        anchor, top = self._anchor(current)
        self._is_keeping = True
        change()
        self._put_back(current, selected)
        self._is_keeping = False
        row = self._rows.row_of(anchor)
        if row is not None and self.isVisible():
            self.executeDelayedItemsLayout()
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.visualRect(self._rows.index(row)).top() - top)
        self._tell_current()

    def set_open(self, row: int, is_open: bool) -> None:
        """Show what belongs to a row, or hide it."""
        was_opener = isinstance(self._rows.index(row).data(Role.ROW), Opener)
        keys: list[Hashable] = []
        self.keep_place(lambda: keys.append(self._rows.set_open(row, is_open)))
        here = self._rows.row_of(keys[0])
        if was_opener and is_open and here != row:
            self.choose(row)  # the first of those that were hidden
        elif not self.currentIndex().isValid() and here is not None:
            self.choose(here)
        self.opened_or_closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the cells of the grid share the width."""
        self._fit()
        super().resizeEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt: the menu is asked for."""
        self.menu_requested.emit(menu_place(self, event))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The number on a picture opens what the row stands for."""
        index = self.indexAt(event.position().toPoint())
        row = index.data(Role.ROW)
        if isinstance(row, MomentRow) and event.button() is Qt.MouseButton.LeftButton:
            chip = self.hits.chip_rect(self.visualRect(index), row)
            if chip.contains(event.position().toPoint()):
                self.set_open(index.row(), not self._rows.is_open(index.row()))
                return
        super().mousePressEvent(event)

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """What is chosen can be dragged into the selects, and into other programs."""
        if self.chosen():
            self.drag_asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right hide and show in the list; in the grid they go from cell to cell."""
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Right and is_plain and not self.is_grid:
            self.open_current()
        elif event.key() == Qt.Key.Key_Left and is_plain and not self.is_grid:
            self.close_current()
        else:
            super().keyPressEvent(event)

    def play_current(self) -> None:
        """Play from the current moment, or do what the current opener does."""
        self._play_or_open(self.currentIndex())

    def open_current(self) -> None:
        """Show what belongs to the current row, else the rest of its clip."""
        row = self.currentIndex().row()
        if row < 0:
            return
        if self._rows.is_open(row) is False:
            self.set_open(row, is_open=True)
        elif (opener := self._rows.opener_of(row)) is not None and self._rows.is_open(opener) is False:
            self.keep_place(lambda: self._rows.set_open(opener, is_open=True))
            self.opened_or_closed.emit()

    def close_current(self) -> None:
        """Hide what belongs to the current row, else what it belongs to."""
        row = self.currentIndex().row()
        if row < 0:
            return
        if self._rows.is_open(row):
            self.set_open(row, is_open=False)
        elif (parent := self._rows.parent_of(row)) is not None:
            self.set_open(parent, is_open=False)

    def _on_clicked(self, index: QModelIndex) -> None:
        if isinstance(index.data(Role.ROW), Opener):
            self._play_or_open(index)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        if isinstance(index.data(Role.ROW), MomentRow):
            self._play_or_open(index)

    def _play_or_open(self, index: QModelIndex) -> None:
        row = index.data(Role.ROW) if index.isValid() else None
        if isinstance(row, Opener):
            self.set_open(index.row(), not row.is_open)
        elif isinstance(row, MomentRow):
            self.played.emit(row.found)

    def _fit(self) -> None:
        self.hits.fit(self.viewport().width(), is_grid=self.is_grid)

    def _anchor(self, current: Hashable) -> tuple[Hashable, int]:
        """What stays where it is: the current row where it is on show, else the first that is."""
        rect = self.visualRect(self.currentIndex())
        if self.currentIndex().isValid() and self.viewport().rect().intersects(rect):
            return current, rect.top()
        first = self.indexAt(QPoint(4, 4))
        return self._rows.key_of(first.row()), self.visualRect(first).top()

    def _put_back(self, current: Hashable, selected: Sequence[Hashable]) -> None:
        chosen = QItemSelection()
        for key in selected:
            row = None if key is None else self._rows.row_of(key)
            if row is not None:
                chosen.select(self._rows.index(row), self._rows.index(row))
        row = None if current is None else self._rows.row_of(current)
        self.selectionModel().select(chosen, _Flag.ClearAndSelect)
        if row is not None:
            self.selectionModel().setCurrentIndex(self._rows.index(row), _Flag.NoUpdate)

    def _on_reset(self) -> None:
        if not self._is_keeping:
            self._current = None

    def _on_current_changed(self, *_indexes: QModelIndex) -> None:
        if not self._is_keeping:
            self._tell_current()

    def _tell_current(self) -> None:
        found = self.currentIndex().data(Role.FOUND) if self.currentIndex().isValid() else None
        if found is not None and found != self._current:
            self._current = found
            self.current_found.emit(found)
