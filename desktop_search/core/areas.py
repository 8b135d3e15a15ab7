"""Rectangles on the globe, as they are drawn on a map."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_search.core.language import _


@dataclass(frozen=True, slots=True)
class Area:
    """Between two parallels and two meridians, in degrees; north and east are positive. It never crosses 180° E."""

    south: float
    west: float
    north: float
    east: float

    def has(self, latitude: float | None, longitude: float | None) -> bool:
        """Whether a place lies in it; one that is not known does not."""
        if latitude is None or longitude is None:
            return False
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east

    def problems(self) -> dict[str, str]:
        """What is wrong, by field name."""
        is_right = -90 <= self.south <= self.north <= 90 and -180 <= self.west <= self.east <= 180
        return {} if is_right else {"area": _("The south-western corner comes first, then the north-eastern one.")}
