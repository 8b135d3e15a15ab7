"""Asking for the menu of what has the focus."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication


def ask_for_menu() -> None:
    """As the menu key does, which not every keyboard has."""
    widget = QApplication.focusWidget()
    if widget is not None:
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), widget.mapToGlobal(QPoint()))
        QApplication.sendEvent(widget, event)
