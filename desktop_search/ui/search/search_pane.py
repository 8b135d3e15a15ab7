"""Query, scope, strictness and filters: everything a search is asked with."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout

from desktop_search.core.commands import Place
from desktop_search.core.query import ClipKey, Scope, SearchFilters, SearchQuery
from desktop_search.core.token import CancelToken
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.search.controls import choose_picture, go_button, strictness_box, tool_button
from desktop_search.ui.search.filter_chips import FilterChips
from desktop_search.ui.search.filters_panel import FiltersPanel
from desktop_search.ui.search.inside_chip import InsideChip
from desktop_search.ui.search.picture_chip import PictureChip
from desktop_search.ui.search.picture_intake import PictureIntake
from desktop_search.ui.search.query_field import QueryField
from desktop_search.ui.search.query_lines import QueryLines
from desktop_search.ui.search.scope_row import HINTS, ScopeRow
from desktop_search.ui.search.wait_line import WaitLine
from desktop_search.ui.style.labels import say, wrapped_label

_PUBLIC_FILTERS = "The public library knows no filters but the strictness and the number of results."
_OF_VIDEOS = (Scope.ALL, Scope.SEEN, Scope.SAID, Scope.PHRASE)
_BY_PICTURE = (Scope.ALL, Scope.SEEN, Scope.PUBLIC)  # a picture is compared with what is seen
_INSIDE_BY_PICTURE = (Scope.ALL, Scope.SEEN)


class SearchPane(QFrame):
    """Signals:
    search_requested(SearchQuery): a valid query was asked.
    stop_requested(): the running search should stop.
    list_requested(): the user wants to go down into the results.
    image_given(QImage): a picture without a file was given; answer with `search_by` once it is one.
    thumbnail_needed(Path): answer with `set_thumbnail` once the picture is read.
    cleared(SearchQuery): the query was cleared; this is what it was.
    undo_requested(): bring the cleared query back, with `set_query`.
    recent_requested(): what was searched for lately is wanted, below the query field.
    """

    search_requested = Signal(object)
    stop_requested = Signal()
    list_requested = Signal()
    image_given = Signal(object)
    thumbnail_needed = Signal(object)
    cleared = Signal(object)
    undo_requested = Signal()
    recent_requested = Signal()

    def __init__(self, commands: CommandSet | None = None) -> None:
        """Without `commands` the pane has some of its own."""
        super().__init__()
        self._commands = commands or CommandSet(self)
        self.setProperty("role", "bar")
        self._busy = False
        self.intake = PictureIntake(self)
        self._field = QueryField(self.intake)
        self._picture = PictureChip()
        self._scopes = ScopeRow(self._commands)
        self._inside = InsideChip()
        self._wait = WaitLine()
        self._note = wrapped_label("caption", _PUBLIC_FILTERS)
        self._strictness = strictness_box()
        self._filters = FiltersPanel()
        self._filters.hide()
        self._chips = FilterChips()
        self._problem = wrapped_label("problem")
        self._problem.hide()
        self._browse = tool_button("by-picture", "Search by a picture…", self._commands, "search.by-picture")
        self._filters_button = tool_button("filter", "Filters", self._commands, "search.filters")
        self._filters_button.setCheckable(True)
        self._go = go_button()
        self._lay_out()
        self._connect()
        self._connect_commands()
        self._on_scope_changed()

    @property
    def is_busy(self) -> bool:
        """Whether a search runs."""
        return self._busy

    def query(self) -> SearchQuery:
        """What the controls say."""
        filters = self._filters.filters(self._strictness.currentData())
        return SearchQuery(
            self._field.text(),
            self._scopes.scope,
            filters,
            self._picture.path,
            self._picture.similarity,
            self._scopes.platform,
            self._inside.clip,
            self._inside.name,
        )

    @property
    def field(self) -> QueryField:
        """Where the words are typed."""
        return self._field

    def add_tool(self, button: QToolButton) -> None:
        """Put another button behind the one of the filters."""
        self._lines.add_choice(button)

    def run_query(self, query: SearchQuery) -> None:
        """Put the controls to `query` and search, as if the user had done it."""
        self.set_query(query)
        self.ask()

    def clear(self) -> None:
        """Words, picture and filters go; the scope stays."""
        query = self.query()
        blank = SearchQuery(scope=query.scope, similarity=query.similarity, platform=query.platform)
        if query != blank:
            self.set_query(blank)
            self._problem.hide()
            self.cleared.emit(query)
        self.focus_field()

    def set_query(self, query: SearchQuery) -> None:
        """Put the controls to `query`, without asking anybody."""
        self._field.setText(query.words)
        self._set_filters(query.filters)
        self._inside.set_clip(query.inside, query.inside_name)
        self._picture.set_picture(query.picture, query.similarity)
        self._scopes.set_scope(query.scope, query.platform)

    def ask(self) -> None:
        """Search for what the controls say; a control that is wrong is shown instead."""
        problems = self._filters.problems()
        query = self.query()
        wrong = query.problems()
        asked = problems.get("words") or wrong.get("words") or wrong.get("picture") or wrong.get("inside") or ""
        say(self._problem, asked)
        if problems:
            self._filters_button.setChecked(True)
            self._filters.focus_on(next(iter(problems)))
        elif asked:
            self._field.setFocus()
        else:
            self.search_requested.emit(query)

    def ask_under(self, filters: SearchFilters) -> None:
        """Search for the same under these filters."""
        self._set_filters(filters)
        self.ask()

    def search_by(self, picture: Path) -> None:
        """Search for frames like this picture."""
        self._picture.set_picture(picture)
        self.ask()

    def set_thumbnail(self, picture: Path, image: QImage) -> None:
        """The picture that is searched by, as it looks."""
        self._picture.set_thumbnail(picture, image)

    def search_inside(self, clip: ClipKey, name: str) -> None:
        """Be about this clip alone from now on; what is asked stays as it is."""
        self._inside.set_clip(clip, name)
        self.focus_field()

    def search_everywhere(self) -> None:
        """Be about whole libraries again."""
        self._inside.set_clip(None)

    def set_busy(self, busy: bool, token: CancelToken | None = None) -> None:
        """While a search runs its button stops it; what its token waits for is told."""
        self._busy = busy
        self._wait.watch(token if busy else None)

    def come_back(self) -> None:
        """From the results to the query; a search that still runs is stopped."""
        if self._busy:
            self.stop_requested.emit()
        self.focus_field()

    @property
    def filters(self) -> FiltersPanel:
        """The panel of filters."""
        return self._filters

    def focus_field(self) -> None:
        """Go to the query field and mark what is in it."""
        self._field.setFocus()
        self._field.selectAll()

    def _set_filters(self, filters: SearchFilters) -> None:
        self._strictness.setCurrentIndex(self._strictness.findData(filters.strictness))
        self._filters.set_filters(filters)
        self._on_filters_changed()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        choices = (self._scopes, self._browse, self._strictness, self._filters_button)
        self._lines = QueryLines((self._field, self._picture), self._scopes.platform_box, choices, self._go)
        column.addWidget(self._lines)
        narrowed = QHBoxLayout()
        narrowed.addWidget(self._inside, 0, Qt.AlignmentFlag.AlignTop)
        narrowed.addWidget(self._chips, 1)
        narrowed.addStretch(0)
        for part in (self._problem, self._wait, self._note, self._filters):
            column.addWidget(part)
        column.addLayout(narrowed)

    def _connect(self) -> None:
        self._field.returnPressed.connect(self.ask)
        self.intake.picture_given.connect(self.search_by)
        self.intake.image_given.connect(self.image_given)
        self.intake.watch(self)
        self._field.recent_asked.connect(self.recent_requested)
        self._field.textChanged.connect(self._on_words_changed)
        self._picture.changed.connect(self._on_picture_changed)
        self._picture.search_asked.connect(self.ask)
        self._picture.thumbnail_needed.connect(self.thumbnail_needed)
        self._scopes.changed.connect(self._on_scope_changed)
        self._inside.changed.connect(self._on_ground_changed)
        self._wait.counted.connect(self._show_button)
        self._browse.clicked.connect(lambda: choose_picture(self, self.search_by))
        self._filters_button.toggled.connect(self._filters.setVisible)
        self._filters.changed.connect(self._on_filters_changed)
        self._filters.search_asked.connect(self.ask)
        self._filters.left.connect(self._on_filters_left)
        self._strictness.currentIndexChanged.connect(self._on_filters_changed)
        self._chips.removed.connect(self._set_filters)
        self._chips.emptied.connect(self.focus_field)
        self._go.clicked.connect(self._on_go_clicked)

    def _connect_commands(self) -> None:
        commands = self._commands
        commands.attach(Place.QUERY, self)
        commands.connect("search.find", self.focus_field)
        commands.connect("search.to-results", self._on_down)
        commands.connect("search.stop", self._stop_or_clear)
        commands.connect("search.undo-clear", self.undo_requested.emit)
        commands.connect("search.recent", self.recent_requested.emit)
        commands.connect("search.by-picture", self._browse.click)
        commands.connect("search.paste", self._paste, _why_no_paste)
        commands.connect("search.filters", self._filters_button.click)

    def _paste(self) -> None:
        if not self.intake.take(QGuiApplication.clipboard().mimeData()):
            self._field.setFocus()
            self._field.paste()

    def _on_down(self) -> None:
        """Below a field without words there is what was asked before; below one with words what it has found."""
        if self._field.hasFocus() and not self._field.text():
            self.recent_requested.emit()
        else:
            self.list_requested.emit()

    def _stop_or_clear(self) -> None:
        if self._busy:
            self.stop_requested.emit()
        elif self._field.hasFocus() or self._field.isHidden():
            self.clear()
        else:
            self.focus_field()

    def _on_go_clicked(self) -> None:
        if self._busy:
            self.stop_requested.emit()
        else:
            self.ask()

    def _show_button(self, seconds: int) -> None:
        self._go.setText("Search" if not self._busy else f"Stop · {seconds} s" if seconds else "Stop")

    def _on_words_changed(self) -> None:
        self._problem.hide()
        self._picture.set_alike_counts(self._inside.clip is None or not self._field.text().strip())

    def _on_scope_changed(self) -> None:
        self._problem.hide()
        self._show_note()
        self._field.setPlaceholderText(HINTS[self._scopes.scope])

    def _on_filters_changed(self, *_value: object) -> None:
        filters = self._filters.filters(self._strictness.currentData())
        self._chips.show_filters(filters, self._filters.video_names)
        self._show_note()

    def _show_note(self) -> None:
        filters = self._filters.filters(self._strictness.currentData())
        means_more = filters != SearchFilters(top_k=filters.top_k, strictness=filters.strictness)
        self._note.setVisible(means_more and self._scopes.scope is Scope.PUBLIC)

    def _on_filters_left(self) -> None:
        """Escape puts the panel away; what it says stays on, as the chips show."""
        self._filters_button.setChecked(False)
        self.focus_field()

    def _on_picture_changed(self) -> None:
        self._on_ground_changed()
        if self._picture.path is None:
            self._field.setFocus()

    def _on_ground_changed(self) -> None:
        """A picture alone needs no words; inside a clip it goes with them. Not every scope has pictures, or clips."""
        by_picture, inside = self._picture.path is not None, self._inside.clip is not None
        self._field.setVisible(inside or not by_picture)
        self._on_words_changed()
        possible = _INSIDE_BY_PICTURE if inside else _BY_PICTURE
        self._scopes.allow(possible if by_picture else _OF_VIDEOS if inside else tuple(Scope))


def _why_no_paste() -> str:
    data = QGuiApplication.clipboard().mimeData()
    return "" if data.hasText() or data.hasImage() or data.hasUrls() else "Neither words nor a picture were copied."
