"""Fields that read what is typed into them, and say below what they understood."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from desktop_search.core.areas import Area
from desktop_search.core.language import _
from desktop_search.core.places import NotAPlace, Place, described, ground_of, ground_text
from desktop_search.core.when import Clock, NotUnderstood, Span, moves, span_of, words_of
from desktop_search.ui.local_clock import local_clock
from desktop_search.ui.search.calendar_popup import CalendarPopup
from desktop_search.ui.style.icons import icon
from desktop_search.ui.style.labels import say, wrapped_label


class ReadingField(QWidget):
    """A line, what it was understood to mean, and what is wrong with it.

    Signals:
        changed(): other text.
    """

    changed = Signal()

    def __init__(self, title: str, placeholder: str) -> None:
        super().__init__()
        self.entry = line(title, placeholder)
        self._understood: QLabel = wrapped_label("caption")
        self._understood.hide()
        self._row = QHBoxLayout()
        self._row.setSpacing(4)
        self._row.addWidget(self.entry, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(self._row)
        column.addWidget(self._understood)
        self.entry.textChanged.connect(self._on_changed)

    @property
    def problem(self) -> str:
        """What is wrong with the text; "" when it is in order or there is none."""
        return ""

    def meaning(self) -> str:
        """What the text was understood to mean; "" for nothing."""
        return ""

    def put(self, text: str) -> None:
        """Put this text in, so that its beginning can be read."""
        self.entry.setText(text)
        self.entry.setCursorPosition(0)

    def _on_changed(self) -> None:
        meaning = self.meaning()
        say(self._understood, "" if meaning == self.entry.text().strip() else meaning)
        self.changed.emit()


class TakenWords(ReadingField):
    """Capture time in words or by the calendar."""

    def __init__(self, clock: Callable[[], Clock] = local_clock) -> None:
        self._clock = clock
        super().__init__(_("Taken"), _("e.g. last week"))
        self.entry.setToolTip(_("When it was taken: “yesterday”, “last 3 days”, “since 1 March”, “1 March to 3 March”"))
        self._popup = CalendarPopup(self)
        self._popup.chosen.connect(self._on_chosen)
        self._popup.said.connect(self.put)
        self.button = QToolButton()
        self.button.setProperty("role", "tool")
        self.button.setIcon(icon("calendar"))
        self.button.setAccessibleName(_("Choose the capture time by a calendar"))
        self.button.setToolTip(_("Calendar"))
        self.button.clicked.connect(self._on_clicked)
        self._row.addWidget(self.button)

    def span(self) -> Span:
        """What is asked for; everything while the words mean nothing."""
        try:
            return span_of(self.entry.text(), self._clock())
        except NotUnderstood:
            return Span()

    def words(self) -> str:
        """The words, where they mean a time that moves on with the days; "" where they are dates."""
        text = " ".join(self.entry.text().split())
        return text if moves(text) and not self.problem else ""

    def set_span(self, span: Span, words: str = "") -> None:
        """Say this span, or these words, whatever they mean now. Words that mean it already stay."""
        if words and self._means(words):
            if words != self.words():
                self.put(words)
        elif span != self.span() or self.problem:
            self.put(words_of(span, self._clock().zone))

    def _means(self, words: str) -> bool:
        try:
            return span_of(words, self._clock()) != Span()
        except NotUnderstood:
            return False

    @property
    def problem(self) -> str:
        """Why the words mean no time."""
        try:
            span_of(self.entry.text(), self._clock())
        except NotUnderstood as problem:
            return str(problem)
        return ""

    def meaning(self) -> str:
        """The span in dates."""
        return words_of(self.span(), self._clock().zone)

    def _on_clicked(self) -> None:
        start = self.span().start or self.span().end
        wall = self._clock().wall if start is None else start.replace(tzinfo=UTC).astimezone(self._clock().zone)
        self._popup.open_below(self.button, QDate(wall.year, wall.month, wall.day))

    def _on_chosen(self, way: str, day: QDate) -> None:
        """Since and until keep the other end where it was."""
        clock, span = self._clock(), self.span()
        chosen = span_of(day.toString("yyyy-MM-dd"), clock)
        start = span.start if way == "until" else chosen.start
        end = span.end if way == "since" else chosen.end
        if start is not None and end is not None and end <= start:
            start, end = (start, None) if way == "since" else (None, end)
        self.put(words_of(Span(start, end), clock.zone))


class PlaceField(ReadingField):
    """A place by coordinates, pasted in common forms, or a rectangle by two of its corners."""

    def __init__(self) -> None:
        super().__init__(_("Place"), _("coordinates, map link"))
        self.entry.setToolTip(_("Within 20 km of coordinates: degrees, minutes and seconds, or the link of a map"))

    def place(self) -> Place | Area | None:
        """What is asked for; `None` while the text is no place."""
        try:
            return ground_of(self.entry.text())
        except NotAPlace:
            return None

    def set_place(self, place: Place | Area | None) -> None:
        """Show this place. Text that means it already stays."""
        if place != self.place() or self.problem:
            self.put("" if place is None else ground_text(place))

    @property
    def problem(self) -> str:
        """Why the text is no place."""
        try:
            if self.entry.text().strip():
                ground_of(self.entry.text())
        except NotAPlace as problem:
            return str(problem)
        return ""

    def meaning(self) -> str:
        """The place with the sides of the globe."""
        place = self.place()
        return "" if place is None else described(place)


def line(title: str, placeholder: str) -> QLineEdit:
    """A line that can be emptied by a click."""
    field = QLineEdit()
    field.setPlaceholderText(placeholder)
    field.setAccessibleName(title)
    field.setClearButtonEnabled(True)
    field.setMinimumWidth(90)
    return field
