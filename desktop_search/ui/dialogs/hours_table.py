"""Bandwidth limits for hours of the day: one line each, added and removed."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QTime, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTimeEdit, QVBoxLayout, QWidget

from desktop_search.core.language import _
from desktop_search.core.transfer_settings import BandwidthHours
from desktop_search.ui.dialogs.rate_spin import RateSpin
from desktop_search.ui.style.buttons import close_button
from desktop_search.ui.style.spins import indent

_FRESH = BandwidthHours(9 * 60, 18 * 60, 1_000_000)


class _Line(QWidget):
    """From, to, and the limit; it may pass midnight."""

    def __init__(self, span: BandwidthHours) -> None:
        super().__init__()
        self.begin, self.end = _time(span.from_minute, _("Limit from")), _time(span.to_minute, _("Limit until"))
        self.rate = RateSpin(_("Limit in these hours"))
        self.rate.set_bytes_s(span.limit_bytes_s)
        self.remove = close_button(_("Remove these hours"), _("Remove these hours"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(QLabel(_("From")))
        line.addWidget(self.begin)
        line.addWidget(QLabel(_("to")))
        line.addWidget(self.end)
        line.addWidget(self.rate, 1)
        line.addWidget(self.remove)

    def span(self) -> BandwidthHours:
        return BandwidthHours(_minute(self.begin), _minute(self.end), self.rate.bytes_s())


class HoursTable(QWidget):
    """The first line whose hours hold counts.

    Signals:
        changed(): there are other hours or limits now.
    """

    changed = Signal()

    def __init__(self, spans: Iterable[BandwidthHours]) -> None:
        super().__init__()
        self._lines: list[_Line] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        self.add = QPushButton(_("Add hours"))
        self.add.setAutoDefault(False)
        self.add.setToolTip(_("Another limit for some hours of each day"))
        self.add.clicked.connect(self._on_add_clicked)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._column)
        whole.addLayout(foot)
        for span in spans:
            self._add(span)

    def spans(self) -> tuple[BandwidthHours, ...]:
        """The hours with their limits, from top to bottom."""
        return tuple(line.span() for line in self._lines)

    def _on_add_clicked(self) -> None:
        self._add(_FRESH).begin.setFocus()
        self.changed.emit()

    def _add(self, span: BandwidthHours) -> _Line:
        line = _Line(span)
        line.begin.timeChanged.connect(self.changed)
        line.end.timeChanged.connect(self.changed)
        line.rate.valueChanged.connect(self.changed)
        line.remove.clicked.connect(lambda: self._remove(line))
        self._lines.append(line)
        self._column.addWidget(line)
        return line

    def _remove(self, line: _Line) -> None:
        self._lines.remove(line)
        line.hide()
        line.deleteLater()
        self.changed.emit()
        self.add.setFocus()


def _time(minute: int, name: str) -> QTimeEdit:
    field = QTimeEdit(QTime(minute // 60 % 24, minute % 60))
    field.setDisplayFormat("HH:mm")
    field.setKeyboardTracking(False)
    field.setAccessibleName(name)
    indent(field)
    return field


def _minute(field: QTimeEdit) -> int:
    return field.time().hour() * 60 + field.time().minute()
