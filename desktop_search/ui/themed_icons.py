"""Icons of buttons that follow the theme when the user changes it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop_search.ui.style.icons import icon


class ThemedIcons(QObject):
    """Belongs to one widget and keeps the icons of the buttons in it in the colours of the theme."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._names: dict[QAbstractButton, str] = {}
        owner.installEventFilter(self)

    def set_icon(self, button: QAbstractButton, name: str) -> None:
        """Show this drawing on that button, now and in every later theme."""
        self._names[button] = name
        button.setIcon(icon(name))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A new palette means a new theme."""
        if event.type() is QEvent.Type.PaletteChange:
            for button, name in self._names.items():
                button.setIcon(icon(name))
        return False
