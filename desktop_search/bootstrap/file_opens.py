"""Files that macOS hands to the program while it runs: "Open with", or dropped on its icon in the dock."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFileOpenEvent


class FileOpens(QObject):
    """Calls `opened(path)` for each; install it as an event filter of the application."""

    def __init__(self, opened: Callable[[Path], None], parent: QObject) -> None:
        super().__init__(parent)
        self._opened = opened

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the events that name a local file; all others go on."""
        if not isinstance(event, QFileOpenEvent) or not event.file():
            return False
        self._opened(Path(event.file()))
        return True
