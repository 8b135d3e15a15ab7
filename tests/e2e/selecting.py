"""What a user does with the list of selects."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.selects import Select

SOON_MS = 20_000


def selects(program: Composition) -> tuple[Select, ...]:
    return program.selects.tab.model.selects


def click(program: Composition, qtbot: QtBot, row: int) -> None:
    view = program.selects.tab.view
    at = view.visualRect(program.selects.tab.model.index(row, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
