"""Pasted coordinates in common forms; what is no place is refused in words."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop_search.core.places import NotAPlace, Place, place_of

TOWER = Place(48.8583, 2.2945)


@pytest.mark.parametrize(
    "text",
    [
        "48.8583, 2.2945",
        "48.8583,2.2945",
        " 48.8583  2.2945\n",
        "48.8583; 2.2945",
        "48.8583 / 2.2945",
        "(48.8583, 2.2945)",
        "+48.8583, +2.2945",
        "48,8583; 2,2945",
        "48,8583, 2,2945",
        "48,8583 2,2945",
        "48,8583,2,2945",
        "48.8583 N 2.2945 E",
        "48.8583N, 2.2945E",
        "48.8583° N, 2.2945° E",
        "48,8583° N 2,2945° E",
        "N 48.8583, E 2.2945",
        "N48.8583 E2.2945",
        "2.2945 E 48.8583 N",
        "E 2.2945°, N 48.8583°",
        "48.8583 north, 2.2945 east",
        "48.8583north 2.2945east",
        "48 Grad 51 Minuten 29.88 Sekunden N, 2 Grad 17 Min 40.2 Sek E",
        "48.8583°, 2.2945°",
        "48.8583 N, 2.2945",
        "48° 51' 29.88\" N, 2° 17' 40.2\" E",
        "48°51′29.88″N 2°17′40.2″E",
        "48º51’29,88”N 2º17’40,2”E",
        "48° 51' 29.88'' N 2° 17' 40.2'' E",
        "N48°51'29.88\" E2°17'40.2\"",
        "48°51.498'N, 2°17.67'E",
        "48 51 29.88 N 2 17 40.2 E",
        "48 deg 51' 29.88\" N, 2 deg 17' 40.20\" E",
        "48d 51m 29.88sec N 2d 17m 40.2sec E",
        "48°51'29.88\", 2°17'40.2\"",
        "lat: 48.8583, lon: 2.2945",
        "latitude=48.8583 longitude=2.2945",
        "lat=48.8583&lng=2.2945",
        "POINT(2.2945 48.8583)",
        "+48.8583+002.2945/",
        "+48.8583+002.2945+035.000/",
        "geo:48.8583,2.2945",
        "geo:48.8583,2.2945,35;u=10",
        "geo:0,0?q=48.8583,2.2945(Tour%20Eiffel)",
        "GEO:48.8583,2.2945?z=17",
        "https://www.google.com/maps/@48.8583,2.2945,17z",
        "https://www.google.com/maps/place/Eiffel+Tower/@48.85,2.29,17z/data=!3m1!4b1!4m6!3m5!1s0x47e6!8m2!3d48.8583!4d2.2945!16zL20",
        "https://maps.google.com/?q=48.8583,2.2945",
        "https://maps.google.com/maps?q=loc:48.8583,2.2945&z=15",
        "https://www.google.com/maps/search/?api=1&query=48.8583%2C2.2945",
        "https://www.google.de/maps?ll=48.8583,2.2945",
        "https://www.openstreetmap.org/#map=17/48.8583/2.2945",
        "https://www.openstreetmap.org/?mlat=48.8583&mlon=2.2945#map=12/48.1/2.1",
        "https://maps.apple.com/?ll=48.8583,2.2945&q=Eiffel%20Tower",
        "https://maps.apple.com/place?coordinate=48.8583,2.2945&name=Tower",
        "maps.apple.com/?ll=48.8583,2.2945",
        "https://www.bing.com/maps?cp=48.8583~2.2945&lvl=16",
        "https://wego.here.com/?map=48.8583,2.2945,16,normal",
        "https://yandex.com/maps/?ll=2.2945%2C48.8583&z=16",
        "https://www.waze.com/ul?ll=48.8583%2C2.2945",
    ],
)
def test_a_place_is_read_in_common_forms(text: str) -> None:
    found = place_of(text)
    assert (found.latitude, found.longitude) == pytest.approx((48.8583, 2.2945), abs=1e-9)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("-33.8568, 151.2153", Place(-33.8568, 151.2153)),
        ("−33.8568, −70.5", Place(-33.8568, -70.5)),
        ("33.8568 S 70.5 W", Place(-33.8568, -70.5)),
        ("33°51'24.5\"S 151°12'54\"E", Place(-33.8568056, 151.215)),
        ("0, 0", Place(0, 0)),
        ("90 -180", Place(90, -180)),
        ("48 51 29.88, 2 17 40.2", Place(48.8583, 2.2945)),
        ("48 N 2 E", Place(48, 2)),
    ],
)
def test_sides_of_the_globe(text: str, place: Place) -> None:
    assert place_of(text) == place


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "Not a place"),
        ("Paris", "Not a place"),
        ("48.8583", "Not a place"),
        ("48.8583,", "Not a place"),
        ("48.8583 2.2945 35", "Not a place"),
        ("48 N 2 S", "Not a place"),
        ("N 48 N 2 E", "Not a place"),
        ("48.5° 30' N 2 E", "Not a place"),
        ("48 N, 2 O", "Not a place"),  # east for some, west for others
        ("1,2,3", "Not a place"),
        ("9" * 5000, "Not a place"),
        ("91, 181", "Latitude: between −90 and 90 degrees."),
        ("45, 181", "Longitude: between −180 and 180 degrees."),
        ("151.2153, -33.8568", "The latitude comes first"),
        ("48°60'N 2°E", "below 60"),
        ("-48 N 2 E", "Either a sign or a letter"),
        ("https://maps.app.goo.gl/AbCdEf", "no place in this link"),
        ("https://example.org/?q=Paris", "no place in this link"),
        ("https://[broken/@48.85,2.29", "Not a place"),
        ("geo:Paris", "Not a place"),
    ],
)
def test_what_is_no_place_is_refused_in_words(text: str, problem: str) -> None:
    with pytest.raises(NotAPlace, match=problem):
        place_of(text)


@given(st.floats(-90, 90), st.floats(-180, 180))
@example(1e-7, -5e-324)
def test_every_place_is_read_back(latitude: float, longitude: float) -> None:
    place = Place(latitude, longitude)
    assert place_of(place.text) == place


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_the_described_place_is_the_same_to_ten_metres(latitude: float, longitude: float) -> None:
    found = place_of(Place(latitude, longitude).described)
    assert (found.latitude, found.longitude) == pytest.approx((latitude, longitude), abs=0.0001)


@given(st.integers(0, 89), st.integers(0, 59), st.integers(0, 5999), st.sampled_from("NS"), st.sampled_from("EW"))
def test_degrees_minutes_and_seconds(degrees: int, minutes: int, hundredths: int, north: str, east: str) -> None:
    angle = f"{degrees}° {minutes}' {hundredths / 100}\""
    value = degrees + minutes / 60 + hundredths / 360_000
    found = place_of(f"{angle} {north}, {angle} {east}")
    signed = (value if north == "N" else -value, value if east == "E" else -value)
    assert (found.latitude, found.longitude) == pytest.approx(signed, abs=1e-6)


@given(st.text(max_size=60) | st.from_regex(r"[0-9.,;°'\"NSEW +-]{1,30}", fullmatch=True))
def test_nothing_else_is_raised(text: str) -> None:
    try:
        found = place_of(text)
    except NotAPlace:
        return
    assert abs(found.latitude) <= 90
    assert abs(found.longitude) <= 180


@given(st.text(max_size=30))
def test_no_link_raises_anything_else(text: str) -> None:
    for link in (f"https://{text}", f"geo:{text}", f"https://maps.example/?q={text}"):
        test_nothing_else_is_raised.hypothesis.inner_test(link)  # type: ignore[attr-defined]
