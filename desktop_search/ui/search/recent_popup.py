"""What was searched for lately, below the query field: chosen with the arrow keys, narrowed by typing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QHBoxLayout, QLineEdit, QPushButton

from desktop_search.core.language import _
from desktop_search.core.searches import RecentSearch
from desktop_search.models.search_words import details_of, title_of, when_words
from desktop_search.ui.search.filter_chips import chips_of
from desktop_search.ui.search.searches_list import DropDown, SearchesView, SearchRow
from desktop_search.ui.style.labels import wrapped_label

_WIDTH_PX = 520


class RecentPopup(DropDown):
    """Signals:
    run(SearchQuery): ask this again.
    delete_asked(int): forget the search with this id.
    clear_asked(): forget all.
    remember_toggled(bool): remember searches from now on, or no more.
    """

    run = Signal(object)
    delete_asked = Signal(int)
    clear_asked = Signal()
    remember_toggled = Signal(bool)

    def __init__(self, field: QLineEdit) -> None:
        """What is typed while it is open goes on into `field`, and narrows the list."""
        super().__init__(_("Recent searches"), field)
        self._field = field
        self._searches: tuple[RecentSearch, ...] = ()
        self._is_narrowed = False
        self.view = SearchesView(_("Recent searches"))
        self._none = wrapped_label("caption")
        self.remembers = QCheckBox(_("Remember searches"))
        self.clear = QPushButton(_("Clear all"))
        self.clear.setProperty("role", "link")
        foot = QHBoxLayout()
        foot.addWidget(self.remembers)
        foot.addStretch(1)
        foot.addWidget(self.clear)
        self.column.addWidget(self.view)
        self.column.addWidget(self._none)
        self.column.addLayout(foot)
        self.view.run.connect(self._on_run)
        self.view.delete_asked.connect(self.delete_asked)
        self.view.typed.connect(self._on_typed)
        self.clear.clicked.connect(self.clear_asked)
        self.remembers.clicked.connect(self.remember_toggled)

    def open(self, searches: Sequence[RecentSearch], *, remembers: bool) -> None:
        """Drop down with these, newest first."""
        self._is_narrowed = False
        self.remembers.setChecked(remembers)
        self.show_searches(searches)
        pane = self._field.parentWidget()
        self.drop_below(
            pane if pane is not None and self._field.isHidden() else self._field, max(_WIDTH_PX, self._field.width())
        )
        self.view.setFocus()

    def show_searches(self, searches: Sequence[RecentSearch]) -> None:
        """Show these from now on."""
        self._searches = tuple(searches)
        self._show()

    def _show(self) -> None:
        now = datetime.now().astimezone()
        wanted = self._field.text().casefold().split() if self._is_narrowed else []
        rows = [_row(each, now) for each in self._searches]
        rows = [row for row in rows if all(word in f"{row.title} {row.details}".casefold() for word in wanted)]
        self.view.show_rows(rows)
        self.view.setVisible(bool(rows))
        self.clear.setEnabled(bool(self._searches))
        self._none.setText(_("No such search.") if self._searches else _("Nothing was searched for yet."))
        self._none.setVisible(not rows)
        if not rows:
            self.setFocus()
        self.adjustSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Typing goes on where nothing is listed."""
        if (event.text().isprintable() and event.text()) or event.text() == "\b":
            self._on_typed(event)
        else:
            super().keyPressEvent(event)

    def _on_typed(self, event: QKeyEvent) -> None:
        self._is_narrowed = True
        QApplication.sendEvent(self._field, event)
        self._show()
        if not self.view.isHidden():
            self.view.setFocus()

    def _on_run(self, search_id: int) -> None:
        self.hide()
        self.run.emit(next(each.query for each in self._searches if each.search_id == search_id))


def _row(search: RecentSearch, now: datetime) -> SearchRow:
    details = details_of(search.query, [text for text, _rest in chips_of(search.query.filters)])
    when = when_words(search.asked_ms, now)
    return SearchRow(search.search_id, title_of(search.query), f"{when} · {details}" if details else when)
