"""Palette and sheet of the commands, with the keys and the recent commands of the preferences."""

from __future__ import annotations

from desktop_search.settings.preferences import Preferences
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.commands.palette import Palette
from desktop_search.ui.commands.sheet import ShortcutSheet
from desktop_search.ui.main_window import MainWindow


class CommandParts:
    """What shows all commands."""

    def __init__(self, commands: CommandSet, preferences: Preferences, window: MainWindow) -> None:
        commands.set_keys(preferences.shortcuts)
        self.palette = Palette(commands, window)
        self.palette.set_recent(preferences.recent_commands)
        self.sheet = ShortcutSheet(commands, window)
        commands.connect("help.commands", self.palette.open)
        commands.connect("help.shortcuts", self.sheet.open)
