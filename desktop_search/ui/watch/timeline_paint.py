"""Paints what stands still on the timeline, in lanes, so that nothing has to be told by its colour alone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPolygonF

from desktop_search.core.outline import Outline
from desktop_search.ui.style.theme import tokens
from desktop_search.ui.watch.timeline_view import TimelineView

HEIGHT_PX, MARGIN_PX = 44, 6
RANGE_TOP, RANGE_BOTTOM = 1, 10  # the marked range and its ends
SHOTS_TOP, SHOTS_BOTTOM = 12, 20
SPEECH_TOP, SPEECH_BOTTOM = 23, 28
_HITS_TOP, _HITS_BOTTOM = 30, 37
_VIEW_TOP, _VIEW_BOTTOM = 40, 42  # which part of the clip is in view
_GAP_PX, _NARROWEST_PX = 1.0, 3.0
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Lanes:
    """What is known of the clip; times in ms.

    Attributes:
        hits: where the hits begin.
        hit: from where to where the chosen hit is.
        handles: the same with its handles.
        marked: the marked range; either end may be open.
    """

    outline: Outline = field(default_factory=Outline)
    hits: tuple[int, ...] = ()
    hit: Span | None = None
    handles: Span | None = None
    marked: tuple[int | None, int | None] = (None, None)


class LanesPainter:
    """Draws once, on a ground as wide as the timeline."""

    def __init__(self, painter: QPainter, view: TimelineView, width_px: float) -> None:
        self._painter, self._view, self._width_px = painter, view, width_px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)

    def x_of(self, time_ms: float) -> float:
        """Where a time is drawn."""
        return MARGIN_PX + self._view.share_of(time_ms) * (self._width_px - 2 * MARGIN_PX)

    def paint(self, lanes: Lanes) -> None:
        """All lanes, from the top."""
        self._painter.setClipRect(QRectF(0, 0, self._width_px, HEIGHT_PX))
        self._paint_shots(lanes.outline.shots_ms)
        if not self._view.duration_ms:
            return
        if lanes.hit is not None:
            self._paint_hit(lanes.hit, lanes.handles or lanes.hit)
        self._paint_range(lanes.marked)
        self._paint_speech(lanes.outline)
        self._paint_hits(lanes.hits)
        self._paint_view()

    def _paint_shots(self, shots_ms: tuple[int, ...]) -> None:
        """One block for each shot; neighbours that would be hairlines go together."""
        self._painter.setBrush(tokens().line)
        left = self.x_of(self._view.start_ms)
        for start in (*_inside(shots_ms, self._view), None):
            right = self.x_of(start) if start is not None else self._width_px - MARGIN_PX
            if right - left >= _NARROWEST_PX or start is None:
                self._bar(left, right - (_GAP_PX if start is not None else 0), SHOTS_TOP, SHOTS_BOTTOM)
                left = right

    def _paint_hit(self, hit: Span, handles: Span) -> None:
        """The hit in full colour, its handles hatched."""
        colour = QColor(tokens().accent)
        colour.setAlpha(120)
        hatched = QBrush(tokens().accent, Qt.BrushStyle.BDiagPattern)
        for start, end, brush in ((handles[0], hit[0], hatched), (*hit, QBrush(colour)), (hit[1], handles[1], hatched)):
            if end > start:
                self._painter.setBrush(brush)
                self._painter.drawRect(self._rect(self.x_of(start), self.x_of(end), SHOTS_TOP, SHOTS_BOTTOM))

    def _paint_range(self, marked: tuple[int | None, int | None]) -> None:
        start, end = marked
        if start is None and end is None:
            return
        left = self.x_of(start) if start is not None else MARGIN_PX
        right = self.x_of(end) if end is not None else self._width_px - MARGIN_PX
        self._painter.setBrush(tokens().good)
        self._painter.drawRect(self._rect(left, right, RANGE_BOTTOM - 3, RANGE_BOTTOM))
        if start is not None:
            self._painter.drawPolygon(_flag(left, 6))
        if end is not None:
            self._painter.drawPolygon(_flag(right, -6))

    def _paint_speech(self, outline: Outline) -> None:
        self._painter.setBrush(tokens().muted)
        right_of_last, lines = -1.0, outline.speech
        first = bisect_left(lines, self._view.start_ms, key=lambda line: line.end_ms)
        last = bisect_right(lines, self._view.end_ms, key=lambda line: line.start_ms)
        for line in lines[first:last]:
            left, right = self.x_of(line.start_ms), self.x_of(max(line.end_ms, line.start_ms + 1))
            right = max(right, left + 1.5)
            if right - right_of_last > _GAP_PX:  # many lines may lie in one pixel of a long clip
                self._bar(max(left, right_of_last + _GAP_PX), right, SPEECH_TOP, SPEECH_BOTTOM)
                right_of_last = right

    def _paint_hits(self, hits: tuple[int, ...]) -> None:
        self._painter.setBrush(tokens().accent)
        for start in hits:
            x = self.x_of(start)
            if -5 < x < self._width_px + 5:
                points = ((x, _HITS_TOP), (x - 4, _HITS_BOTTOM), (x + 4, _HITS_BOTTOM))
                self._painter.drawPolygon(QPolygonF([QPointF(*point) for point in points]))

    def _paint_view(self) -> None:
        view = self._view
        if view.is_whole:
            return
        width = self._width_px - 2 * MARGIN_PX
        self._painter.setBrush(tokens().line)
        self._bar(MARGIN_PX, MARGIN_PX + width, _VIEW_TOP, _VIEW_BOTTOM)
        self._painter.setBrush(tokens().text)
        left, right = (MARGIN_PX + width * time / view.duration_ms for time in (view.start_ms, view.end_ms))
        self._bar(left, max(right, left + 4), _VIEW_TOP, _VIEW_BOTTOM)

    def _bar(self, left: float, right: float, top: float, bottom: float) -> None:
        self._painter.drawRoundedRect(self._rect(left, right, top, bottom), 1.5, 1.5)

    def _rect(self, left: float, right: float, top: float, bottom: float) -> QRectF:
        left, right = max(left, MARGIN_PX), min(right, self._width_px - MARGIN_PX)
        return QRectF(left, top, max(0.0, right - left), bottom - top)


def _inside(times_ms: tuple[int, ...], view: TimelineView) -> Iterator[int]:
    first, last = bisect_right(times_ms, view.start_ms), bisect_left(times_ms, view.end_ms)
    yield from times_ms[first:last]


def _flag(x: float, width: float) -> QPolygonF:
    points = ((x, RANGE_TOP), (x + width, RANGE_TOP), (x, RANGE_BOTTOM - 3), (x, RANGE_BOTTOM))
    return QPolygonF([QPointF(*point) for point in points])
