"""Announcements where the desktop has no notification service on D-Bus: by an icon in the system's tray."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from desktop_search.ui.style.icons import icon


class TrayAnnouncements(QObject):
    """The icon is there only from the first announcement on; without a tray, nothing happens."""

    def __init__(self, clicked: Callable[[], object], window: QWidget) -> None:
        super().__init__(window)
        self._icon = QSystemTrayIcon(icon("film"), self)
        self._icon.setToolTip("Desktop Search")
        self._icon.messageClicked.connect(clicked)
        self._icon.activated.connect(lambda _reason: clicked())

    def announce(self, line: str, text: str) -> None:
        """Show a line and a text for as long as the system does."""
        if QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages():
            self._icon.show()
            self._icon.showMessage(line, text or " ", self._icon.icon())
