"""What the tests of the filters share: a library's words, and how fields, chips and texts are found."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_search.core.library_words import LibraryWords, VideoNames, Words
from desktop_search.ui.search.search_pane import SearchPane
from tests.support.focus import wait_active

W = TypeVar("W", bound=QWidget)
WORDS = LibraryWords(
    tags=Words(("Harbour", "night")),
    cameras=Words(("Canon EOS R5", "X100V")),
    videos=VideoNames({"VI1": "harbour.mp4", "VI2": "pier\nat night.mp4", "VI3": "a.mp4", "VI4": "a.mp4"}),
    is_whole=True,
)


def shown_pane(qtbot: QtBot) -> SearchPane:
    """A search pane that gets keys."""
    made = SearchPane()
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    made.activateWindow()
    wait_active(qtbot, made)
    return made


def named(parent: QWidget, kind: type[W], name: str) -> W:
    return next(child for child in parent.findChildren(kind) if child.accessibleName() == name)


def chips(parent: QWidget) -> list[str]:
    """What the chips on show say."""
    found = [button for button in parent.findChildren(QAbstractButton) if button.isVisible()]
    names = [button.accessibleName() for button in found]
    return [name.removeprefix("Remove filter ") for name in names if name.startswith("Remove filter ")]


def said(parent: QWidget) -> str:
    return "\n".join(label.text() for label in parent.findChildren(QLabel) if label.isVisible())


def completion(entry: QLineEdit) -> QWidget:
    """The list of what is offered for a field."""
    completer = entry.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    return popup
