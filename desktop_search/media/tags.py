"""Capture time, camera and place out of the tags that cameras and phones write. Tag names are in small letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from desktop_search.core.footage import CAMERA_MAX_CHARS

_PLACE = re.compile(r"^\s*([+-]\d{1,2}(?:\.\d+)?)([+-]\d{1,3}(?:\.\d+)?)(?:[+-]\d+(?:\.\d+)?)?(?:CRS\w+)?/?\s*$")
_FIRST_YEAR = 1985  # empty fields come out as 1904 or 1970

# Apple's creation date knows its zone; `creation_time` is UTC by the book, and local time from many cameras.
_TAKEN_TAGS = ("com.apple.quicktime.creationdate", "creation_time", "date", "date_recorded")
_MAKE_TAGS = ("com.apple.quicktime.make", "com.android.manufacturer", "make", "manufacturer")
_MODEL_TAGS = ("com.apple.quicktime.model", "com.android.model", "model", "com.apple.proapps.modelname")
_PLACE_TAGS = ("com.apple.quicktime.location.iso6709", "location", "location-eng", "xyz")


def taken_of(tags: Mapping[str, str]) -> datetime | None:
    """The capture time in UTC, whole seconds; without a zone in the tag its wall time is taken as UTC."""
    return next((found for tag in _TAKEN_TAGS if (found := parse_time(tags.get(tag, "")))), None)


def parse_time(text: str) -> datetime | None:
    """An ISO 8601 instant (zones like +0200 too), or `None`."""
    text = re.sub(r"([+-]\d{2})(\d{2})$", r"\1:\2", text.strip())
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if len(text) < len("2026-01-01T00:00") or moment.year < _FIRST_YEAR:
        return None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.replace(microsecond=0)


def camera_of(tags: Mapping[str, str]) -> str:
    """Maker and model in one line, "" when unknown."""
    return camera_name(_first(tags, _MAKE_TAGS), _first(tags, _MODEL_TAGS))


def camera_name(make: str, model: str) -> str:
    """Maker and model, the maker not said twice."""
    make, model = make.strip(" \0"), model.strip(" \0")
    name = model if not make or model.lower().startswith(make.lower()) else f"{make} {model}".strip()
    return name[:CAMERA_MAX_CHARS]


def place_of(tags: Mapping[str, str]) -> tuple[float, float] | None:
    """Latitude and longitude in degrees that a file's tags say."""
    return place_in(_first(tags, _PLACE_TAGS))


def place_in(text: str) -> tuple[float, float] | None:
    """Latitude and longitude in degrees from ISO 6709, like `+48.8577+002.2950/`."""
    match = _PLACE.match(text)
    if match is None:
        return None
    latitude, longitude = float(match[1]), float(match[2])
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _first(tags: Mapping[str, str], names: Iterable[str]) -> str:
    return next((tags[name] for name in names if tags.get(name)), "")
