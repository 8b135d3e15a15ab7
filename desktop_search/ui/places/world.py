"""The outlines of land and countries, read from `resources/map/world.json.gz` and drawn in map coordinates."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from desktop_search import resources
from desktop_search.core.map_projection import Flat, MapView, flat_of
from desktop_search.ui.style.theme import tokens

FILE = "map/world.json.gz"
_PER_DEGREE = 100
_BORDER_ALPHA = 150
_FINE_FROM_PX = 2500.0  # how wide the whole world is when the finer outlines are first worth their time


@dataclass(frozen=True)
class Shape:
    """One piece of land, or one border."""

    bounds: QRectF
    path: QPainterPath


@dataclass(frozen=True)
class Outlines:
    """All of it at one degree of fineness."""

    land: tuple[Shape, ...]
    borders: tuple[Shape, ...]

    def paint(self, painter: QPainter, view: MapView, width: float, height: float) -> None:
        """Draw what the view shows."""
        left, top = view.to_flat(0, 0, width, height)
        seen = QRectF(left, top, width / view.world_px, height / view.world_px)
        painter.save()
        painter.setTransform(
            QTransform(view.world_px, 0, 0, view.world_px, -left * view.world_px, -top * view.world_px), combine=True
        )
        border = QColor(tokens().muted)
        border.setAlpha(_BORDER_ALPHA)
        painter.setClipRect(QRectF(0, 0, 1, 1))
        painter.setPen(QPen(tokens().muted, 0))
        painter.setBrush(tokens().raised)
        for shape in self.land:
            if shape.bounds.intersects(seen):
                painter.drawPath(shape.path)
        painter.setPen(QPen(border, 0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for shape in self.borders:
            if shape.bounds.intersects(seen):
                painter.drawPath(shape.path)
        painter.restore()


@dataclass(frozen=True)
class World:
    """Outlines for far and near, and the countries' names with their places, the largest country first."""

    coarse: Outlines
    fine: Outlines
    names: tuple[tuple[str, Flat], ...]

    def outlines(self, view: MapView) -> Outlines:
        """Those that fit the scale."""
        return self.fine if view.world_px >= _FINE_FROM_PX else self.coarse


def read_world() -> World:
    """Read it; takes some tenths of a second, and may be done on any thread."""
    found = json.loads(gzip.decompress(resources.read_bytes(FILE)))
    names = ((name, flat_of(south / _PER_DEGREE, east / _PER_DEGREE)) for name, east, south in found["names"])
    return World(_outlines(found["coarse"]), _outlines(found["fine"]), tuple(names))


def _outlines(level: dict[str, list[list[int]]]) -> Outlines:
    land: Iterable[Sequence[Sequence[int]]] = level["land"]  # type: ignore[assignment]  # rings of polygons
    return Outlines(
        tuple(_shape(rings, is_closed=True) for rings in land),
        tuple(_shape((line,), is_closed=False) for line in level["borders"]),
    )


def _shape(lines: Iterable[Sequence[int]], *, is_closed: bool) -> Shape:
    path = QPainterPath()
    for line in lines:
        points = zip(accumulate(line[::2]), accumulate(line[1::2]), strict=True)
        path.addPolygon(QPolygonF([QPointF(*flat_of(y / _PER_DEGREE, x / _PER_DEGREE)) for x, y in points]))
        if is_closed:
            path.closeSubpath()
    return Shape(path.boundingRect(), path)
