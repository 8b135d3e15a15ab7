"""Buttons at the foot of a dialog."""

from __future__ import annotations

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialogButtonBox, QPushButton


def make_plain(box: QDialogButtonBox) -> None:
    """Take off the style's own icons, which do not follow our theme, and the Return key, which is for the fields."""
    for button in box.buttons():
        button.setIcon(QIcon())
        if isinstance(button, QPushButton):
            button.setAutoDefault(False)
