"""Which clips of the map a search's place and capture time let through. Pure."""

from __future__ import annotations

from datetime import UTC, datetime

from desktop_search.core.areas import Area
from desktop_search.core.map_points import Cluster, PlacedClip
from desktop_search.core.places import Place, km_between
from desktop_search.core.query import SearchFilters

NEAR_KM = 20.0  # what the service takes as near a place (contract §9.1)


def is_within(clip: PlacedClip, ground: Place | Area | None) -> bool:
    """Whether it was captured there; without a place it was not."""
    if ground is None or clip.place is None:
        return ground is None
    if isinstance(ground, Area):
        return ground.has(clip.place.latitude, clip.place.longitude)
    return km_between(clip.place, ground) <= NEAR_KM


def ground_around(cluster: Cluster) -> Place | Area:
    """What a search for the clips of a circle is narrowed to: its middle, where all are near it, else around them."""
    places = [clip.place for clip in cluster.clips if clip.place is not None]
    if all(km_between(place, cluster.place) <= NEAR_KM for place in places):
        return cluster.place
    latitudes, longitudes = [place.latitude for place in places], [place.longitude for place in places]
    return Area(min(latitudes), min(longitudes), max(latitudes), max(longitudes))


def is_in_time(clip: PlacedClip, filters: SearchFilters) -> bool:
    """Whether it was captured in the span that is asked for; without a capture time it was not."""
    start, end = _ms(filters.taken_after), _ms(filters.taken_before)
    if start is None and end is None:
        return True
    return clip.taken_ms is not None and (start or clip.taken_ms) <= clip.taken_ms < (end or clip.taken_ms + 1)


def _ms(moment: datetime | None) -> int | None:
    return None if moment is None else round(moment.replace(tzinfo=UTC).timestamp() * 1000)
