"""The query field: words, or a picture that is dropped or pasted into it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QToolButton

from desktop_search.core.language import _
from desktop_search.ui.search.picture_intake import PictureIntake
from desktop_search.ui.style.icons import icon

HINT = _("What is seen or said: a boat leaving then “cast off” -night")  # in the scope that is the first


class QueryField(QLineEdit):
    """Words are its own, pictures go to the intake.

    Signals:
        recent_asked(): the clock was clicked.
    """

    recent_asked = Signal()

    def __init__(self, intake: PictureIntake) -> None:
        super().__init__()
        self._intake = intake
        self.setAccessibleName(_("Search words"))
        self.setPlaceholderText(HINT)
        self.setAcceptDrops(True)
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        recent = self.addAction(icon("recent"), QLineEdit.ActionPosition.TrailingPosition)
        recent.setToolTip(_("Recent searches"))
        for button in recent.associatedObjects():
            if isinstance(button, QToolButton):
                button.setAccessibleName(_("Recent searches"))
        recent.triggered.connect(self.recent_asked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pasting takes a picture as well as words; what there is nothing of to undo is for the pane around."""
        is_paste = event.matches(QKeySequence.StandardKey.Paste)
        if event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable():
            event.ignore()
        elif not (is_paste and self._intake.take(QGuiApplication.clipboard().mimeData())):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Pictures are welcome, and text."""
        if self._intake.wants(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Pictures stay welcome while they move."""
        if self._intake.wants(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dragMoveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """A picture becomes the query; text is inserted."""
        if self._intake.take(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dropEvent(event)
