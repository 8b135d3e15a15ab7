"""When footage was taken: entered in a time zone that the user chooses, kept as UTC."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDate, QDateTime, Qt, QTime, QTimeZone, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop_search.core.language import _
from desktop_search.core.query import TAKEN_FORMAT
from desktop_search.ui.style.labels import say, wrapped_label

_QT_FORMAT = "yyyy-MM-dd HH:mm:ss"
PROBLEM = _("Like 2026-03-14 09:20:00.")


class TakenField(QWidget):
    """A line for date and time, the zone they are meant in, and below what that is in UTC.

    Another zone leaves what the user typed and means it there; what came from the file is converted.

    Signals:
        changed(): it says another moment, or none.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._given: datetime | None = None
        self.entry = QLineEdit()
        self.entry.setMinimumWidth(60)
        self.entry.textChanged.connect(self._on_changed)
        self.zone = QComboBox()
        self.zone.setAccessibleName(_("Time zone"))
        self.zone.setToolTip(_("The time zone in which the date and time above are meant"))
        self.zone.setEditable(True)
        self.zone.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.zone.setMinimumWidth(60)
        self.zone.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        names = sorted({bytes(name.data()).decode("ascii") for name in QTimeZone.availableTimeZoneIds()} | {"UTC"})
        self.zone.addItems(names)
        completer = QCompleter(names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.zone.setCompleter(completer)
        typed = self.zone.lineEdit()
        assert typed is not None  # as it is editable
        typed.setAccessibleName(_("Time zone"))
        self.set_zone(bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii"))
        self.zone.currentIndexChanged.connect(self._on_zone_changed)
        self._utc: QLabel = wrapped_label("caption")
        self._utc.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.entry, self.zone, self._utc):
            column.addWidget(widget)

    @property
    def utc_words(self) -> str:
        """What is said below: the moment in UTC."""
        return self._utc.text()

    def set_zone(self, name: str) -> None:
        """Mean times in this zone, such as "Europe/Berlin"; one that this computer does not know becomes UTC."""
        place = self.zone.findText(name)
        self.zone.setCurrentIndex(place if place >= 0 else self.zone.findText("UTC"))

    def set_taken(self, taken: datetime | None) -> None:
        """Show this moment, in UTC, as the chosen zone has it; `None` empties the line."""
        self._given = taken
        self.entry.setText("" if taken is None else _shown(taken, self._zone()))

    def taken(self) -> datetime | None:
        """The moment in UTC; `None` for an empty line. Raises `ValueError` for one that is no moment."""
        text = self.entry.text().strip()
        if not text:
            return None
        if self._given is not None and text == _shown(self._given, self._zone()):
            return self._given
        wall = datetime.strptime(text, TAKEN_FORMAT)  # noqa: DTZ007 - the zone comes next
        date, time = QDate(wall.year, wall.month, wall.day), QTime(wall.hour, wall.minute, wall.second)
        moment = QDateTime(date, time, self._zone())
        if not moment.isValid() or moment.time() != time:  # the hour that a change to summer time leaves out
            raise ValueError(_("there is no such time in this zone"))
        utc = moment.toUTC().toString(_QT_FORMAT)
        return datetime.strptime(utc, TAKEN_FORMAT)  # noqa: DTZ007 - wall time in UTC by contract

    def _zone(self) -> QTimeZone:
        return QTimeZone(self.zone.itemText(self.zone.currentIndex()).encode("ascii"))

    def _on_zone_changed(self) -> None:
        if self._given is not None and not self.entry.isModified():
            self.entry.setText(_shown(self._given, self._zone()))
        self._on_changed()

    def _on_changed(self) -> None:
        try:
            taken = self.taken()
        except ValueError:
            taken = None
        is_utc = taken is None or self.entry.text().strip() == f"{taken:{TAKEN_FORMAT}}"
        say(self._utc, "" if is_utc else f"= {taken} UTC")
        self.changed.emit()


def _shown(taken: datetime, zone: QTimeZone) -> str:
    moment = QDateTime.fromString(f"{taken:%Y-%m-%dT%H:%M:%S}Z", Qt.DateFormat.ISODate)
    return moment.toTimeZone(zone).toString(_QT_FORMAT)
