"""The lines above the result list: which libraries answered, what is not of now, and what failed."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_search.core.findings import Findings
from desktop_search.core.language import _
from desktop_search.core.library import CLOUD_ID, MEMORIES_AI
from desktop_search.models.answer_words import AnswerLine, LineKind, lines_of
from desktop_search.models.result_words import one_line
from desktop_search.ui.style.labels import wrapped_label


class AnswerLines(QFrame):
    """Takes no room while there is nothing to say.

    Signals:
        again_asked(str): ask this library anew: its answer is an old one, or it failed.
    """

    again_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("About the answer"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 6, 8, 0)
        self._column.setSpacing(2)
        self._rows: list[QWidget] = []
        self.hide()

    def show_findings(self, findings: Findings) -> None:
        """Say what these findings are made of."""
        self.clear()
        for line in lines_of(findings, datetime.now().astimezone()):
            row = self._row(line)
            self._rows.append(row)
            self._column.addWidget(row)
        self.setVisible(bool(self._rows))

    def clear(self) -> None:
        """Say nothing."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows.clear()
        self.hide()

    def _row(self, line: AnswerLine) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        words = wrapped_label("problem" if line.kind is LineKind.FAILED else "caption", one_line(line.text))
        layout.addWidget(words, 1)
        action = {LineKind.FAILED: _("Retry"), LineKind.KEPT: _("Refresh")}.get(line.kind)
        if action is not None:
            button = _link(action, f"{action}: {line.text}")
            if line.library_id == CLOUD_ID:
                button.setToolTip(_("{library} charges for the search").format(library=MEMORIES_AI.title))
            button.clicked.connect(partial(self.again_asked.emit, line.library_id))
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        if line.details:
            copy = _link(_("Copy details"), _("Copy details: {text}").format(text=line.text))
            copy.clicked.connect(partial(_copy, f"{line.text}\n\n{line.details}"))
            layout.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)
        return row


def _link(text: str, accessible_name: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("role", "link")
    button.setAccessibleName(one_line(accessible_name))
    return button


def _copy(text: str, _checked: bool) -> None:
    QGuiApplication.clipboard().setText(text)
