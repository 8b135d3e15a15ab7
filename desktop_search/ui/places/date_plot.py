"""How many clips were captured when, as bars; a span is chosen by dragging, or by arrows with Shift and Enter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from desktop_search.core.date_bins import Bin, Unit, between, bins_of
from desktop_search.core.date_words import day_words, month_words
from desktop_search.core.language import _, ngettext
from desktop_search.ui.style.theme import tokens

_TOP, _BOTTOM, _SIDE = 24, 20, 8
_BAR_PX, _LABEL_PX, _TEXT_PX = 7, 74, 11
_LEAST_DAYS = 14  # as close as it goes

Days = tuple[date, date]
"""The first day and the last, both with it."""


class DatePlot(QWidget):
    """Signals:
    span_chosen(Days | None): these days were chosen; `None` for all.
    """

    span_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._days: list[date] = []
        self._has_others = False
        self._shown: Days | None = None  # `None` for all
        self._unit, self._bins = Unit.DAY, tuple[Bin, ...]()
        self._span: Days | None = None
        self._anchor: int | None = None
        self._marked: int | None = None
        self._is_pressed = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(96)
        self.setAccessibleName(_("Clips by capture date"))
        self._describe()

    @property
    def bins(self) -> tuple[Bin, ...]:
        """The bars on show."""
        return self._bins

    def set_days(self, days: Sequence[date], *, has_others: bool = False) -> None:
        """Show these days, which are in order; `has_others` when clips of other places have a date too."""
        self._days, self._has_others = list(days), has_others
        if self._shown is not None and not between(self._days, *self._shown):
            self._shown = None
        self._count()

    def set_span(self, span: Days | None) -> None:
        """Show that these days are chosen."""
        if span != self._span:
            self._span, self._anchor = span, None
            self._describe()

    def zoom(self, factor: float) -> None:
        """Closer around the marked bar, or the chosen days, or the middle; a factor below 1 shows more."""
        if not self._bins:
            return
        first, last = self._bins[0].start, self._bins[-1].end - timedelta(1)
        if self._marked is not None:
            middle = self._bins[self._marked].start
        else:
            middle = self._span[0] + (self._span[1] - self._span[0]) / 2 if self._span else first + (last - first) / 2
        half = timedelta(max(_LEAST_DAYS, (last - first).days / factor) / 2)
        shown = max(self._days[0], middle - half), min(self._days[-1], middle + half)
        is_all = shown == (self._days[0], self._days[-1]) or shown[0] > shown[1]
        self._shown = None if is_all else shown
        self._count()

    def bar_of(self, place: int) -> QRectF:
        """Where a bar stands, from the axis to its top."""
        area, most = self._area(), max((each.count for each in self._bins), default=1)
        step, count = area.width() / len(self._bins), self._bins[place].count
        height = max(2.0, area.height() * count / max(1, most)) if count else 0.0
        gap = 1.0 if step >= 4 else 0.0
        return QRectF(area.left() + place * step, area.bottom() - height, max(1.0, step - gap), height)

    def sizeHint(self) -> QSize:
        """Room for bars and their axis."""
        return QSize(640, 112)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More room may be for finer bars."""
        super().resizeEvent(event)
        self._count()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A span begins."""
        place = self._place(event.position().x())
        if event.button() is Qt.MouseButton.LeftButton and place is not None:
            is_longer = event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self._anchor is not None
            self._is_pressed, self._anchor = True, self._anchor if is_longer else place
            self._mark(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It grows; else the bar under the pointer says its count."""
        place = self._place(event.position().x(), is_held=self._is_pressed)
        if self._is_pressed or not self.hasFocus():
            self._mark(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It is chosen."""
        if event.button() is Qt.MouseButton.LeftButton and self._is_pressed:
            self._is_pressed = False
            self._take()

    def leaveEvent(self, event: QEvent) -> None:
        """No bar is under the pointer any longer."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self._mark(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No bar is marked by keys any longer."""
        super().focusOutEvent(event)
        self._anchor = None
        self._mark(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Closer or farther."""
        if not self._is_pressed:
            self._mark(self._place(event.position().x()))
            self.zoom(1.5 if event.angleDelta().y() > 0 else 1 / 1.5)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows mark a bar, with Shift several; Enter chooses them, Escape all; + and - zoom."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._bins:
            self._step(1 if key is Qt.Key.Key_Right else -1, event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._marked is not None:
            self._anchor = self._marked if self._anchor is None else self._anchor
            self._take()
        elif key is Qt.Key.Key_Escape and self._span is not None:
            self.span_chosen.emit(None)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom(1 / 1.5 if key is Qt.Key.Key_Minus else 1.5)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: draw it."""
        with QPainter(self) as painter:
            font = painter.font()
            font.setPixelSize(_TEXT_PX)
            painter.setFont(font)
            painter.fillRect(self.rect(), tokens().panel)
            area, chosen = self._area(), self._chosen()
            for place, each in enumerate(self._bins):
                is_in = chosen is not None and chosen[0] <= each.end - timedelta(1) and each.start <= chosen[1]
                bar = self.bar_of(place)
                if is_in:
                    painter.fillRect(QRectF(bar.left(), area.top(), bar.width(), area.height()), tokens().selection)
                painter.fillRect(
                    bar, tokens().text if place == self._marked else tokens().accent if is_in else tokens().muted
                )
            painter.setPen(tokens().line)
            painter.drawLine(area.bottomLeft(), area.bottomRight())
            self._paint_axis(painter)
            painter.setPen(tokens().text if self._marked is not None or self._span else tokens().muted)
            painter.drawText(QRectF(_SIDE, 4, self.width() - 2 * _SIDE, 16), Qt.AlignmentFlag.AlignLeft, self.words)
            if self.hasFocus():
                painter.setPen(tokens().accent)
                painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    @property
    def words(self) -> str:
        """What is marked or chosen, and how many clips that are."""
        if not self._days:
            elsewhere = _("No clip with a capture date is from the chosen place.")
            return elsewhere if self._has_others else _("No clip has a capture date yet.")
        chosen = self._chosen()
        if chosen is None and self._marked is None:
            clips = ngettext("{count} clip", "{count} clips", len(self._days))
            by = {
                Unit.DAY: _("{clips} by day"),
                Unit.MONTH: _("{clips} by month"),
                Unit.YEAR: _("{clips} by year"),
                Unit.DECADE: _("{clips} by decade"),
            }
            return by[self._unit].format(clips=clips)
        if chosen is None or (self._marked is not None and self._anchor is None):
            assert self._marked is not None
            marked = self._bins[self._marked]
            clips = ngettext("{count} clip", "{count} clips", marked.count)
            return _("{time}: {clips}").format(time=self._named(marked.start), clips=clips)
        clips = ngettext("{count} clip", "{count} clips", len(between(self._days, *chosen)))
        first, last = (day_words(day) for day in chosen)
        if first == last:
            return _("{time}: {clips}").format(time=first, clips=clips)
        return _("{first} to {last}: {clips}").format(first=first, last=last, clips=clips)

    def _paint_axis(self, painter: QPainter) -> None:
        area = self._area()
        painter.setPen(tokens().muted)
        every = max(1, -(-len(self._bins) * _LABEL_PX // max(1, int(area.width()))))
        for place in range(0, len(self._bins), every):
            left = area.left() + place * area.width() / len(self._bins)
            box = QRectF(left, area.bottom() + 3, _LABEL_PX, 16)
            if box.right() <= self.width():
                painter.drawText(box, Qt.AlignmentFlag.AlignLeft, self._named(self._bins[place].start, short=True))

    def _named(self, day: date, *, short: bool = False) -> str:
        if self._unit is Unit.DAY:
            return day_words(day, year=not short)
        if self._unit is Unit.MONTH:
            return month_words(day, short=short)
        return _("{year}s").format(year=day.year) if self._unit is Unit.DECADE else str(day.year)

    def _chosen(self) -> Days | None:
        """What is being chosen, else what is."""
        if self._anchor is None or self._marked is None:
            return self._span
        first, last = sorted((self._anchor, self._marked))
        return self._bins[first].start, self._bins[last].end - timedelta(1)

    def _take(self) -> None:
        chosen, self._anchor = self._chosen(), None
        self.span_chosen.emit(chosen)
        self._describe()

    def _step(self, by: int, is_longer: object) -> None:
        at = self._marked if self._marked is not None else (-1 if by > 0 else len(self._bins))
        if not is_longer:
            self._anchor = None
        elif self._anchor is None:
            self._anchor = max(0, min(at, len(self._bins) - 1))
        self._mark(max(0, min(at + by, len(self._bins) - 1)))

    def _count(self) -> None:
        self._marked = self._anchor = None
        if self._days:
            first, last = self._shown or (self._days[0], self._days[-1])
            self._unit, self._bins = bins_of(self._days, first, last, max(8, int(self._area().width()) // _BAR_PX))
        else:
            self._bins = ()
        self._describe()

    def _place(self, right: float, *, is_held: bool = False) -> int | None:
        """The bar over that pixel; with `is_held` the nearest."""
        if not self._bins:
            return None
        area = self._area()
        place = int((right - area.left()) // (area.width() / len(self._bins)))
        if is_held:
            return max(0, min(place, len(self._bins) - 1))
        return place if 0 <= place < len(self._bins) else None

    def _mark(self, place: int | None) -> None:
        if place != self._marked:
            self._marked = place
            self._describe()

    def _describe(self) -> None:
        self.setAccessibleDescription(self.words)
        self.update()

    def _area(self) -> QRectF:
        wide, high = max(1, self.width() - 2 * _SIDE), max(1, self.height() - _TOP - _BOTTOM)
        return QRectF(_SIDE, _TOP, wide, high)
