"""Where is asked: the controls of a query, the button that searches or stops, and the ways in for pictures."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout

from desktop_search.core.commands import Place
from desktop_search.core.language import _, pgettext
from desktop_search.core.query import ClipKey, SearchFilters, SearchQuery
from desktop_search.core.token import CancelToken
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.search.controls import choose_picture
from desktop_search.ui.search.filters_panel import FiltersPanel
from desktop_search.ui.search.first_search import QueryParts, query_parts
from desktop_search.ui.search.query_controls import QueryControls
from desktop_search.ui.search.query_field import QueryField
from desktop_search.ui.search.wait_line import WaitLine


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
    changed(): the controls say something else.
    """

    search_requested = Signal(object)
    stop_requested = Signal()
    list_requested = Signal()
    image_given = Signal(object)
    thumbnail_needed = Signal(object)
    cleared = Signal(object)
    undo_requested = Signal()
    recent_requested = Signal()
    changed = Signal()

    def __init__(
        self,
        commands: CommandSet | None = None,
        parts: QueryParts | None = None,
        filters: FiltersPanel | None = None,
    ) -> None:
        """What is not given the pane makes itself; `parts` are those of the first frame."""
        super().__init__()
        self._commands = commands or CommandSet(self)
        self.setProperty("role", "bar")
        self._busy = self._is_held = self._is_asked = False
        parts = parts or query_parts()
        self.intake, self._field, self._go = parts.intake, parts.field, parts.go
        self.intake.setParent(self)
        self._field.setClearButtonEnabled(True)  # not in the first frame: finding the sign for it takes a while
        self._wait = WaitLine()
        self._controls = QueryControls(self._commands, self._field, self._go, self._wait, filters or FiltersPanel())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._controls)
        self._connect()
        self._connect_commands()

    @property
    def is_busy(self) -> bool:
        """Whether a search runs."""
        return self._busy

    @property
    def field(self) -> QueryField:
        """Where the words are typed."""
        return self._field

    @property
    def filters(self) -> FiltersPanel:
        """The panel of filters."""
        return self._controls.filters

    def add_tool(self, button: QToolButton) -> None:
        """Put another button behind the one of the filters."""
        self._controls.add_choice(button)

    def query(self) -> SearchQuery:
        """What the controls say."""
        return self._controls.query()

    def set_query(self, query: SearchQuery) -> None:
        """Put the controls to `query`, without asking anybody."""
        self._controls.set_query(query)

    def set_filters(self, filters: SearchFilters) -> None:
        """Put the filters to these, without asking anybody."""
        self._controls.set_filters(filters)

    def show_price(self, words: str) -> None:
        """What asking costs, below the query; "" for nothing to be told."""
        self._controls.show_price(words)

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
            self.cleared.emit(query)
        self.focus_field()

    def ask(self) -> None:
        """Search for what the controls say; a control that is wrong is shown instead."""
        if self._is_held:
            self._is_asked = True
        elif not self._controls.show_problems():
            self.search_requested.emit(self.query())

    def hold(self, *, is_asked: bool) -> None:
        """What is asked from now on waits for `let_go`, as what `is_asked` already does."""
        self._is_held, self._is_asked = True, is_asked

    def let_go(self) -> None:
        """Searches can be answered: ask for what waits."""
        self._is_held = False
        if self._is_asked:
            self.ask()

    def ask_under(self, filters: SearchFilters) -> None:
        """Search for the same under these filters."""
        self._controls.set_filters(filters)
        self.ask()

    def search_by(self, picture: Path) -> None:
        """Search for frames like this picture."""
        self._controls.picture.set_picture(picture)
        self.ask()

    def set_thumbnail(self, picture: Path, image: QImage) -> None:
        """The picture that is searched by, as it looks."""
        self._controls.picture.set_thumbnail(picture, image)

    def search_inside(self, clip: ClipKey, name: str) -> None:
        """Be about this clip alone from now on; what is asked stays as it is."""
        self._controls.inside.set_clip(clip, name)
        self.focus_field()

    def search_everywhere(self) -> None:
        """Be about whole libraries again."""
        self._controls.inside.set_clip(None)

    def set_busy(self, busy: bool, token: CancelToken | None = None) -> None:
        """While a search runs its button stops it; what its token waits for is told."""
        self._busy = busy
        self._wait.watch(token if busy else None)

    def come_back(self) -> None:
        """From the results to the query; a search that still runs is stopped."""
        if self._busy:
            self.stop_requested.emit()
        self.focus_field()

    def focus_field(self) -> None:
        """Go to the query field and mark what is in it."""
        self._controls.focus_field()

    def _connect(self) -> None:
        self._controls.asked.connect(self.ask)
        self._controls.changed.connect(self.changed)
        self._controls.picture.thumbnail_needed.connect(self.thumbnail_needed)
        self._controls.browse.clicked.connect(lambda: choose_picture(self, self.search_by))
        self._field.recent_asked.connect(self.recent_requested)
        self._wait.counted.connect(self._show_button)
        self._go.clicked.connect(self._on_go_clicked)
        self.intake.picture_given.connect(self.search_by)
        self.intake.image_given.connect(self.image_given)
        self.intake.watch(self)

    def _connect_commands(self) -> None:
        commands = self._commands
        commands.attach(Place.QUERY, self)
        commands.connect("search.find", self.focus_field)
        commands.connect("search.to-results", self._on_down)
        commands.connect("search.stop", self._stop_or_clear)
        commands.connect("search.undo-clear", self.undo_requested.emit)
        commands.connect("search.recent", self.recent_requested.emit)
        commands.connect("search.by-picture", self._controls.browse.click)
        commands.connect("search.paste", self._paste, _why_no_paste)
        commands.connect("search.filters", self._controls.filters_button.click)

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
        if not self._busy:
            self._go.setText(pgettext("a button", "Search"))
        else:
            self._go.setText(_("Stop · {seconds} s").format(seconds=seconds) if seconds else _("Stop"))


def _why_no_paste() -> str:
    data = QGuiApplication.clipboard().mimeData()
    return "" if data.hasText() or data.hasImage() or data.hasUrls() else _("Neither words nor a picture were copied.")
