"""A calendar beside a field for capture times: a day, the days since or until it, or a stretch of words."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QButtonGroup,
    QCalendarWidget,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_search.core import language
from desktop_search.core.language import _, pgettext
from desktop_search.core.when import Clock, NotUnderstood, span_of
from desktop_search.ui.style.icons import icon

_STRETCHES = {
    "today": _("Today"),
    "yesterday": _("Yesterday"),
    "this week": _("This week"),
    "last week": _("Last week"),
    "this month": _("This month"),
    "last month": _("Last month"),
    "this year": _("This year"),
}
_WAYS = {
    "on": (pgettext("a day", "On"), _("On the day")),
    "since": (pgettext("a day", "Since"), _("Since the day")),
    "until": (pgettext("a day", "Until"), _("Until the day")),
}
_PLACES = ("first", "middle", "last")
_CALENDAR_PX = (330, 230)  # room for the names of the days


class CalendarPopup(QFrame):
    """Opens below a widget, closes with Escape or a click elsewhere.

    Signals:
        chosen(str, QDate): how the day is meant ("on", "since", "until"), and the day.
        said(str): a stretch in words, such as "last week".
    """

    chosen = Signal(str, QDate)
    said = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "popup")
        self.setAccessibleName(_("Calendar"))
        self._calendar = QCalendarWidget()
        self._calendar.setAccessibleName(_("Day"))
        self._calendar.setLocale(QLocale(language.chosen()))
        self._calendar.setFirstDayOfWeek(QLocale.system().firstDayOfWeek())
        self._calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self._calendar.setWeekdayTextFormat(day, QTextCharFormat())  # Qt would paint them red
        for name, arrow in (("prev", "left"), ("next", "right")):
            turn = self._calendar.findChild(QToolButton, f"qt_calendar_{name}month")
            assert turn is not None  # Qt's own name for it, for style sheets
            turn.setIcon(icon(arrow))
        self._calendar.setMinimumSize(*_CALENDAR_PX)
        self._ways = QButtonGroup(self)
        column = QVBoxLayout()
        column.setSpacing(2)
        for words, title in _STRETCHES.items():
            button = QPushButton(title)
            button.setProperty("role", "stretch")
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._say, _typed(title, words)))
            column.addWidget(button)
        column.addStretch(1)
        month = QVBoxLayout()
        month.setSpacing(6)
        month.addLayout(self._build_ways())
        month.addWidget(self._calendar)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 8, 8)
        row.setSpacing(8)
        row.addLayout(column)
        row.addLayout(month)
        self._calendar.clicked.connect(self._on_day)
        self._calendar.activated.connect(self._on_day)

    def open_below(self, widget: QWidget, day: QDate) -> None:
        """Show the month of `day` below the widget, or above it where the screen ends."""
        self._calendar.setSelectedDate(day)
        self.adjustSize()
        place = widget.mapToGlobal(QPoint(0, widget.height() + 2))
        room = widget.screen().availableGeometry()
        if place.y() + self.height() > room.bottom():
            place = widget.mapToGlobal(QPoint(0, -self.height() - 2))
        place.setX(max(room.left(), min(place.x(), room.right() - self.width())))
        self.move(place)
        self.show()
        self._calendar.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _build_ways(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        for number, (words, name) in enumerate(_WAYS.values()):
            button = QToolButton()
            button.setText(words)
            button.setAccessibleName(name)
            button.setProperty("role", "segment")
            button.setProperty("place", _PLACES[number])
            button.setCheckable(True)
            button.setChecked(number == 0)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._ways.addButton(button, number)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _on_day(self, day: QDate) -> None:
        if self.isVisible():  # Enter means both signals of the calendar
            self.close()
            self.chosen.emit(tuple(_WAYS)[self._ways.checkedId()], day)

    def _say(self, words: str, _checked: bool = False) -> None:
        self.close()
        self.said.emit(words)


def _typed(title: str, words: str) -> str:
    """The title as one would type it, where capture times are understood in the language; else the English words."""
    typed = title[:1].lower() + title[1:]
    try:
        span_of(typed, Clock(datetime.now(UTC), None, 0))
    except NotUnderstood:
        return words
    return typed
