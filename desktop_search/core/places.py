"""Coordinates as people paste them: degrees, minutes and seconds, `geo:` addresses, links of map pages. Pure.

Links are only read, never opened.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from urllib.parse import parse_qs, unquote, urlsplit

from desktop_search.core.areas import Area
from desktop_search.core.language import _, pgettext, short_number
from desktop_search.core.query import SearchFilters, place_problems

HELP = _("Not a place. Paste coordinates, such as 48.8583, 2.2945, or the link of a map.")
_LONGEST_LINK, _LONGEST = 4000, 1000  # characters
_SIGNS = str.maketrans(
    {"−": "-", "–": "-", "’": "'", "‘": "'", "′": "'", "´": "'", "`": "'", "ʹ": "'", "º": "°", "˚": "°"}
)
_DOUBLE = re.compile("[”“″ʺ„]|''")
_LETTERS = {
    "n": pgettext("north", "N"),
    "s": pgettext("south", "S"),
    "e": pgettext("east", "E"),
    "w": pgettext("west", "W"),
}
_SIDES = {
    "north": "n",
    "south": "s",
    "east": "e",
    "west": "w",
    _("north"): "n",
    _("south"): "s",
    _("east"): "e",
    _("west"): "w",
} | {letter.lower(): side for side, letter in _LETTERS.items()}
_WORDS = (
    (r"(?<=\d)\s*(?:d(?:eg(?:rees)?)?|grad)\b", "°"),
    (r"(?<=\d)\s*m(?:in(?:uten|utes)?)?\b", "'"),
    (r"(?<=\d)\s*(?:sec(?:onds)?|sek(?:unden)?)\b", '"'),
)
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = r"\d+(?:\.\d+)?"
_SIGNED = rf"[+-]?{_NUMBER}"
_POINTS = re.compile(rf"({_SIGNED})(?:\s*[,;/~]\s*|\s+)({_SIGNED})")
_COMMAS = re.compile(r"([+-]?\d+,\d+)(?:\s*[;/]\s*|,?\s+|,)([+-]?\d+,\d+)")
_NAMED = re.compile(rf"lat(?:itude)?\s*[:=]?\s*({_SIGNED})[\s,;&]*(?:lon(?:g(?:itude)?)?|lng)\s*[:=]?\s*({_SIGNED})")
_ISO_6709 = re.compile(rf"([+-]\d\d(?:\.\d+)?)([+-]\d\d\d(?:\.\d+)?)(?:[+-]{_NUMBER})?(?:crs\w+)?/?")
_POINT = re.compile(rf"point\s*\(\s*({_SIGNED})\s+({_SIGNED})\s*\)")  # well-known text: the longitude first
_ANGLE = re.compile(
    r"(?P<first>[nsew])?\s*(?P<sign>[+-])?\s*(?P<degrees>\d+(?:[.,]\d+)?)(?:\s*°\s*|\s+|(?=[nsew,;/]|$))"
    r"(?:(?P<minutes>\d+(?:[.,]\d+)?)(?:\s*'\s*|\s+|(?=[nsew,;/]|$)))?"
    r"(?:(?P<seconds>\d+(?:[.,]\d+)?)(?:\s*\"\s*|\s+|(?=[nsew,;/]|$)))?(?(first)|(?P<last>[nsew])?)"
)
_IN_LINK = (
    rf"!3d({_SIGNED})!4d({_SIGNED})",  # the place itself goes before what the map happens to show
    rf"@({_SIGNED}),({_SIGNED})",
    rf"#map=[\d.]+/({_SIGNED})/({_SIGNED})",
)
_KEYS = ("q", "query", "ll", "coordinate", "cp", "center", "daddr", "destination", "map", "viewpoint", "sll")
_EARTH_KM = 6371.0
_LONGITUDE_FIRST = ("yandex.",)


class NotAPlace(ValueError):
    """Text that is no place; the text of the error says what is wrong, for the user."""


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the globe, in degrees; north and east are positive."""

    latitude: float
    longitude: float

    @property
    def text(self) -> str:
        """The same in digits, exactly; `place_of` reads it back."""
        return ", ".join(format(Decimal(repr(degrees)), "f") for degrees in (self.latitude, self.longitude))

    @property
    def described(self) -> str:
        """Such as "48.8583° N, 2.2945° E": to about ten metres, in the user's language; `place_of` reads it back."""
        north, east = _LETTERS["n" if self.latitude >= 0 else "s"], _LETTERS["e" if self.longitude >= 0 else "w"]
        return f"{_short(self.latitude)}° {north}, {_short(self.longitude)}° {east}"


def place_of(text: str) -> Place:
    """The place that the text names. Raises `NotAPlace`."""
    is_link = re.match(r"\s*(?:[a-z]+://|geo:|www\.|maps\.)", text, re.IGNORECASE) is not None
    if not text.strip() or len(text) > (_LONGEST_LINK if is_link else _LONGEST):
        raise NotAPlace(HELP)
    return _of_link(text.strip()) if is_link else _of_words(text)


def ground_of(text: str) -> Place | Area:
    """The place that the text names, or the rectangle between two: "48.1, 2.2 – 49, 3.1". Raises `NotAPlace`."""
    corners = re.split(r"\s+(?:to|–)\s+", text.strip())
    if len(corners) != 2:
        return place_of(text)
    first, second = (place_of(corner) for corner in corners)
    south, north = sorted((first.latitude, second.latitude))
    west, east = sorted((first.longitude, second.longitude))
    return Area(south, west, north, east)


def ground_in(filters: SearchFilters) -> Place | Area | None:
    """Where a search looks; `None` for anywhere."""
    if filters.area is not None:
        return filters.area
    if filters.latitude is None or filters.longitude is None:
        return None
    return Place(filters.latitude, filters.longitude)


def with_ground(filters: SearchFilters, ground: Place | Area | None) -> SearchFilters:
    """The same filters for this place or rectangle, or for anywhere."""
    if isinstance(ground, Place):
        return replace(filters, latitude=ground.latitude, longitude=ground.longitude, area=None)
    return replace(filters, latitude=None, longitude=None, area=ground)


def ground_text(ground: Place | Area) -> str:
    """The same in digits; `ground_of` reads it back."""
    if isinstance(ground, Place):
        return ground.text
    return f"{Place(ground.south, ground.west).text} – {Place(ground.north, ground.east).text}"


def described(ground: Place | Area) -> str:
    """Such as "48.8583° N, 2.2945° E"; of a rectangle its corners."""
    if isinstance(ground, Place):
        return ground.described
    return f"{Place(ground.south, ground.west).described} – {Place(ground.north, ground.east).described}"


def km_between(first: Place, second: Place) -> float:
    """How far two places are from each other."""
    (south, west), (north, east) = (
        (math.radians(each.latitude), math.radians(each.longitude)) for each in (first, second)
    )
    half = math.sin((north - south) / 2) ** 2 + math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def _of_words(text: str) -> Place:
    words = _DOUBLE.sub('"', text.translate(_SIGNS)).lower().strip(" \t\r\n()[]{}.,;")
    point = _POINT.fullmatch(text.strip().lower())
    if point is not None:
        return _checked(float(point[2]), float(point[1]))
    for pattern in (_POINTS, _NAMED, _ISO_6709):
        match = pattern.fullmatch(words)
        if match is not None:
            return _checked(float(match[1]), float(match[2]))
    match = _COMMAS.fullmatch(words)
    if match is not None:
        return _checked(*(float(part.replace(",", ".")) for part in match.groups()))
    return _of_angles(words)


def _of_angles(words: str) -> Place:
    """Degrees with minutes, seconds, or letters for the side of the globe."""
    words = _WORD.sub(lambda match: _SIDES.get(match[0], match[0]), words)
    for pattern, sign in _WORDS:
        words = re.sub(pattern, sign, words)
    sides, degrees = [], []
    for match in _angles(words):
        sides.append(match["first"] or match["last"] or "")
        degrees.append(_degrees(match))
    axes = ["" if not side else "latitude" if side in "ns" else "longitude" for side in sides]
    if len(degrees) != 2 or (axes[0] and axes[0] == axes[1]):
        raise NotAPlace(HELP)
    if axes[0] == "longitude" or axes[1] == "latitude":
        degrees.reverse()
    return _checked(degrees[0], degrees[1])


def _angles(words: str) -> Iterator[re.Match[str]]:
    is_angle = re.search("[°nsew]", words) is not None  # else a comma stands between numbers
    place = 0
    while place < len(words):
        match = _ANGLE.match(words, place)
        if match is None or ("," in match["degrees"] and not is_angle):
            raise NotAPlace(HELP)
        yield match
        place = match.end()
        gap = re.compile(r"[\s,;/]*").match(words, place)
        place = gap.end() if gap is not None else place


def _degrees(match: re.Match[str]) -> float:
    parts = [match[name] or "" for name in ("degrees", "minutes", "seconds")]
    given = [part for part in parts if part]
    if any("." in part or "," in part for part in given[:-1]):
        raise NotAPlace(HELP)
    values = [float(part.replace(",", ".")) if part else 0.0 for part in parts]
    if values[1] >= 60 or values[2] >= 60:
        raise NotAPlace(_("Minutes and seconds are below 60."))
    side = match["first"] or match["last"] or ""
    if side and match["sign"]:
        raise NotAPlace(_("Either a sign or a letter, not both."))
    found = values[0] + values[1] / 60 + values[2] / 3600
    found = found if len(given) == 1 else round(found, 7)  # about a centimetre
    return -found if side in {"s", "w"} or match["sign"] == "-" else found


def _of_link(text: str) -> Place:
    if text.lower().startswith("geo:"):
        return _of_geo(text[4:])
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        asked = parse_qs(parts.query) | parse_qs(parts.fragment.partition("?")[2])
    except ValueError:
        raise NotAPlace(HELP) from None
    if asked.get("mlat") and asked.get("mlon"):
        return _of_words(f"{asked['mlat'][0]}, {asked['mlon'][0]}")
    link = unquote(text)
    for pattern in _IN_LINK:
        match = re.search(pattern, link)
        if match is not None:
            return _checked(float(match[1]), float(match[2]))
    for key in _KEYS:
        match = re.match(
            rf"(?:loc:|ll\.)?\s*({_SIGNED})\s*[,~]\s*({_SIGNED})(?![\d.])", next(iter(asked.get(key, [])), "")
        )
        if match is not None:
            is_turned = key == "ll" and any(name in parts.netloc for name in _LONGITUDE_FIRST)
            return _checked(float(match[2 if is_turned else 1]), float(match[1 if is_turned else 2]))
    raise NotAPlace(
        _("There is no place in this link. Open it, and paste the address that it leads to, or coordinates.")
    )


def _of_geo(address: str) -> Place:
    """RFC 5870; and with the place behind `?q=`, as telephones share it."""
    main, _, asked = unquote(address).partition("?")
    for words in (parse_qs(asked).get("q", [""])[0].partition("(")[0], main.partition(";")[0]):
        match = re.match(rf"\s*({_SIGNED})\s*,\s*({_SIGNED})(?:,{_SIGNED})?\s*$", words)
        if match is not None:
            return _checked(float(match[1]), float(match[2]))
    raise NotAPlace(HELP)


def _checked(latitude: float, longitude: float) -> Place:
    problems = place_problems(latitude, longitude)
    if problems and not place_problems(longitude, latitude):
        raise NotAPlace(_("The latitude comes first, from −90 to 90 degrees."))
    if problems:
        name, words = next(iter(problems.items()))
        title = {"latitude": _("Latitude"), "longitude": _("Longitude")}[name]
        raise NotAPlace(f"{title}: {words[0].lower()}{words[1:]}")
    return Place(latitude, longitude)


def _short(degrees: float) -> str:
    return short_number(abs(degrees), 4)
