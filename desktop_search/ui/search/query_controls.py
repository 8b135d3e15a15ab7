"""The controls that say what is asked: words, picture, scope, the clip to stay inside of, strictness, filters."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktop_search.core.language import _
from desktop_search.core.query import Scope, SearchFilters, SearchQuery
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.search.controls import strictness_box, tool_button
from desktop_search.ui.search.filter_chips import FilterChips
from desktop_search.ui.search.filters_panel import FiltersPanel
from desktop_search.ui.search.inside_chip import InsideChip
from desktop_search.ui.search.picture_chip import PictureChip
from desktop_search.ui.search.query_field import QueryField
from desktop_search.ui.search.query_lines import QueryLines
from desktop_search.ui.search.scope_row import HINTS, ScopeRow
from desktop_search.ui.style.labels import say, wrapped_label

_PUBLIC_FILTERS = _("The public library knows no filters but the strictness and the number of results.")
_OF_VIDEOS = (Scope.ALL, Scope.SEEN, Scope.SAID, Scope.PHRASE)
_BY_PICTURE = (Scope.ALL, Scope.SEEN, Scope.PUBLIC)  # a picture is compared with what is seen
_INSIDE_BY_PICTURE = (Scope.ALL, Scope.SEEN)


class QueryControls(QWidget):
    """Keeps the controls in step: what one says decides which others mean something.

    Signals:
        asked(): Enter in one of them.
        changed(): something else is said.
    """

    asked, changed = Signal(), Signal()

    def __init__(
        self, commands: CommandSet, field: QueryField, go: QWidget, told: QWidget, filters: FiltersPanel
    ) -> None:
        """`go` stands at the end of the first line; `told` below the lines, where problems are said too."""
        super().__init__()
        self.field, self.picture, self.inside = field, PictureChip(), InsideChip()
        self.filters = filters
        self.filters.hide()
        self.browse = tool_button("by-picture", _("Search by a picture…"), commands, "search.by-picture")
        self.filters_button = tool_button("filter", _("Filters"), commands, "search.filters")
        self.filters_button.setCheckable(True)
        self._scopes = ScopeRow(commands)
        self._strictness = strictness_box()
        self._chips = FilterChips()
        self._problem, self._note = wrapped_label("problem"), wrapped_label("caption", _PUBLIC_FILTERS)
        self._price = wrapped_label("caption")
        self._price.setAccessibleName(_("What the search costs"))
        self._price.hide()
        self._problem.hide()
        choices = (self._scopes, self.browse, self._strictness, self.filters_button)
        self._lines = QueryLines((field, self.picture), self._scopes.platform_box, choices, go)
        self._lay_out(told)
        self._connect()
        self._on_scope_changed()

    def query(self) -> SearchQuery:
        """What the controls say."""
        return SearchQuery(
            self.field.text(),
            self._scopes.scope,
            self._chosen_filters(),
            self.picture.path,
            self.picture.similarity,
            self._scopes.platform,
            self.inside.clip,
            self.inside.name,
        )

    def set_query(self, query: SearchQuery) -> None:
        """Put the controls to `query`."""
        self.field.setText(query.words)
        self.set_filters(query.filters)
        self.inside.set_clip(query.inside, query.inside_name)
        self.picture.set_picture(query.picture, query.similarity)
        self._scopes.set_scope(query.scope, query.platform)
        self._problem.hide()

    def set_filters(self, filters: SearchFilters) -> None:
        """Put strictness and filters to these."""
        self._strictness.setCurrentIndex(self._strictness.findData(filters.strictness))
        self.filters.set_filters(filters)
        self._on_filters_changed()

    def add_choice(self, button: QToolButton) -> None:
        """Put another button behind the one of the filters."""
        self._lines.add_choice(button)

    def show_price(self, words: str) -> None:
        """What asking this costs; "" for nothing to be told."""
        say(self._price, words)

    def show_problems(self) -> bool:
        """Say what is wrong, and go there; `False` when nothing is."""
        of_filters, wrong = self.filters.problems(), self.query().problems()
        of_query = next((wrong[name] for name in ("words", "picture", "inside") if name in wrong), "")
        say(self._problem, of_filters.get("words") or of_query)
        if of_filters:
            self.filters_button.setChecked(True)
            self.filters.focus_on(next(iter(of_filters)))
        elif of_query:
            self.field.setFocus()
        return bool(of_filters or of_query)

    def focus_field(self) -> None:
        """Go to the query field and mark what is in it; to the picture's number where that stands in its place."""
        if self.field.isHidden():
            self.picture.setFocus()
            return
        self.field.setFocus()
        self.field.selectAll()

    def _lay_out(self, told: QWidget) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        narrowed = QHBoxLayout()
        narrowed.addWidget(self.inside, 0, Qt.AlignmentFlag.AlignTop)
        narrowed.addWidget(self._chips, 1)
        narrowed.addStretch(0)
        for part in (self._lines, self._problem, told, self._note, self._price, self.filters):
            column.addWidget(part)
        column.addLayout(narrowed)

    def _connect(self) -> None:
        self._lines.words_fit.connect(self._scopes.set_words_shown)
        self.field.returnPressed.connect(self.asked)
        self.field.textChanged.connect(self._on_words_changed)
        self.picture.changed.connect(self._on_picture_changed)
        self.picture.search_asked.connect(self.asked)
        self.picture.words_begun.connect(self._on_words_begun)
        self._scopes.changed.connect(self._on_scope_changed)
        self.inside.changed.connect(self._on_ground_changed)
        self.filters_button.toggled.connect(self.filters.setVisible)
        self.filters.changed.connect(self._on_filters_changed)
        self.filters.search_asked.connect(self.asked)
        self.filters.left.connect(self._on_filters_left)
        self._strictness.currentIndexChanged.connect(self._on_filters_changed)
        self._chips.removed.connect(self.set_filters)
        self._chips.emptied.connect(self.focus_field)

    def _chosen_filters(self) -> SearchFilters:
        return self.filters.filters(self._strictness.currentData())

    def _on_words_changed(self) -> None:
        self._problem.hide()
        self.picture.set_alike_counts(self.inside.clip is None or not self.field.text().strip())
        self.changed.emit()

    def _on_scope_changed(self) -> None:
        self._problem.hide()
        self._show_note()
        self.field.setPlaceholderText(HINTS[self._scopes.scope])
        self.changed.emit()

    def _on_filters_changed(self, *_value: object) -> None:
        self._chips.show_filters(self._chosen_filters(), self.filters.video_names)
        self._show_note()
        self.changed.emit()

    def _show_note(self) -> None:
        filters = self._chosen_filters()
        means_more = filters != SearchFilters(top_k=filters.top_k, strictness=filters.strictness)
        self._note.setVisible(means_more and self._scopes.scope is Scope.PUBLIC)

    def _on_filters_left(self) -> None:
        """Escape puts the panel away; what it says stays on, as the chips show."""
        self.filters_button.setChecked(False)
        self.focus_field()

    def _on_picture_changed(self) -> None:
        self._on_ground_changed()
        if self.picture.path is None:
            self.field.setFocus()

    def _on_words_begun(self, letter: str) -> None:
        """Words take the picture's place; inside a clip they go with it, in a field of their own."""
        if self.field.isHidden():
            self.picture.set_picture(None)
            self.field.clear()
            self.field.insert(letter)

    def _on_ground_changed(self) -> None:
        """A picture alone needs no words; inside a clip it goes with them. Not every scope has pictures, or clips."""
        by_picture, inside = self.picture.path is not None, self.inside.clip is not None
        self.field.setVisible(inside or not by_picture)
        self._on_words_changed()
        possible = _INSIDE_BY_PICTURE if inside else _BY_PICTURE
        self._scopes.allow(possible if by_picture else _OF_VIDEOS if inside else tuple(Scope))
