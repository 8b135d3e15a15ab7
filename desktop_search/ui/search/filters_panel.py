"""A control with its own validation for every filter of `POST /search`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop_search.core.language import _
from desktop_search.core.library_words import LibraryWords, VideoNames, Words
from desktop_search.core.places import ground_in, with_ground
from desktop_search.core.query import DEFAULT_NAMESPACE, TOP_K_DEFAULT, TOP_K_MAX, SearchFilters, Strictness
from desktop_search.core.when import Clock, Span
from desktop_search.ui.list_parts import refill
from desktop_search.ui.local_clock import local_clock
from desktop_search.ui.search.filter_fields import PlaceField, TakenWords, line
from desktop_search.ui.search.many_field import ManyField, complete, offer
from desktop_search.ui.style.labels import say, wrapped_label
from desktop_search.ui.style.spins import indent

_SHOWN_AT = {"latitude": "place", "longitude": "place", "taken_before": "taken"}
_NO_VIDEO = _("No video is called that. Choose one that is offered, or paste its id.")
_STRANGE = _("{title} (not in the library)")
_TITLES = {
    "namespace": _("Namespace"),
    "top_k": _("Results (1 to {most})").format(most=TOP_K_MAX),
    "tag": _("Tag"),
    "cameras": _("Cameras"),
    "taken": _("Taken"),
    "place": _("Place (within 20 km)"),
    "video_nos": _("Videos"),
}
_COLUMNS = 4


class FiltersPanel(QFrame):
    """Namespace, number of results, tag, cameras, capture time, place and videos. Strictness has its place above.

    Signals:
        changed(): a control was changed by the user or by the program.
        search_asked(): Enter in a field.
        left(): Escape.
        words_asked(str): what that namespace has would be of use now; see `set_words`.
    """

    changed = Signal()
    search_asked = Signal()
    left = Signal()
    words_asked = Signal(str)

    def __init__(self, clock: Callable[[], Clock] = local_clock) -> None:
        """`clock` tells what words such as "last week" are relative to."""
        super().__init__()
        self._problems: dict[str, QLabel] = {}
        self._headings: dict[str, QLabel] = {}
        self._controls: dict[str, QWidget] = {}
        self._words = LibraryWords()
        self._people: tuple[str, ...] = ()  # chosen elsewhere; a chip takes one away
        self._namespace = QComboBox()
        self._namespace.setEditable(True)
        self._namespace.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._namespace.addItem(DEFAULT_NAMESPACE, DEFAULT_NAMESPACE)
        self._namespace.setCompleter(None)  # type: ignore[arg-type]  # Qt's own would write behind what is typed
        self._namespaces = Words()
        typed = self._namespace.lineEdit()
        assert typed is not None  # as it is editable
        typed.setAccessibleName(_("Namespace"))
        self._typed_namespace = typed
        self._namespaces_offered = complete(self._typed_namespace)
        self._top_k = QSpinBox()
        self._top_k.setRange(0, 9999)  # wider than allowed, so that a wrong number is told and not silently changed
        self._top_k.setValue(TOP_K_DEFAULT)
        indent(self._top_k)
        self._tag = line(_("Tag"), _("any tag"))
        self._tags_offered = complete(self._tag)
        self._cameras = ManyField(_("Cameras"), _("any camera"), _("or another camera"), Words())
        self._videos = ManyField(_("Videos"), _("in all videos"), _("and in another video"), VideoNames())
        self._taken, self._place = TakenWords(clock), PlaceField()
        self._lay_out()
        self._connect()

    def filters(self, strictness: Strictness | None) -> SearchFilters:
        """What the controls say, with the strictness from above."""
        span = self._taken.span()
        chosen = SearchFilters(
            namespace=self.namespace,
            top_k=self._top_k.value(),
            strictness=strictness,
            video_nos=self._videos.values(),
            tag=self._words.tags.as_written(self._tag.text()),
            cameras=self._cameras.values(),
            taken_after=span.start,
            taken_before=span.end,
            taken_words=self._taken.words(),
        )
        return replace(with_ground(chosen, self._place.place()), people=self._people)

    def set_filters(self, filters: SearchFilters) -> None:
        """Put the controls to these filters. What means the same already stays as it is written."""
        self._namespace.setCurrentText(filters.namespace)
        self._top_k.setValue(filters.top_k)
        self._videos.set_values(filters.video_nos)
        if filters.tag != self._words.tags.as_written(self._tag.text()):
            self._tag.setText(filters.tag)
        self._cameras.set_values(filters.cameras)
        self._taken.set_span(Span(filters.taken_after, filters.taken_before), filters.taken_words)
        self._place.set_place(ground_in(filters))
        self._people = filters.people

    def set_namespaces(self, names: tuple[str, ...] | None) -> None:
        """Offer these namespaces; what is chosen stays. `None`: nobody knows yet which there are."""
        refill(self._namespace, [(name, name) for name in sorted({DEFAULT_NAMESPACE, *(names or ())})])
        self._namespaces = Words() if names is None else Words((DEFAULT_NAMESPACE, *names))
        offer(self._namespaces_offered, self._namespaces.shown)
        self._on_changed()
        self._ask_words()

    def set_words(self, words: LibraryWords) -> None:
        """Offer what the namespace has, while it is typed."""
        self._words = words
        offer(self._tags_offered, words.tags.shown)
        self._cameras.set_vocabulary(words.cameras)
        self._videos.set_vocabulary(words.videos)

    @property
    def video_names(self) -> Mapping[str, str]:
        """The names of videos by their ids, as far as they are known."""
        return self._words.videos.names

    @property
    def namespace(self) -> str:
        """The one that is chosen, as the library writes it."""
        return self._namespaces.as_written(self._namespace.currentText())

    def problems(self) -> dict[str, str]:
        """What is wrong, by field; also shown beside the controls."""
        return self._judge(sparing=None)

    def _judge(self, sparing: QWidget | None) -> dict[str, str]:
        """What is wrong; of the control that is spared nothing new is told, as its words are not at their end."""
        filters = self.filters(None)
        found = {_SHOWN_AT.get(name, name): words for name, words in filters.problems().items()}
        read = {"taken": self._taken.problem, "place": self._place.problem}
        read["video_nos"] = _NO_VIDEO if self._videos.is_unknown else ""
        found |= {name: words for name, words in read.items() if words}
        for name, control in self._controls.items():
            if control is not sparing or not found.get(name) or self._problems[name].text():
                self._tell(name, found.get(name, ""))
        self._show_strange(filters)
        return found

    def focus_on(self, field: str) -> None:
        """Go to the control of a field."""
        if field in self._controls:
            self._controls[field].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves; the rest is as ever."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Now what the library has is of use."""
        super().showEvent(event)
        self._ask_words()

    def _ask_words(self) -> None:
        if self.isVisible() and self.namespace:
            self.words_asked.emit(self.namespace)

    def _tell(self, name: str, problem: str) -> None:
        say(self._problems[name], problem)
        control = self._controls[name]
        if control.property("invalid") != bool(problem):
            control.setProperty("invalid", bool(problem))
            control.style().polish(control)

    def _show_strange(self, filters: SearchFilters) -> None:
        """What finds nothing, but may be meant: the library can have got it a moment ago."""
        is_connected = bool(self._namespaces.shown)
        for name, words, known, is_whole in (
            ("namespace", [filters.namespace], self._namespaces, is_connected),
            ("tag", [filters.tag], self._words.tags, self._words.is_whole),
            ("cameras", filters.cameras, self._words.cameras, self._words.is_whole),
        ):
            is_strange = is_whole and any(word and word not in known for word in words)
            self._headings[name].setText(_STRANGE.format(title=_TITLES[name]) if is_strange else _TITLES[name])

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        cells: dict[str, tuple[QWidget, QWidget]] = {
            "namespace": (self._namespace, self._namespace),
            "top_k": (self._top_k, self._top_k),
            "tag": (self._tag, self._tag),
            "cameras": (self._cameras.entry, self._cameras.entry),
            "taken": (self._taken, self._taken.entry),
            "place": (self._place, self._place.entry),
            "video_nos": (self._videos.entry, self._videos.entry),
        }
        for place, (name, (widget, control)) in enumerate(cells.items()):
            width = 2 if name == "video_nos" else 1
            grid.addWidget(self._cell(name, widget, control), place // _COLUMNS, place % _COLUMNS, 1, width)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)

    def _cell(self, name: str, widget: QWidget, control: QWidget) -> QWidget:
        self._headings[name] = heading = QLabel(_TITLES[name])
        heading.setProperty("role", "caption")
        heading.setBuddy(control)
        control.setAccessibleName(control.accessibleName() or _TITLES[name])
        control.setMinimumWidth(90)
        self._controls[name] = control
        self._problems[name] = problem = wrapped_label("problem")
        problem.hide()
        cell = QWidget()
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for part in (heading, widget, problem):
            column.addWidget(part)
        column.addStretch(1)
        return cell

    def _connect(self) -> None:
        self._namespace.currentTextChanged.connect(self._on_changed)
        self._namespace.activated.connect(lambda _row: self._ask_words())
        self._typed_namespace.editingFinished.connect(self._ask_words)
        self._top_k.valueChanged.connect(self._on_changed)
        self._tag.textChanged.connect(self._on_changed)
        self._tag.editingFinished.connect(self._write_tag)
        for part in (self._cameras, self._videos, self._taken, self._place):
            part.changed.connect(self._on_changed)
        for edit in self.findChildren(QLineEdit):
            edit.returnPressed.connect(self._on_return)
            edit.editingFinished.connect(self.problems)

    def _on_return(self) -> None:
        """Enter on a word that is offered takes it, and asks for nothing yet."""
        if QApplication.activePopupWidget() is None:
            self.search_asked.emit()

    def _write_tag(self) -> None:
        """As the library writes it."""
        meant = self._words.tags.as_written(self._tag.text())
        if meant != self._tag.text():
            self._tag.setText(meant)

    def _on_changed(self, *_value: object) -> None:
        self._judge(sparing=QApplication.focusWidget())
        self.changed.emit()
