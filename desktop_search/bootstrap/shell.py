"""What the first frame of the window needs, and nothing else: frame, menus, theme, and a field to type into."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from desktop_search.bootstrap.wire_theme import ThemeParts
from desktop_search.core.language import _
from desktop_search.settings.first_choices import FirstChoices
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.main_window import MainWindow
from desktop_search.ui.search.first_search import FirstSearch


class Shell(QObject):
    """The window that stays, at the size of the last run, before the panes are in it."""

    def __init__(self, app: QApplication, choices: FirstChoices) -> None:
        super().__init__()
        self.theme = ThemeParts(app, choices.theme, self)
        self.commands = CommandSet(self)
        self.commands.tell_unconnected(_("Desktop Search is still being opened."))
        self.search = FirstSearch()
        self.window = MainWindow(self.commands, self.search)
        self.window.restore_layout(choices.window_layout)
        self.search.parts.field.setFocus()
