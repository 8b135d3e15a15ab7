"""The page of the preferences on which keys are changed: press the new ones, and they hold at once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QKeySequenceEdit, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_search.core.commands import Command
from desktop_search.core.language import _
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.commands.keys import shown
from desktop_search.ui.commands.rekeying import objection, taken_over
from desktop_search.ui.commands.shortcuts_model import ShortcutsModel
from desktop_search.ui.style.labels import say, wrapped_label
from desktop_search.ui.tables import plain_table

_WIDTHS_PX = {1: 130, 2: 110, 3: 70}


class ShortcutsPage(QWidget):
    """Signals:
    changed(): the commands have other keys now; `CommandSet.changes` are to be kept.
    """

    changed = Signal()

    def __init__(self, commands: CommandSet) -> None:
        super().__init__()
        self._commands = commands
        self._asked = ""  # keys that another command has, offered to be taken from it
        self.finder = QLineEdit()
        self.finder.setPlaceholderText(_("Find a command or a key"))
        self.finder.setAccessibleName(_("Find a command or a key"))
        self.finder.setClearButtonEnabled(True)
        self.model = ShortcutsModel(commands, self)
        self.table = plain_table(self.model, _("Commands and their keys"), _WIDTHS_PX, 0)
        self.heading = QLabel(_("Shortcut"))
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.editor = QKeySequenceEdit()
        self.editor.setMaximumSequenceLength(1)
        self.editor.setAccessibleName(_("Press the new keys"))
        self.heading.setBuddy(self.editor)
        self.take = _button(_("Use it here"))
        self.none, self.reset, self.reset_all = _button(_("No key")), _button(_("Reset")), _button(_("Reset all"))
        self._problem = wrapped_label("problem")
        self._lay_out()
        self._connect()
        self.table.selectRow(0)

    @property
    def problem(self) -> str:
        """Why the pressed keys were not given."""
        return self._problem.text()

    def choose(self, command_id: str) -> None:
        """Choose a command as if its row was clicked."""
        row = self.model.row_of(command_id)
        self.table.selectRow(row)
        self.table.scrollTo(self.model.index(row, 0))

    def _chosen(self) -> Command | None:
        return self.model.command(self.table.currentIndex().row())

    def _on_pressed(self, pressed: QKeySequence) -> None:
        command, keys = self._chosen(), pressed.toString(QKeySequence.SequenceFormat.PortableText)
        if command is None or not keys or (keys,) == self._commands.keys(command.command_id)[:1]:
            return
        holder = self._commands.holder(keys, command)
        self._asked = keys if holder is not None else ""
        words = objection(command, keys, holder)
        if words:
            self._show_problem(words)
        else:
            self._set({**self._commands.changes, command.command_id: (keys,)})

    def _on_take_clicked(self) -> None:
        command = self._chosen()
        if command is not None and self._asked:
            self._set(taken_over(self._commands, command, self._asked))

    def _on_none_clicked(self) -> None:
        command = self._chosen()
        if command is not None:
            self._set({**self._commands.changes, command.command_id: ()})

    def _on_reset_clicked(self) -> None:
        command = self._chosen()
        if command is None:
            return
        holders = {keys: self._commands.holder(keys, command) for keys in command.keys}
        taken = next(((keys, holder) for keys, holder in holders.items() if holder is not None), None)
        if taken is not None:
            self._asked = taken[0]
            self._show_problem(objection(command, *taken))
            return
        changes = self._commands.changes
        changes.pop(command.command_id, None)
        self._set(changes)

    def _set(self, changes: dict[str, tuple[str, ...]]) -> None:
        self._asked = ""
        self._commands.set_keys(changes)
        self._show_chosen()
        self.changed.emit()

    def _show_chosen(self) -> None:
        command = self._chosen()
        self._asked = ""
        self._show_problem("")
        for control in (self.editor, self.none, self.reset):
            control.setEnabled(command is not None)
        self.reset_all.setEnabled(bool(self._commands.changes))
        if command is None:
            self.heading.setText(_("No command is chosen"))
            self.editor.clear()
            return
        self.heading.setText(_("Keys for “{command}”").format(command=command.name))
        keys = self._commands.keys(command.command_id)
        self.editor.setKeySequence(QKeySequence(keys[0]) if keys else QKeySequence())
        self.none.setEnabled(bool(keys))
        self.reset.setEnabled(keys != command.keys)

    def _show_problem(self, words: str) -> None:
        say(self._problem, words)
        self.take.setVisible(bool(self._asked))
        if self._asked:
            self.take.setText(_("Use {keys} here").format(keys=shown(self._asked)))

    def _connect(self) -> None:
        self.finder.textChanged.connect(self._on_query_changed)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_chosen())
        self.table.activated.connect(lambda _index: self.editor.setFocus())
        self.editor.keySequenceChanged.connect(self._on_pressed)
        self.take.clicked.connect(self._on_take_clicked)
        self.none.clicked.connect(self._on_none_clicked)
        self.reset.clicked.connect(self._on_reset_clicked)
        self.reset_all.clicked.connect(lambda: self._set({}))

    def _on_query_changed(self, query: str) -> None:
        self.model.set_query(query)
        self.table.selectRow(0)
        self._show_chosen()

    def _lay_out(self) -> None:
        line, below = QHBoxLayout(), QHBoxLayout()
        line.addWidget(self.editor, 1)
        for button in (self.none, self.reset, self.reset_all):
            line.addWidget(button)
        below.addWidget(self._problem, 1)
        below.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.finder)
        column.addWidget(self.table, 1)
        column.addWidget(self.heading)
        column.addLayout(line)
        column.addLayout(below)


def _button(words: str) -> QPushButton:
    button = QPushButton(words)
    button.setAutoDefault(False)
    return button
