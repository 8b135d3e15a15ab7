"""Query, scope, strictness and filters: everything a search is asked with."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_search.core.commands import Place
from desktop_search.core.query import PICTURE_SUFFIXES, Scope, SearchFilters, SearchQuery, Strictness
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.commands.tips import KeyTip
from desktop_search.ui.search.filter_chips import FilterChips
from desktop_search.ui.search.filters_panel import FiltersPanel
from desktop_search.ui.search.picture_chip import PictureChip
from desktop_search.ui.search.query_field import QueryField
from desktop_search.ui.style.icons import icon

_HINTS = {
    Scope.ALL: "What is seen or said: a boat leaving then “cast off” -night",
    Scope.SEEN: "What is to be seen: red ball on grass, night, close-up, words on a sign…",
    Scope.SAID: "What is said; in “quotes” for the exact phrase",
    Scope.IMAGE: "What is on a still image",
}
_SCOPES = (
    (Scope.ALL, "All", "search", "Search what is seen and said"),
    (Scope.SEEN, "Seen", "eye", "Search what is seen"),
    (Scope.SAID, "Said", "speech", "Search what is said"),
    (Scope.IMAGE, "Images", "picture", "Search still images"),
)
_COMMANDS = {
    Scope.ALL: "search.all",
    Scope.SEEN: "search.seen",
    Scope.SAID: "search.said",
    Scope.IMAGE: "search.images",
}
_TWICE = "\nOn memories.ai these are two searches, each of which is billed."
_PLACES = ("first", "middle", "middle", "last")


_ONE_LINE_FROM_PX = 860  # below this, the query field has a line of its own


class SearchPane(QFrame):
    """Signals:
    search_requested(SearchQuery): a valid query was asked.
    stop_requested(): the running search should stop.
    list_requested(): the user wants to go down into the results.
    image_given(QImage): a picture without a file was given; answer with `search_by` once it is one.
    thumbnail_needed(Path): answer with `set_thumbnail` once the picture is read.
    """

    search_requested = Signal(object)
    stop_requested = Signal()
    list_requested = Signal()
    image_given = Signal(object)
    thumbnail_needed = Signal(object)

    def __init__(self, commands: CommandSet | None = None) -> None:
        """Without `commands` the pane has some of its own."""
        super().__init__()
        self._commands = commands or CommandSet(self)
        self.setProperty("role", "bar")
        self._busy = False
        self._field = QueryField()
        self._picture = PictureChip()
        self._scopes = QButtonGroup(self)
        self._scope_box = self._build_scopes()
        self._strictness = _strictness_box()
        self._filters = FiltersPanel()
        self._filters.hide()
        self._chips = FilterChips()
        self._problem = QLabel()
        self._problem.setProperty("role", "problem")
        self._problem.hide()
        self._browse = self._tool("by-picture", "Search by a picture…", "search.by-picture")
        self._filters_button = self._tool("filter", "Filters", "search.filters")
        self._filters_button.setCheckable(True)
        self._go = QPushButton("Search")
        self._go.setProperty("role", "primary")
        self._go.setFixedWidth(84)
        self._go.setToolTip("Search (Enter)")
        self._lay_out()
        self._connect()
        self._connect_commands()
        self._on_scope_changed()

    def query(self) -> SearchQuery:
        """What the controls say."""
        filters = self._filters.filters(self._strictness.currentData())
        picture = self._picture.path
        return SearchQuery(self._field.text(), self._scope(), filters, picture, self._picture.similarity)

    def run_query(self, query: SearchQuery) -> None:
        """Put the controls to `query` and search, as if the user had done it."""
        self._scopes.button([entry[0] for entry in _SCOPES].index(query.scope)).setChecked(True)
        self._on_scope_changed()
        self._field.setText(query.words)
        self._set_filters(query.filters)
        self._picture.set_picture(query.picture, query.similarity)
        self.ask()

    def ask(self) -> None:
        """Search for what the controls say; a control that is wrong is shown instead."""
        problems = self._filters.problems()
        query = self.query()
        asked = problems.get("words") or query.problems().get("words") or query.problems().get("picture") or ""
        self._problem.setText(asked)
        self._problem.setVisible(bool(asked))
        if problems:
            self._filters_button.setChecked(True)
            self._filters.focus_on(next(iter(problems)))
        elif asked:
            self._field.setFocus()
        else:
            self.search_requested.emit(query)

    def search_by(self, picture: Path) -> None:
        """Search for frames like this picture."""
        self._picture.set_picture(picture)
        self.ask()

    def set_thumbnail(self, picture: Path, image: QImage) -> None:
        """The picture that is searched by, as it looks."""
        self._picture.set_thumbnail(picture, image)

    def set_busy(self, busy: bool) -> None:
        """While a search runs its button stops it."""
        self._busy = busy
        self._go.setText("Stop" if busy else "Search")

    def set_namespaces(self, names: tuple[str, ...]) -> None:
        """The namespaces of the library, offered in the filters."""
        self._filters.set_namespaces(names)

    def focus_field(self) -> None:
        """Go to the query field and mark what is in it."""
        self._field.setFocus()
        self._field.selectAll()

    def _scope(self) -> Scope:
        return _SCOPES[self._scopes.checkedId()][0]

    def _set_filters(self, filters: SearchFilters) -> None:
        self._strictness.setCurrentIndex(self._strictness.findData(filters.strictness))
        self._filters.set_filters(filters)
        self._on_filters_changed()

    def _lay_out(self) -> None:
        self._choices = QWidget()
        choices = QHBoxLayout(self._choices)
        choices.setContentsMargins(0, 0, 0, 0)
        choices.setSpacing(6)
        for control in (self._scope_box, self._browse, self._strictness, self._filters_button):
            choices.addWidget(control)
        choices.addStretch(1)
        self._row, self._row_below = QHBoxLayout(), QHBoxLayout()
        self._row.setSpacing(6)
        for query in (self._field, self._picture):
            query.setSizePolicy(QSizePolicy.Policy.Expanding, query.sizePolicy().verticalPolicy())
            self._row.addWidget(query, 1)
        self._row.addWidget(self._choices)
        self._row.addWidget(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addLayout(self._row)
        column.addLayout(self._row_below)
        for part in (self._problem, self._chips, self._filters):
            column.addWidget(part)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the choices go below the query, which would else be too short to be read."""
        super().resizeEvent(event)
        is_wide = self.width() >= _ONE_LINE_FROM_PX
        if is_wide != (self._row.indexOf(self._choices) >= 0):
            self._row.removeWidget(self._choices)
            self._row_below.removeWidget(self._choices)
            if is_wide:
                self._row.insertWidget(self._row.indexOf(self._go), self._choices)
            else:
                self._row_below.addWidget(self._choices)

    def _build_scopes(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, (scope, title, icon_name, words) in enumerate(_SCOPES):
            button = QToolButton()
            button.setText(title)
            button.setIcon(icon(icon_name))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setProperty("role", "segment")
            button.setProperty("place", _PLACES[number])
            button.setCheckable(True)
            button.setChecked(number == 0)
            command_id = _COMMANDS[scope]
            self._commands.connect(command_id, button.click, self._why_no_scope)
            KeyTip(button, self._commands, command_id, f"{_HINTS[scope]}{_TWICE if scope is Scope.ALL else ''}")
            button.setAccessibleName(words)
            self._scopes.addButton(button, number)
            row.addWidget(button)
        return box

    def _connect(self) -> None:
        self._field.returnPressed.connect(self.ask)
        self._field.picture_given.connect(self.search_by)
        self._field.image_given.connect(self.image_given)
        self._field.textChanged.connect(self._problem.hide)
        self._picture.changed.connect(self._on_picture_changed)
        self._picture.search_asked.connect(self.ask)
        self._picture.thumbnail_needed.connect(self.thumbnail_needed)
        self._scopes.idClicked.connect(self._on_scope_changed)
        self._browse.clicked.connect(self._on_browse_clicked)
        self._filters_button.toggled.connect(self._filters.setVisible)
        self._filters.changed.connect(self._on_filters_changed)
        self._filters.search_asked.connect(self.ask)
        self._filters.left.connect(self._on_filters_left)
        self._strictness.currentIndexChanged.connect(self._on_filters_changed)
        self._chips.removed.connect(self._set_filters)
        self._go.clicked.connect(self._on_go_clicked)

    def _connect_commands(self) -> None:
        commands = self._commands
        commands.attach(Place.QUERY, self._field)
        commands.connect("search.find", self.focus_field)
        commands.connect("search.to-results", self.list_requested.emit)
        commands.connect("search.stop", self.stop_requested.emit)
        commands.connect("search.by-picture", self._browse.click)
        commands.connect("search.filters", self._filters_button.click)

    def _why_no_scope(self) -> str:
        return "" if self._picture.path is None else "A picture is always compared with what is seen."

    def _tool(self, icon_name: str, words: str, command_id: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "tool")
        button.setIcon(icon(icon_name))
        button.setAccessibleName(words.rstrip("…"))
        KeyTip(button, self._commands, command_id, words)
        return button

    def _on_go_clicked(self) -> None:
        if self._busy:
            self.stop_requested.emit()
        else:
            self.ask()

    def _on_scope_changed(self, *_id: object) -> None:
        self._field.setPlaceholderText(_HINTS[self._scope()])

    def _on_filters_changed(self, *_value: object) -> None:
        self._chips.show_filters(self._filters.filters(self._strictness.currentData()))

    def _on_filters_left(self) -> None:
        """Escape puts the panel away; what it says stays on, as the chips show."""
        self._filters_button.setChecked(False)
        self.focus_field()

    def _on_picture_changed(self) -> None:
        by_picture = self._picture.path is not None
        self._field.setVisible(not by_picture)
        self._scope_box.setVisible(not by_picture)  # a picture is always compared with what is seen
        if not by_picture:
            self._field.setFocus()

    def _on_browse_clicked(self) -> None:
        kinds = " ".join(f"*{suffix}" for suffix in sorted(PICTURE_SUFFIXES))
        dialog = QFileDialog(self, "Search by a picture", "", f"Pictures ({kinds})")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.search_by(Path(name)))
        dialog.open()


def _strictness_box() -> QComboBox:
    box = QComboBox()
    box.setAccessibleName("Strictness")
    box.setToolTip("How close a match must be")
    box.addItem("Any match", None)
    for level in Strictness:
        box.addItem(level.value.capitalize(), level)
        box.setItemData(box.count() - 1, f"Score {level.floor:g} or more", Qt.ItemDataRole.ToolTipRole)
    box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return box
