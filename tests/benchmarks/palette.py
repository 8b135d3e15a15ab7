"""The command palette: from its key to its pixels, and from letters to the list, beside a bare list in a popup."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListView, QMainWindow, QVBoxLayout

from desktop_search.bootstrap.virtual_display import VirtualDisplay
from desktop_search.core.commands import COMMANDS
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.commands.palette import Palette
from desktop_search.ui.style.theme import Theme, apply_theme
from tests.benchmarks.measuring import Measured, compare

_LETTERS = "mark in"


def palette() -> Iterator[Measured]:
    """In seconds."""
    with VirtualDisplay():
        app = QApplication([])
        apply_theme(app, Theme.DARK)
        window = QMainWindow()
        window.resize(1440, 900)
        window.show()
        commands = CommandSet(window)
        for command in COMMANDS:
            commands.connect(command.command_id, lambda: None)
        ours, bare = Palette(commands, window), _Bare(window)
        yield compare(
            f"{len(COMMANDS)} commands: open the palette",
            lambda: _painted(ours.open, ours),
            "open a popup with a field and a list of strings",
            lambda: _painted(bare.open, bare),
            after_each=lambda: (ours.close(), bare.close()),
        )
        yield compare(
            f"type {len(_LETTERS)} letters into it",
            lambda: _typed(ours.field, ours.open),
            "type them into the bare field",
            lambda: _typed(bare.field, bare.open),
            after_each=lambda: (ours.close(), bare.close()),
        )
        window.close()


class _Bare(QFrame):
    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window, Qt.WindowType.Popup)
        self.field, view = QLineEdit(), QListView()
        view.setModel(QStringListModel([command.name for command in COMMANDS], self))
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(view)
        self.resize(560, 380)

    def open(self) -> None:
        self.show()
        self.field.setFocus()


def _painted(show: Callable[[], None], popup: QFrame) -> None:
    show()
    popup.repaint()
    QApplication.processEvents()
    QApplication.sync()


def _typed(field: QLineEdit, show: Callable[[], None]) -> None:
    if not field.isVisible():
        show()
    QTest.keyClicks(field, _LETTERS)
    field.window().repaint()
