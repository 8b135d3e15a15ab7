"""The map with 20,000 clips: how long it takes to draw while it is moved and zoomed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from desktop_search.bootstrap.virtual_display import VirtualDisplay
from desktop_search.core.map_points import PlacedClip, PointField
from desktop_search.core.map_projection import MapView
from desktop_search.core.places import Place
from desktop_search.ui.places.map_canvas import MapCanvas
from desktop_search.ui.places.world import read_world
from desktop_search.ui.style.theme import Theme, apply_theme, tokens
from tests.benchmarks.measuring import Measured, compare

_WIDTH, _HEIGHT, _FRAMES = 900, 700, 10
_FLOOR = "a bare QPainter fills the same picture and draws as many points"
_VIEWS = {
    "the whole world": (0.5, 0.4, 900.0),
    "a continent": (0.53, 0.33, 6000.0),
    "a city": (0.5372, 0.328, 400_000.0),
}


def map_canvas(clips: int) -> Iterator[Measured]:
    """For each scale the time of a picture, while the map is moved by a few pixels each time."""
    with VirtualDisplay():
        app = QApplication([])
        apply_theme(app, Theme.DARK)
        canvas, target = MapCanvas(), QPixmap(_WIDTH, _HEIGHT)
        canvas.resize(_WIDTH, _HEIGHT)
        canvas.set_world(read_world())
        placed = _clips(clips)
        points = [QPointF(each * 7 % _WIDTH, each * 13 % _HEIGHT) for each in range(clips)]

        def drawn(view: MapView) -> None:
            for step in range(_FRAMES):
                canvas._show(view.moved(step * 3, step))
                canvas.render(target, QPoint())

        def bare() -> None:
            for _step in range(_FRAMES):
                painter = QPainter(target)
                painter.fillRect(target.rect(), tokens().field)
                painter.setPen(tokens().text)
                painter.drawPoints(points)
                painter.end()

        for name, view in _VIEWS.items():
            canvas.set_field(PointField(placed))
            draw = partial(drawn, MapView(*view))
            yield _each(compare(f"{clips:,} clips on the map, {name}", draw, _FLOOR, bare))
        yield compare(
            f"{clips:,} clips placed on the map and gathered",
            lambda: PointField(placed).clusters(9, 0, 1),
            "one pass over their points",
            lambda: [each.place for each in placed],
        )


def _each(run: Measured) -> Measured:
    """Of one picture, where a run draws several."""
    return Measured(run.what, run.ours_s / _FRAMES, run.worst_s / _FRAMES, run.floor, run.floor_s / _FRAMES)


def _clips(count: int) -> list[PlacedClip]:
    chance = random.Random(5)
    towns = [(chance.uniform(-50, 65), chance.uniform(-170, 170)) for _ in range(300)] + [(52.5, 13.4)] * 100
    found = []
    for number in range(count):
        south, west = chance.choice(towns)
        place = Place(south + chance.gauss(0, 0.2), west + chance.gauss(0, 0.2))
        found.append(PlacedClip(("local", "default", f"VI{number}"), f"clip {number}", place, number * 3_600_000))
    return found
