"""Waiting for windows. Qt's own waiting holds Python's lock all the while: a thread that the window needs, and that
needs the lock, would stop the run for ever. pytest-qt's `waitActive` and `waitExposed` wait so; what is here does not.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot


def wait_active(qtbot: QtBot, widget: QWidget) -> None:
    """Wait until the window of `widget` gets the keys."""
    qtbot.waitUntil(widget.isActiveWindow)


def wait_exposed(qtbot: QtBot, widget: QWidget) -> None:
    """Wait until the window of `widget` is on the screen."""

    def is_exposed() -> bool:
        window = widget.window()
        return window.isVisible() and window.windowHandle().isExposed()

    qtbot.waitUntil(is_exposed)
