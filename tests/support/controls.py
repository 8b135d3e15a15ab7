"""What a user can act on in a window: named, reached by Tab, seen to have the focus, and large enough for its text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QToolButton,
    QWidget,
)
from pytestqt import exceptions
from pytestqt.qtbot import QtBot

_CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
)
_EDGES_PX = 4  # border and a little air
_STEPS_MAX, _SETTLED_MS = 300, 3000


def controls(window: QWidget) -> list[QWidget]:
    """What a user can act on now; the inner parts of compound controls belong to those."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, _CONTROLS)
        and widget.window() is window
        and widget.isVisible()
        and not isinstance(widget, QScrollBar | QHeaderView)
        and not isinstance(widget.parent(), QComboBox | QAbstractSpinBox | QLineEdit | QTabBar)
        and not widget.objectName().startswith("qt_")
    ]


def named(widget: QWidget) -> str:
    """What a screen reader says of it."""
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    owner = widget.parentWidget() if isinstance(widget, QTabBar) else None
    return widget.accessibleName() or text or (owner.accessibleName() if owner is not None else "")


def walk(start: QWidget, qtbot: QtBot) -> Iterator[QWidget]:
    """Press Tab until it comes round; what got the focus on the way, with one of several exclusive buttons for all."""
    start.setFocus(Qt.FocusReason.TabFocusReason)
    first = here = QApplication.focusWidget()
    for _step in range(_STEPS_MAX):
        if here is None:
            return
        yield here
        group = here.group() if isinstance(here, QAbstractButton) else None
        if group is not None:
            yield from group.buttons()
        qtbot.keyClick(here, Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        if here is first:
            return
    pytest.fail("Tab never came round")


def looks_focused(widget: QWidget, elsewhere: QWidget) -> bool:
    """Whether it is painted in another way while it has the focus."""
    elsewhere.setFocus(Qt.FocusReason.TabFocusReason)
    before = widget.grab().toImage()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    return widget.grab().toImage() != before


def texts_cut_off(window: QWidget, qtbot: QtBot) -> list[str]:
    """The texts that do not fit once everything has its place."""

    def cut() -> list[str]:
        return [what for widget in window.findChildren(QWidget) for what in cut_off(widget)]

    with suppress(exceptions.TimeoutError):
        qtbot.waitUntil(lambda: not cut(), timeout=_SETTLED_MS)
    return cut()


def cut_off(widget: QWidget) -> Iterator[str]:
    """Says of a visible button or label that its text does not fit into it."""
    if not widget.isVisible() or _scrolls(widget):
        return
    if isinstance(widget, QPushButton | QToolButton) and widget.text():
        wide, high = widget.sizeHint().width(), widget.fontMetrics().height() + _EDGES_PX
        if widget.width() < wide or widget.height() < high:
            yield f"{widget.text()}: {widget.size()} < {wide}x{high}"
    elif isinstance(widget, QLabel) and widget.text():
        high = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
        wide = 0 if widget.wordWrap() else widget.minimumSizeHint().width()
        if widget.height() < high or widget.width() < wide:
            yield f"{widget.text()}: {widget.size()} < {wide}x{high}"


def _scrolls(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            return True
        parent = parent.parentWidget()
    return False
