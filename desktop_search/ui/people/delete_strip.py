"""The question before everything that is known of people is forgotten, in place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from desktop_search.core.language import _
from desktop_search.ui.style.labels import wrapped_label


class DeleteStrip(QFrame):
    """Signals:
    confirmed(): forget it.
    left(): the question is put away.
    """

    confirmed = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.delete, self.keep = QPushButton(_("Delete everything")), QPushButton(_("Keep"))
        self.delete.setProperty("role", "primary")
        row = QHBoxLayout(self)
        words = _("Every face, picture and name is deleted, and people are switched off. This cannot be undone.")
        row.addWidget(wrapped_label("strong", words), 1)
        for button in (self.keep, self.delete):
            button.setAutoDefault(False)
            row.addWidget(button)
        self.keep.clicked.connect(self._put_away)
        self.delete.clicked.connect(self._on_delete_clicked)
        self.hide()

    def ask(self) -> None:
        """Wait for an answer."""
        self.show()
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape keeps it."""
        if event.key() == Qt.Key.Key_Escape:
            self._put_away()
        else:
            super().keyPressEvent(event)

    def _put_away(self) -> None:
        self.hide()
        self.left.emit()

    def _on_delete_clicked(self) -> None:
        self._put_away()
        self.confirmed.emit()
