"""Palette and sheet of the commands, with the keys and the recent commands of the preferences."""

from __future__ import annotations

from functools import cached_property

from desktop_search.settings.preferences import Preferences
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.commands.palette import Palette
from desktop_search.ui.commands.sheet import ShortcutSheet
from desktop_search.ui.main_window import MainWindow


class CommandParts:
    """What shows all commands."""

    def __init__(self, commands: CommandSet, preferences: Preferences, window: MainWindow) -> None:
        self._commands, self._window = commands, window
        if preferences.shortcuts:
            commands.set_keys(preferences.shortcuts)
        self.palette = Palette(commands, window)
        self.palette.set_recent(preferences.recent_commands)
        commands.connect("help.commands", self.palette.open)
        commands.connect("help.shortcuts", self._open_sheet)

    @cached_property
    def sheet(self) -> ShortcutSheet:
        """The sheet of all keys, made when it is first of use."""
        return ShortcutSheet(self._commands, self._window)

    def _open_sheet(self) -> None:
        self.sheet.open()
