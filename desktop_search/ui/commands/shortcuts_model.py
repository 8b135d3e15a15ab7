"""The commands with their keys as a Qt table, for the page on which keys are changed."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_search.core.commands import Command
from desktop_search.core.language import N_, _
from desktop_search.models.headed_table import HeadedTable
from desktop_search.ui.commands.command_set import CommandSet

COLUMNS = (N_("Command"), N_("Shortcut"), N_("Works"), N_("Menu"))
_NO_PARENT = QModelIndex()


class ShortcutsModel(HeadedTable):
    """Those commands that hold what is looked for, in the order of the table. A star marks changed keys."""

    def __init__(self, commands: CommandSet, parent: QObject) -> None:
        super().__init__(COLUMNS, ())
        self.setParent(parent)
        self._commands, self._query = commands, ""
        self._rows: list[Command] = list(commands.commands)
        commands.keys_changed.connect(self._on_keys_changed)

    def set_query(self, query: str) -> None:
        """Show the commands that have all words of `query` in their name, keys or menu."""
        wanted = query.casefold().split()
        self.beginResetModel()
        self._rows = [each for each in self._commands.commands if self._holds(each, wanted)]
        self.endResetModel()

    def command(self, row: int) -> Command | None:
        """The command of a row; `None` when there is no such row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, command_id: str) -> int:
        """Where a command stands; -1 when it is not on show."""
        return next((row for row, each in enumerate(self._rows) if each.command_id == command_id), -1)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """Qt: how many."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: what a cell says."""
        command = self.command(index.row())
        if command is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        keys = self._commands.all_keys_text(command.command_id) or _("none")
        star = " *" if self._commands.is_changed(command) else ""
        return (command.name, f"{keys}{star}", command.place.title, command.group.title)[index.column()]

    def _holds(self, command: Command, wanted: list[str]) -> bool:
        keys = self._commands.all_keys_text(command.command_id)
        text = f"{command.name} {keys} {command.group.title} {command.place.title} {command.words}".casefold()
        return all(word in text for word in wanted)

    def _on_keys_changed(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(COLUMNS) - 1))
