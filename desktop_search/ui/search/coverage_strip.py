"""The line below the results: how much of the footage was searched, and what was not, each with a way to see it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_search.core.coverage import Coverage, Gap
from desktop_search.core.language import _
from desktop_search.models.coverage_words import gap_words, searched_words
from desktop_search.ui.style.flow_layout import FlowLayout

_TIPS = {
    Gap.INDEXING: _("Show these clips in the list of uploads"),
    Gap.QUEUED: _("Show these clips in the list of uploads"),
    Gap.FAILED: _("Show these clips in the list of uploads, which says why"),
    Gap.OFFLINE: _("They are found, but their files are away: choose the folder where they are now"),
}


class CoverageStrip(QFrame):
    """Takes no room while nothing is known.

    Signals:
        asked(Gap): the user wants to see what is missing for this reason.
    """

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("How much was searched"))
        self._words = QLabel()
        self._words.setProperty("role", "caption")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._links = {gap: self._link(gap) for gap in Gap}
        flow_box = QWidget()
        flow = FlowLayout(flow_box)
        flow.addWidget(self._words)
        for link in self._links.values():
            flow.addWidget(link)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 4)
        column.addWidget(flow_box)
        self.show_coverage(Coverage())

    def show_coverage(self, coverage: Coverage) -> None:
        """Say how much was searched and what was not."""
        words = searched_words(coverage)
        self._words.setText(words)
        for gap, link in self._links.items():
            link.setText(gap_words(coverage, gap))
            link.setVisible(bool(link.text()))
        self.setVisible(bool(words))

    def _link(self, gap: Gap) -> QPushButton:
        link = QPushButton()
        link.setProperty("role", "link")
        link.setToolTip(_TIPS[gap])
        link.setAccessibleDescription(_TIPS[gap])
        link.clicked.connect(partial(self.asked.emit, gap))
        return link
