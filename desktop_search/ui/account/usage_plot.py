"""Bars by day, painted in the theme's colours; the day under the pointer or chosen by keys says its amount."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_search.core.date_words import day_words, month_words
from desktop_search.core.language import _
from desktop_search.models.usage_model import Measure, plot_words
from desktop_search.ui.style.theme import tokens

_TOP, _BOTTOM, _RIGHT, _GAP = 26, 22, 8, 8
_TICKS = 4
_LABEL_EVERY = 5


class UsagePlot(QWidget):
    """Left and right go from day to day while it has the focus."""

    def __init__(self) -> None:
        super().__init__()
        self._amounts: tuple[float, ...] = ()
        self._month, self._measure = date.min, Measure.COST
        self._marked: int | None = None  # a day, from 0
        self.setMinimumHeight(130)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Usage by day"))

    @property
    def marked_words(self) -> str:
        """What it says of the marked day; "" while none is."""
        if self._marked is None or self._marked >= len(self._amounts):
            return ""
        day = day_words(self._month.replace(day=self._marked + 1), year=False)
        return f"{day}: {self._measure.words(self._amounts[self._marked])}"

    def show_month(self, amounts: Sequence[float], month: date, measure: Measure) -> None:
        """Show one amount for each day of the month."""
        self._amounts, self._month, self._measure = tuple(amounts), month, measure
        self.setAccessibleDescription(plot_words(amounts, month, measure))
        self.update()

    def bar_of(self, day: int) -> QRect:
        """Where the bar of that day of the month stands, from the axis to its top."""
        return self._bar(day - 1).toAlignedRect()

    def sizeHint(self) -> QSize:
        """Room enough to tell the bars of a month apart."""
        return QSize(560, 190)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The day under the pointer says its amount."""
        area = self._area()
        place = math.floor((event.position().x() - area.left()) / self._step()) if self._amounts else -1
        self._mark(place if 0 <= place < len(self._amounts) else None)

    def leaveEvent(self, event: QEvent) -> None:
        """No day is under the pointer any longer."""
        self._mark(None)
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No day is chosen by keys any longer."""
        self._mark(None)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from day to day."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self._amounts:
            super().keyPressEvent(event)
            return
        at = self._marked if self._marked is not None else (-1 if step > 0 else len(self._amounts))
        self._mark(min(max(at + step, 0), len(self._amounts) - 1))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: draw it."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            font = painter.font()
            font.setPixelSize(11)
            painter.setFont(font)
            self._paint_axis(painter)
            for place in range(len(self._amounts)):
                colour = tokens().accent if place != self._marked else tokens().text
                painter.fillRect(self._bar(place), colour)
            self._paint_days(painter)
            self._paint_heading(painter)
            if self.hasFocus():
                painter.setPen(QPen(tokens().accent))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _paint_axis(self, painter: QPainter) -> None:
        area, top = self._area(), nice_top(max(self._amounts, default=0.0), self._measure)
        for tick in range(_TICKS + 1):
            y = area.bottom() - area.height() * tick / _TICKS
            painter.setPen(tokens().line)
            painter.drawLine(int(area.left()), int(y), int(area.right()), int(y))
            painter.setPen(tokens().muted)
            box = QRectF(0, y - 8, area.left() - _GAP, 16)
            painter.drawText(
                box,
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                self._measure.tick(top * tick / _TICKS),
            )

    def _paint_days(self, painter: QPainter) -> None:
        area = self._area()
        painter.setPen(tokens().muted)
        for place in range(len(self._amounts)):
            if place == 0 or (place + 1) % _LABEL_EVERY == 0:
                centre = area.left() + (place + 0.5) * self._step()
                painter.drawText(
                    QRectF(centre - 20, area.bottom() + 4, 40, 16), Qt.AlignmentFlag.AlignHCenter, str(place + 1)
                )

    def _paint_heading(self, painter: QPainter) -> None:
        area = self._area()
        words = self.marked_words or _("{measure} by day, {month}").format(
            measure=self._measure.title, month=month_words(self._month)
        )
        painter.setPen(tokens().text if self.marked_words else tokens().muted)
        painter.drawText(QRectF(area.left(), 4, area.width(), 16), Qt.AlignmentFlag.AlignLeft, words)

    def _area(self) -> QRectF:
        top = nice_top(max(self._amounts, default=0.0), self._measure)
        ticks = [self._measure.tick(top * tick / _TICKS) for tick in range(_TICKS + 1)]
        left = max(self.fontMetrics().horizontalAdvance(text) for text in ticks) + 2 * _GAP
        return QRectF(left, _TOP, max(1, self.width() - left - _RIGHT), max(1, self.height() - _TOP - _BOTTOM))

    def _step(self) -> float:
        return self._area().width() / max(1, len(self._amounts))

    def _bar(self, place: int) -> QRectF:
        area, step = self._area(), self._step()
        amount, top = self._amounts[place], nice_top(max(self._amounts), self._measure)
        height = max(2.0, area.height() * amount / top) if amount else 0.0  # little is not nothing
        width = max(1.0, step * 0.7)
        return QRectF(area.left() + place * step + (step - width) / 2, area.bottom() - height, width, height)

    def _mark(self, place: int | None) -> None:
        if place != self._marked:
            self._marked = place
            self.update()


def nice_top(most: float, measure: Measure) -> float:
    """The upper end of the axis: a round number, not below `most`, whose quarters are round as well."""
    if most <= 0:
        return {Measure.CALLS: 4.0, Measure.BYTES: 4_000.0, Measure.STORED: 4_000.0, Measure.COST: 0.04}[measure]
    if measure is Measure.CALLS:
        most = max(most, 4.0)  # there is no half of a call
    power = math.pow(10, math.floor(math.log10(most)))
    steps = (4.0, 8.0, 10.0) if measure is Measure.CALLS and power == 1 else (1.0, 2.0, 4.0, 6.0, 8.0, 10.0)
    top: float = next(step * power for step in (*steps, 20.0) if step * power >= most * (1 - 1e-9))
    return math.ceil(top / 4) * 4.0 if measure is Measure.CALLS else top
