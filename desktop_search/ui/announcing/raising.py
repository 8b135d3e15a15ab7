"""Brings the window to the front, as far as the desktop lets it."""

from __future__ import annotations

import os

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

ACTIVATION_VARIABLE = "XDG_ACTIVATION_TOKEN"


def bring_to_front(window: QWidget, activation_token: str = "") -> None:
    """An announcement was clicked, or the program started again. The token is what a desktop gives for it."""
    if activation_token and QGuiApplication.platformName().startswith("wayland"):
        os.environ[ACTIVATION_VARIABLE] = activation_token  # Qt takes it from there, once
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
