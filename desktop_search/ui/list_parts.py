"""What lists of many and the bars above them are made of."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QAbstractItemView, QMenu, QToolButton


def quiet_tool() -> QToolButton:
    """A button without a frame, which Tab reaches."""
    button = QToolButton()
    button.setProperty("role", "quiet")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def choice(menu: QMenu, words: str, group: QActionGroup | None = None) -> QAction:
    """An entry that is on or off; in a group, one of them is on."""
    action = menu.addAction(words)
    action.setCheckable(True)
    if group is not None:
        group.addAction(action)
    return action


def scroll_smoothly(view: QAbstractItemView) -> None:
    """Rows or cells of many: chosen together, scrolled by pixels, beside a bar that always has its room."""
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    view.setMouseTracking(True)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else cells would change their width
    bar = view.verticalScrollBar()
    bar.rangeChanged.connect(lambda _least, most: bar.setEnabled(most > 0))  # without anything to scroll, not seen
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
