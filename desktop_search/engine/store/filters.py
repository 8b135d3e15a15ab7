"""The filters of the contract as one SQL condition, the same for videos and images."""

from __future__ import annotations

import json
from dataclasses import dataclass

PLACE_RADIUS_KM = 20.0


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked of footage; `None` and "" mean "not asked". All are combined with AND.

    Attributes:
        video_ids: only these ids.
        statuses: only these states; empty means any.
        taken_after_ms: captured at or after this UTC instant.
        name: exact stored name.
        platform: where it was imported from; for videos alone.
    """

    namespace: str
    video_ids: tuple[int, ...] | None = None
    statuses: tuple[str, ...] = ()
    name: str | None = None
    tag: str = ""
    camera: str = ""
    taken_after_ms: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    platform: str = ""

    def condition(self) -> tuple[str, dict[str, object]]:
        """An SQL condition over a table called `item`, joined with `namespaces`, and its parameters."""
        parts = ["namespaces.name = :namespace"]
        values: dict[str, object] = {"namespace": self.namespace}
        if self.video_ids is not None:
            parts.append("item.id IN (SELECT value FROM json_each(:video_ids))")
            values["video_ids"] = json.dumps(self.video_ids)
        if self.statuses:
            parts.append("item.status IN (SELECT value FROM json_each(:statuses))")
            values["statuses"] = json.dumps(self.statuses)
        if self.name is not None:
            parts.append("item.name = :name")
            values["name"] = self.name
        if self.tag:
            parts.append("EXISTS (SELECT 1 FROM json_each(item.tags) WHERE value = :tag)")
            values["tag"] = self.tag
        if self.platform:
            parts.append("item.platform = :platform")
            values["platform"] = self.platform
        self._add_capture(parts, values)
        return " AND ".join(parts), values

    def _add_capture(self, parts: list[str], values: dict[str, object]) -> None:
        """Camera, time and place: known only once the file was read, so only indexed footage is found by them."""
        before = len(parts)
        if self.camera:
            parts.append("item.camera = :camera")
            values["camera"] = self.camera
        if self.taken_after_ms is not None:
            parts.append("item.taken_ms >= :taken_after_ms")
            values["taken_after_ms"] = self.taken_after_ms
        if self.latitude is not None and self.longitude is not None:
            parts.append("distance_km(item.latitude, item.longitude, :latitude, :longitude) <= :radius_km")
            values |= {"latitude": self.latitude, "longitude": self.longitude, "radius_km": PLACE_RADIUS_KM}
        if len(parts) > before:
            parts.append("item.status = 'PARSE'")
