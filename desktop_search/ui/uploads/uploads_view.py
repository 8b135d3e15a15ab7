"""The list of the queue's rows: mouse, keys, drags and menu become wishes about files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import cast

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QMenu

from desktop_search.core.commands import Place
from desktop_search.core.language import _
from desktop_search.core.uploads import UploadItem
from desktop_search.models.upload_actions import MOVES, QueueAction, fitting, move_target
from desktop_search.models.uploads_model import UploadsModel
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.drop_line import DropLine
from desktop_search.ui.list_parts import SteadyList, menu_place
from desktop_search.ui.uploads import row_drag
from desktop_search.ui.uploads.queue_commands import connect_rows
from desktop_search.ui.uploads.upload_delegate import ThumbnailOf, UploadDelegate
from desktop_search.ui.uploads.upload_menu import rows_menu

_BY_KEYS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
_HELP = _(
    "{start} starts the chosen rows, {pause} pauses or resumes them, {cancel} cancels, {retry} tries again, "
    "{edit} edits their details, {up} and {down} move them, {remove} removes them."
)
_HELP_KEYS = ("start", "pause", "cancel", "retry", "edit", "up", "down", "remove")


class UploadsView(SteadyList):
    """Rows that can be chosen one or many at a time, and dragged to another place.

    Signals:
        asked(object, object): a `QueueAction` and the ids of the rows that it fits.
        move_asked(object, object): ids of rows, and the id of the row before which they go (`None`: to the end).
    """

    asked = Signal(object, object)
    move_asked = Signal(object, object)

    def __init__(self, model: UploadsModel, thumbnail_of: ThumbnailOf | None, commands: CommandSet) -> None:
        super().__init__()
        self._commands = commands
        self._rows = model
        self._drop_line = DropLine(self)
        self._laid_out: tuple[int, int, QSize] | None = None
        self._delegate = UploadDelegate(thumbnail_of)
        self._delegate.setParent(self)
        self._delegate.button_pressed.connect(self._on_button_pressed)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(_("Upload queue"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        connect_rows(self, commands)
        commands.attach(Place.QUEUE, self)
        commands.keys_changed.connect(self._describe)
        self._describe()

    @property
    def delegate(self) -> UploadDelegate:
        """What paints the rows."""
        return self._delegate

    @property
    def drop_row(self) -> int | None:
        """Before which row dragged ones would go now; `None` while none are dragged over the list."""
        return self._drop_line.row

    def chosen(self) -> list[UploadItem]:
        """The selected rows, from top to bottom."""
        return [self._rows.item_at(row) for first, last in self._chosen_runs() for row in range(first, last + 1)]

    def sole_chosen(self) -> UploadItem | None:
        """The selected row where there is exactly one."""
        runs = self._chosen_runs()
        return self._rows.item_at(runs[0][0]) if len(runs) == 1 and runs[0][0] == runs[0][1] else None

    def choose(self, ids: Iterable[int]) -> None:
        """Select the rows with these ids and no others, and go to the first of them."""
        chosen = QItemSelection()
        indexes = sorted((self._rows.index_of(each) for each in ids), key=lambda index: index.row())
        for index in indexes:
            chosen.select(index, index)
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if indexes:
            self.selectionModel().setCurrentIndex(indexes[0], QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(indexes[0])

    def act(self, action: QueueAction) -> None:
        """Ask for `action` with those of the chosen rows that it fits."""
        ids = fitting(action, self.chosen())
        if not ids or not self.can(action):
            return
        if action in MOVES:
            self.move_asked.emit(ids, move_target(action, self._rows.items, frozenset(ids)))
        else:
            self.asked.emit(action, ids)

    def keep_place(self, change: Callable[[], object]) -> None:
        """Do `change`, and scroll so that the first row of those on show that is still there stays where it was."""
        shown = self._shown() if self.verticalScrollBar().value() else []
        change()
        for item_id, top in shown:
            index = self._rows.index_of(item_id)
            if index.isValid():
                self.executeDelayedItemsLayout()
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + self.visualRect(index).top() - top)
                return

    def doItemsLayout(self) -> None:
        """Lay the rows out, unless as many of the same height are in the same room: then only their order is new."""
        laid_out = (self._rows.rowCount(), self.sizeHintForRow(0), self.viewport().size())
        if laid_out == self._laid_out:
            QAbstractItemView.doItemsLayout(self)
        else:
            super().doItemsLayout()
            self._laid_out = laid_out

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Who comes by a key finds a row chosen; Qt would make the first one current, but not choose it."""
        super().focusInEvent(event)
        if event.reason() in _BY_KEYS and self.currentIndex().isValid() and not self._chosen_runs():
            self.selectionModel().select(self.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def keyboardSearch(self, _search: str) -> None:
        """Letters are keys of actions here."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the chosen rows; also by the menu key."""
        menu = self.menu_for_chosen()
        if menu is not None:
            menu.popup(menu_place(self, event))

    def menu_for_chosen(self) -> QMenu | None:
        """What can be done with the chosen rows; `None` when none is chosen."""
        if not self.chosen():
            return None
        menu = rows_menu(self.can, self.act, self._commands, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Drag the chosen rows that can be moved."""
        ids = fitting(QueueAction.UP, self.chosen())
        if ids:
            row_drag.drag_rows(self, len(ids))
            self._drop_line.end()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Only rows of this list; files go on to the pane."""
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where the rows would go, and scroll near the edges."""
        if not row_drag.is_own_drag(self, event):
            event.ignore()
            return
        self._drop_line.follow(event)
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """The rows are dragged elsewhere, where nothing takes them."""
        self._drop_line.end()

    def dropEvent(self, event: QDropEvent) -> None:
        """Put the dragged rows where the line is."""
        if not row_drag.is_own_drag(self, event):
            event.ignore()
            return
        place = self._drop_line.row_at(event.position().toPoint())
        self._drop_line.end()
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()
        self._move_to(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, and the line where dragged ones would go."""
        super().paintEvent(event)
        self._drop_line.paint()

    def can(self, action: QueueAction) -> bool:
        """Whether `act` would do something now."""
        chosen = self.chosen()
        ids = fitting(action, chosen)
        if action is QueueAction.REVEAL and len(chosen) > 1:
            return False
        if ids and action in MOVES:
            try:
                move_target(action, self._rows.items, frozenset(ids))
            except LookupError:
                return False
        return bool(ids)

    def _move_to(self, place: int) -> None:
        ids = fitting(QueueAction.UP, self.chosen())
        moved = frozenset(ids)
        rest = self._rows.items[place:]
        before_id = next((item.item_id for item in rest if item.item_id not in moved), None)
        if ids:
            self.move_asked.emit(ids, before_id)

    def _describe(self) -> None:
        texts = {name: self._commands.keys_text(f"queue.{name}") or _("no key") for name in _HELP_KEYS}
        self.setAccessibleDescription(_HELP.format(**texts))

    def _chosen_runs(self) -> list[tuple[int, int]]:
        """Selected rows as runs, first and last of each: ten thousand are one run, not so many indexes."""
        ranges = cast("Sequence[QItemSelectionRange]", self.selectionModel().selection())  # it is one in fact
        return sorted((each.top(), each.bottom()) for each in ranges if each.isValid())

    def _shown(self) -> list[tuple[int, int]]:
        """The ids of the rows on show, with where each begins."""
        first = self.indexAt(QPoint(0, 0))
        found: list[tuple[int, int]] = []
        for row in range(max(0, first.row()), self._rows.rowCount()):
            rect: QRect = self.visualRect(self._rows.index(row))
            if rect.top() > self.viewport().height():
                break
            found.append((self._rows.item_at(row).item_id, rect.top()))
        return found

    def _on_button_pressed(self, action: QueueAction, item: UploadItem) -> None:
        self.asked.emit(action, (item.item_id,))
