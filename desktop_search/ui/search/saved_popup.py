"""Searches with names: a list that drops down, with a line to name a search and the number of new hits of each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from desktop_search.core.language import _
from desktop_search.core.searches import NAME_MAX, SavedSearch
from desktop_search.models.search_words import details_of, libraries_words, may_cost, title_of
from desktop_search.ui.progress_note import ProgressNote
from desktop_search.ui.search.filter_chips import chips_of
from desktop_search.ui.search.searches_list import DropDown, SearchesView, SearchRow
from desktop_search.ui.style.labels import say, wrapped_label

_WIDTH_PX = 480


class SavedPopup(DropDown):
    """Signals:
    run(int): ask the search with this id.
    save_asked(str): keep the search of the pane under this name.
    rename_asked(int, str), update_asked(int), delete_asked(int), count_asked(int): do this with one of them.
    """

    run = Signal(int)
    save_asked = Signal(str)
    rename_asked = Signal(int, str)
    update_asked = Signal(int)
    delete_asked = Signal(int)
    count_asked = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Saved searches"), parent)
        self._anchor = parent
        self._searches: tuple[SavedSearch, ...] = ()
        self._renamed: int | None = None
        self.name = QLineEdit()
        self.name.setAccessibleName(_("Name of the search"))
        self.name.setMaxLength(NAME_MAX)
        self.keep = QPushButton()
        self.keep.setProperty("role", "primary")
        self.problem = wrapped_label("problem")
        self.advice = wrapped_label(
            "caption", _("A saved search keeps its words and filters, and tells how many hits are new.")
        )
        self.counting = ProgressNote(_("Counting new hits"))
        self.view = SearchesView(_("Saved searches"))
        self.rename, self.update_it = QPushButton(_("Rename")), QPushButton(_("Change to the search above"))
        self.count, self.delete = QPushButton(_("Count new hits")), QPushButton(_("Delete"))
        self._lay_out()
        self._connect()
        self._name_new("")

    def open(self, proposed: str) -> None:
        """Drop down; `proposed` is a name for the search of the pane."""
        self._name_new(proposed)
        self.tell("")
        self.drop_below(self._anchor, _WIDTH_PX)
        (self.view if self._searches else self.name).setFocus()

    def show_searches(self, searches: Sequence[SavedSearch]) -> None:
        """Show these from now on."""
        self._searches = tuple(searches)
        self.view.show_rows([_row(each) for each in searches])
        self.view.setVisible(bool(searches))
        self.advice.setVisible(not searches)
        for button in (self.rename, self.update_it, self.count, self.delete):
            button.setVisible(bool(searches))
        self._on_current_changed()
        self.adjustSize()

    def tell(self, problem: str) -> None:
        """Say what is wrong; "" for nothing."""
        say(self.problem, problem)
        self.adjustSize()

    def saved(self, name: str) -> None:
        """It is kept: the line is ready for another."""
        self._name_new("")
        key = next((each.search_id for each in self._searches if each.name == name), None)
        if key is not None:
            self.view.choose(key)
            self.view.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 renames."""
        if event.key() == Qt.Key.Key_F2 and self.view.key is not None:
            self._on_rename_clicked()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """As high as what it shows: the line of what is counted comes and goes."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.adjustSize()
        return super().event(event)

    def _name_new(self, proposed: str) -> None:
        self._renamed = None
        self.keep.setText(_("Save"))
        self.name.setPlaceholderText(_("Save the search above as…"))
        self.name.setText(proposed[:NAME_MAX])
        self.name.selectAll()

    def _on_rename_clicked(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._renamed = chosen.search_id
            self.keep.setText(_("Rename"))
            self.name.setText(chosen.name)
            self.name.selectAll()
            self.name.setFocus()

    def _on_named(self) -> None:
        if self._renamed is None:
            self.save_asked.emit(self.name.text())
        else:
            self.rename_asked.emit(self._renamed, self.name.text())

    def _on_current_changed(self, *_rows: object) -> None:
        chosen = self._chosen()
        costs = chosen is not None and may_cost(chosen.library_ids)
        self.count.setText(_("Count new hits (charged)") if costs else _("Count new hits"))
        self.count.setToolTip(_("memories.ai charges for the search") if costs else _("Ask now how many hits are new"))

    def _chosen(self) -> SavedSearch | None:
        return next((each for each in self._searches if each.search_id == self.view.key), None)

    def _lay_out(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.keep)
        for button in (self.count, self.update_it, self.rename, self.delete):
            button.setProperty("role", "link")
            foot.addWidget(button)
        foot.addStretch(1)
        foot.setSpacing(14)
        self.column.addLayout(head)
        self.column.addWidget(self.problem)
        self.column.addWidget(self.advice)
        self.column.addWidget(self.view)
        self.column.addWidget(self.counting)
        self.column.addLayout(foot)
        self.tell("")

    def _connect(self) -> None:
        self.name.returnPressed.connect(self._on_named)
        self.name.textEdited.connect(lambda _text: say(self.problem, ""))
        self.keep.clicked.connect(self._on_named)
        self.view.run.connect(self.run)
        self.view.run.connect(lambda _key: self.hide())
        self.view.delete_asked.connect(self.delete_asked)
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        self.rename.clicked.connect(self._on_rename_clicked)
        for button, signal in (
            (self.update_it, self.update_asked),
            (self.count, self.count_asked),
            (self.delete, self.delete_asked),
        ):
            button.clicked.connect(lambda _checked, asked=signal: self._emit(asked.emit))

    def _emit(self, emit: object) -> None:
        if self.view.key is not None and callable(emit):
            emit(self.view.key)


def _row(saved: SavedSearch) -> SearchRow:
    query = saved.query
    details = details_of(query, [text for text, _rest in chips_of(query.filters)])
    parts = (libraries_words(saved.library_ids), "" if title_of(query) == saved.name else title_of(query), details)
    return SearchRow(saved.search_id, saved.name, " · ".join(filter(None, parts)), len(saved.fresh))
