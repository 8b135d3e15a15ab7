"""The command palette: everything that can be done, found by a few letters."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from desktop_search.core.command_ranking import ranked
from desktop_search.core.commands import Command
from desktop_search.core.language import _
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.commands.palette_list import PaletteDelegate, PaletteList, PaletteRole, Row

_WIDTH_PX, _ROWS, _TOP_PX, _EDGE_PX = 560, 11, 48, 20
_RECENT_MAX = 8
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: 1 - _ROWS, Qt.Key.Key_PageDown: _ROWS - 1}


class Palette(QFrame):
    """Stands over the window until something is chosen, Escape is pressed, or a click goes elsewhere.

    A window of its own: the player's picture is one too, and would cover anything less.
    """

    def __init__(self, commands: CommandSet, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._commands, self._window, self._recent = commands, window, list[str]()
        self.setProperty("role", "palette")
        self.setAccessibleName(_("Command palette"))
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("What do you want to do?"))
        self.field.setAccessibleName(_("Find a command"))
        self.field.textChanged.connect(lambda _text: self._fill())
        self.field.installEventFilter(self)
        self.list = PaletteList(self)
        self.view = QListView()
        self.view.setModel(self.list)
        self.view.setItemDelegate(PaletteDelegate(self.view))
        self.view.setAccessibleName(_("Commands"))
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the field keeps the keys
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.clicked.connect(lambda index: self._run(index.row()))
        self.view.selectionModel().currentChanged.connect(lambda _now, _before: self._describe())
        self.nothing = QLabel(_("No command has these letters."))
        self.nothing.setProperty("role", "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        for part in (self.field, self.view, self.nothing):
            column.addWidget(part)

    @property
    def recent(self) -> tuple[str, ...]:
        """The commands that were chosen here last, the newest first."""
        return tuple(self._recent)

    def set_recent(self, command_ids: Iterable[str]) -> None:
        """The commands of earlier runs; what is no command is left out."""
        known = {command.command_id for command in self._commands.commands}
        self._recent = [each for each in dict.fromkeys(command_ids) if each in known][:_RECENT_MAX]

    def open(self) -> None:
        """Show it, ready to be typed into, with what can be done now."""
        window = self._window
        self.field.clear()
        self._fill()
        row_px = self.view.sizeHintForRow(0)
        self.view.setFixedHeight(min(row_px * _ROWS, max(row_px, window.height() - 2 * _TOP_PX - 60)))
        self.setFixedWidth(min(_WIDTH_PX, window.width() - 2 * _EDGE_PX))
        self.adjustSize()
        self.move(window.mapToGlobal(QPoint((window.width() - self.width()) // 2, _TOP_PX)))
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows move in the list while the field is typed into; Enter does what is chosen, Escape leaves."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._move(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self.view.currentIndex().row())
        elif key == Qt.Key.Key_Escape:
            self.close()
        else:
            return super().eventFilter(watched, event)
        return True

    def _fill(self) -> None:
        found = ranked(self.field.text(), self._commands.commands, self._recent)
        self.list.set_rows([self._row(command) for command in found])
        self.nothing.setVisible(not found)
        self._move(0)

    def _row(self, command: Command) -> Row:
        command_id = command.command_id
        keys, why_not = self._commands.keys_text(command_id), self._commands.why_not(command_id)
        return Row(command_id, command.name, command.group.title, keys, why_not)

    def _move(self, step: int) -> None:
        last = self.list.rowCount() - 1
        here = self.view.currentIndex().row()
        row = (here + step) % (last + 1) if abs(step) == 1 and last >= 0 else min(max(here + step, 0), last)
        self.view.setCurrentIndex(self.list.index(row))
        self._describe()

    def _describe(self) -> None:
        """What is chosen, for those who hear it: the focus stays in the field."""
        self.field.setAccessibleDescription(
            str(self.view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole) or "")
        )

    def _run(self, row: int) -> None:
        command_id = self.list.index(row).data(PaletteRole.COMMAND_ID)
        if not isinstance(command_id, str) or self._commands.why_not(command_id):
            return  # its row says why
        self.close()
        self._recent = [command_id, *(each for each in self._recent if each != command_id)][:_RECENT_MAX]
        self._commands.run(command_id)
