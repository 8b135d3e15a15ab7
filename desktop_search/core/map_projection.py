"""The globe on a flat map, by Mercator's projection, and the part of the map that a window shows. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from desktop_search.core.places import Place

LATITUDE_MAX = 85.05  # degrees; as far as the map is square
_EQUATOR_KM = 40_075.017
WORLD_PX_MAX = 4_000_000.0  # how wide the whole world is drawn at most: about 10 m on a pixel

Flat = tuple[float, float]
"""A point of the map: 0 to 1 from west to east, and from north to south."""


def flat_of(latitude: float, longitude: float) -> Flat:
    """Where on the map a place lies; beyond the map's edges, on the edge."""
    within = math.radians(min(max(latitude, -LATITUDE_MAX), LATITUDE_MAX))
    return (longitude + 180) / 360, (1 - math.asinh(math.tan(within)) / math.pi) / 2


def place_at(x: float, y: float) -> Place:
    """The place at a point of the map, to about a metre; beyond the edges, on the edge."""
    latitude = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * min(max(y, 0.0), 1.0)))))
    return Place(round(latitude, 5), round(min(max(x, 0.0), 1.0) * 360 - 180, 5))


@dataclass(frozen=True, slots=True)
class MapView:
    """What is on show: the point in the middle, and how wide the whole world would be, in pixels."""

    x: float = 0.5
    y: float = 0.4
    world_px: float = 512.0

    def moved(self, right_px: float, down_px: float) -> MapView:
        """The same scale, so far to the right and down. The middle never leaves the map."""
        x, y = self.x + right_px / self.world_px, self.y + down_px / self.world_px
        return replace(self, x=min(max(x, 0.0), 1.0), y=min(max(y, 0.0), 1.0))

    def zoomed(self, factor: float, least_px: float, right_px: float = 0.0, down_px: float = 0.0) -> MapView:
        """Closer by `factor`; what lies so far right and down of the middle stays under the pointer.

        The world is at least `least_px` wide.
        """
        world_px = min(max(self.world_px * factor, least_px), WORLD_PX_MAX)
        held = self.moved(right_px, down_px)
        return MapView(held.x, held.y, world_px).moved(-right_px, -down_px)

    def to_screen(self, x: float, y: float, width: float, height: float) -> tuple[float, float]:
        """Where a point of the map is in a window of that size."""
        return width / 2 + (x - self.x) * self.world_px, height / 2 + (y - self.y) * self.world_px

    def to_flat(self, right: float, down: float, width: float, height: float) -> Flat:
        """The point of the map at a pixel of such a window."""
        return self.x + (right - width / 2) / self.world_px, self.y + (down - height / 2) / self.world_px

    @property
    def km_per_px(self) -> float:
        """How many kilometres a pixel in the middle stands for."""
        latitude = math.radians(place_at(self.x, self.y).latitude)
        return _EQUATOR_KM * math.cos(latitude) / self.world_px


def fitting(points: list[Flat], width: float, height: float, least_px: float, closest_px: float) -> MapView:
    """The view that shows all of these points with room around them; the whole world where there are none."""
    if not points:
        return MapView(world_px=least_px)
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    wide, high = max(right - left, 1e-9), max(bottom - top, 1e-9)
    world_px = min(max(min(width / wide, height / high) * 0.8, least_px), closest_px)
    return MapView((left + right) / 2, (top + bottom) / 2, world_px)
