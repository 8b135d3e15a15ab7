"""A window whose commands say what they did."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_search.core.commands import COMMANDS, Place
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.main_window import MainWindow, Panes
from tests.support.focus import wait_active

_BY_WINDOW = {"file.quit", "view.next-pane", "view.previous-pane", "help.commands", "help.shortcuts"}
NOT_CONNECTED = "file.usage"


class Desk:
    """A window with a player pane that has a field inside, and a queue beside it."""

    def __init__(self) -> None:
        self.commands = CommandSet()
        self.done: list[str] = []
        for command in COMMANDS:
            if command.command_id not in {*_BY_WINDOW, NOT_CONNECTED}:
                self.commands.connect(command.command_id, partial(self.done.append, command.command_id))
        parts = [QWidget() for _part in range(7)]
        self.queue, self.player = QListView(), parts[3]
        self.window = MainWindow(self.commands, parts[1])
        list(self.window.put(Panes(*parts)))
        self.player.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.field = QLineEdit()
        for outside, inside in ((parts[0], self.queue), (self.player, self.field)):
            QVBoxLayout(outside).addWidget(inside)
        self.commands.attach(Place.QUEUE, self.queue)
        self.commands.attach(Place.PLAYER, self.player)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    """The window, open and active."""
    made = Desk()
    qtbot.addWidget(made.window)
    made.window.show()
    made.window.activateWindow()
    wait_active(qtbot, made.window)
    yield made
    made.window.close()
