"""What lies on the outlines: countries' names, the clips' circles, the filter, and a scale."""

from __future__ import annotations

import math
from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from desktop_search.core.areas import Area
from desktop_search.core.language import number
from desktop_search.core.map_filters import NEAR_KM
from desktop_search.core.map_points import Cluster
from desktop_search.core.map_projection import Flat, MapView, flat_of
from desktop_search.core.places import Place
from desktop_search.ui.style.theme import tokens

_KM_PER_DEGREE = 111.2
_LEAST_RADIUS_PX, _MORE_RADIUS_PX = 9.0, 3.5
_TEXT_PX, _NAME_PX = 11, 11
_NAMES_FROM_PX, _NAMES_MAX = 700.0, 60
_SCALE_PX = 110.0
_SCALES_KM = tuple(step * 10**power for power in range(-2, 5) for step in (1, 2, 5))
_CENTRE = Qt.AlignmentFlag.AlignCenter


class MapPainter:
    """Paints into a window of one size that shows one view."""

    def __init__(self, painter: QPainter, view: MapView, width: int, height: int) -> None:
        self._painter, self._view, self._width, self._height = painter, view, width, height
        font = painter.font()
        font.setPixelSize(_TEXT_PX)
        painter.setFont(font)

    def names(self, names: Iterable[tuple[str, Flat]]) -> None:
        """The largest countries on show, none over another."""
        if self._view.world_px < _NAMES_FROM_PX:
            return
        colour = QColor(tokens().muted)
        self._painter.setPen(colour)
        metrics, taken = QFontMetricsF(self._painter.font()), list[QRectF]()
        seen = QRectF(0, 0, self._width, self._height)
        for name, at in names:
            centre = self.point(at)
            if not seen.contains(centre):
                continue
            box = metrics.boundingRect(name).adjusted(-6, -3, 6, 3)
            box.moveCenter(centre)
            if seen.contains(box) and not any(box.intersects(other) for other in taken):
                taken.append(box)
                self._painter.drawText(box, _CENTRE, name)
            if len(taken) >= _NAMES_MAX:
                return

    def clusters(self, clusters: Iterable[Cluster], chosen: Cluster | None) -> None:
        """A circle for each, with how many clips it stands for; hits have a circle of their own at its edge."""
        for cluster in clusters:
            centre, radius = self.point(cluster.at), radius_of(cluster)
            self._painter.setPen(QPen(tokens().field, 1))
            self._painter.setBrush(tokens().muted)
            self._painter.drawEllipse(centre, radius, radius)
            if len(cluster.clips) > 1:
                self._text(centre, short(len(cluster.clips)), tokens().field)
            if cluster.hits:
                self._badge(centre + QPointF(radius * 0.75, -radius * 0.75), cluster.hits)
            if cluster is chosen:
                self._painter.setBrush(Qt.BrushStyle.NoBrush)
                self._painter.setPen(QPen(tokens().text, 2))
                self._painter.drawEllipse(centre, radius + 3, radius + 3)

    def ground(self, ground: Place | Area | None) -> None:
        """What the filter lets through."""
        if ground is None:
            return
        if isinstance(ground, Area):
            left, top = self._xy(flat_of(ground.north, ground.west))
            right, bottom = self._xy(flat_of(ground.south, ground.east))
            self._wash(QRectF(QPointF(left, top), QPointF(right, bottom)), is_round=False)
            return
        centre = self.point(flat_of(ground.latitude, ground.longitude))
        top = self._xy(flat_of(ground.latitude + NEAR_KM / _KM_PER_DEGREE, ground.longitude))[1]
        radius = max(abs(centre.y() - top), 5.0)
        self._wash(QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius), is_round=True)

    def drawn(self, area: QRectF) -> None:
        """A rectangle that is just being drawn, in pixels."""
        self._wash(area, is_round=False)

    def scale(self) -> None:
        """How long a line at the lower left is."""
        km = max((each for each in _SCALES_KM if each <= self._view.km_per_px * _SCALE_PX), default=_SCALES_KM[0])
        length, left, down = km / self._view.km_per_px, 10.0, self._height - 10.0
        words = f"{number(km)} km" if km >= 1 else f"{round(km * 1000)} m"
        box = QFontMetricsF(self._painter.font()).boundingRect(words)
        ground = QColor(tokens().panel)
        ground.setAlpha(220)
        self._painter.fillRect(QRectF(left - 5, down - 20, max(length, box.width()) + 10, 26), ground)
        self._painter.setPen(tokens().text)
        self._painter.drawText(QPointF(left, down - 7), words)
        self._painter.drawLine(QPointF(left, down), QPointF(left + length, down))
        for end in (left, left + length):
            self._painter.drawLine(QPointF(end, down - 4), QPointF(end, down))

    def point(self, at: Flat) -> QPointF:
        """A point of the map in the window."""
        return QPointF(*self._xy(at))

    def _xy(self, at: Flat) -> tuple[float, float]:
        return self._view.to_screen(*at, self._width, self._height)

    def _wash(self, box: QRectF, *, is_round: bool) -> None:
        colour = QColor(tokens().accent)
        colour.setAlpha(40)
        self._painter.setPen(QPen(tokens().accent, 1))
        self._painter.setBrush(colour)
        if is_round:
            self._painter.drawEllipse(box)
        else:
            self._painter.drawRect(box)

    def _badge(self, centre: QPointF, hits: int) -> None:
        words = short(hits)
        width = max(15.0, QFontMetricsF(self._painter.font()).horizontalAdvance(words) + 7)
        box = QRectF(centre.x() - width / 2, centre.y() - 7.5, width, 15)
        self._painter.setPen(QPen(tokens().field, 1))
        self._painter.setBrush(tokens().accent)
        self._painter.drawRoundedRect(box, 7.5, 7.5)
        self._text(centre, words, tokens().on_accent)

    def _text(self, centre: QPointF, words: str, colour: QColor) -> None:
        self._painter.setPen(colour)
        self._painter.drawText(QRectF(centre.x() - 30, centre.y() - 10, 60, 20), _CENTRE, words)


def radius_of(cluster: Cluster) -> float:
    """How large its circle is, in pixels."""
    count = len(cluster.clips)
    return 5.0 if count == 1 else _LEAST_RADIUS_PX + _MORE_RADIUS_PX * math.log10(count)


def short(count: int) -> str:
    """A number of at most four signs."""
    return str(count) if count < 1000 else f"{number(count / 1000, 1)}k" if count < 10_000 else f"{count // 1000}k"
