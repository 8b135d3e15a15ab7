"""One watched folder in the dialog's list."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from desktop_search.core.language import _
from desktop_search.core.watched import WatchReport, WatchState
from desktop_search.models.upload_words import plain_line
from desktop_search.models.watched_words import watched_place, watched_state_words
from desktop_search.ui.style.labels import breakable, wrapped_label


class WatchedRow(QFrame):
    """Shows one folder and how it is.

    Signals:
        remove_asked(int): watch the folder of this id no longer.
    """

    remove_asked = Signal(int)

    def __init__(self, report: WatchReport) -> None:
        super().__init__()
        self.report = report
        self.setProperty("role", "card")
        path = plain_line(str(report.folder.path))
        self.setAccessibleName(_("Watched folder {path}").format(path=path))
        self._state = wrapped_label("caption")
        self.remove = QPushButton(_("Stop watching"))
        self.remove.setAutoDefault(False)
        self.remove.setAccessibleName(_("Stop watching {path}").format(path=path))
        self.remove.setToolTip(_("What was added from this folder stays"))
        self.remove.clicked.connect(lambda: self.remove_asked.emit(report.folder.folder_id))
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(wrapped_label("", breakable(path)))
        column.addWidget(wrapped_label("caption", watched_place(report)))
        column.addWidget(self._state)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 8, 10, 8)
        row.addLayout(column, 1)
        row.addWidget(self.remove)
        self.show_report(report)

    @property
    def state(self) -> str:
        """How the folder is, in words."""
        return self._state.text()

    def show_report(self, report: WatchReport) -> None:
        """Show how the folder is now."""
        self.report = report
        self._state.setText(watched_state_words(report))
        self._state.setProperty("role", "problem" if report.state is WatchState.AWAY else "caption")
        self._state.style().polish(self._state)
