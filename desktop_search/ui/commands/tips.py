"""Tool tips that name the key of a command, and go on naming the right one."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop_search.ui.commands.command_set import CommandSet


class KeyTip(QObject):
    """Gives a control the tool tip `words` with the key that its command has now. Further lines stay below."""

    def __init__(self, widget: QWidget, commands: CommandSet, command_id: str, words: str) -> None:
        super().__init__(widget)
        self._widget, self._commands, self._command_id, self._words = widget, commands, command_id, words
        commands.keys_changed.connect(self._show)
        self._show()

    def set_words(self, words: str) -> None:
        """The control means something else now."""
        self._words = words
        self._show()

    def _show(self) -> None:
        first, line_end, rest = self._words.partition("\n")
        self._widget.setToolTip(self._commands.tip(self._command_id, first) + line_end + rest)
