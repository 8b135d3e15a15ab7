"""The map's arithmetic: projection, views, circles, rectangles, and dates in bars."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from desktop_search.core.areas import Area
from desktop_search.core.date_bins import Unit, bins_of, days_between, days_of, instants_of
from desktop_search.core.map_filters import ground_around, is_in_time, is_within
from desktop_search.core.map_points import PlacedClip, PointField
from desktop_search.core.map_projection import LATITUDE_MAX, MapView, fitting, flat_of, place_at
from desktop_search.core.places import NotAPlace, Place, ground_in, ground_of, ground_text, km_between, with_ground
from desktop_search.core.query import SearchFilters

BERLIN, PARIS = Place(52.52, 13.405), Place(48.8566, 2.3522)
AREA = Area(48.0, -2.25, 49.5, 3.1)


def clip(number: int, place: Place | None = None, taken: datetime | None = None) -> PlacedClip:
    taken_ms = None if taken is None else round(taken.replace(tzinfo=UTC).timestamp() * 1000)
    return PlacedClip(("local", "default", f"VI{number}"), f"clip {number}", place, taken_ms)


def test_a_place_is_found_again_on_the_flat_map() -> None:
    for place in (BERLIN, PARIS, Place(-33.9, 18.4), Place(0.0, 0.0), Place(LATITUDE_MAX, -180.0)):
        back = place_at(*flat_of(place.latitude, place.longitude))
        assert (back.latitude, back.longitude) == pytest.approx((place.latitude, place.longitude), abs=2e-5)
    assert flat_of(90, 0) == flat_of(LATITUDE_MAX, 0)


def test_zooming_keeps_what_is_under_the_pointer() -> None:
    view = MapView(0.53, 0.34, 3000)
    before = view.to_flat(400, 90, 600, 300)
    after = view.zoomed(2.5, 256, 400 - 300, 90 - 150).to_flat(400, 90, 600, 300)
    assert after == pytest.approx(before)
    assert view.zoomed(1e-9, 256).world_px == 256
    assert view.moved(1e9, -1e9) == MapView(1.0, 0.0, 3000)


def test_a_view_fits_all_points_and_never_gets_closer_than_told() -> None:
    points = [flat_of(each.latitude, each.longitude) for each in (BERLIN, PARIS)]
    view = fitting(points, 600, 300, 256, 1e6)
    for point in points:
        right, down = view.to_screen(*point, 600, 300)
        assert 0 < right < 600
        assert 0 < down < 300
    assert fitting(points[:1], 600, 300, 256, 60_000).world_px == 60_000
    assert fitting([], 600, 300, 600, 60_000).world_px == 600


def test_every_clip_with_a_place_is_in_exactly_one_circle_at_every_scale() -> None:
    chance = random.Random(3)
    clips = [clip(n, Place(chance.uniform(-80, 80), chance.uniform(-180, 180))) for n in range(500)]
    clips += [clip(n, BERLIN) for n in range(500, 600)] + [clip(600)]
    field = PointField(clips, {each.clip for each in clips[::3]})
    for level in (0, 3, 7, 16):
        circles = field.clusters(level, 0, 1)
        inside = [each.clip for circle in circles for each in circle.clips]
        assert sorted(inside) == sorted(each.clip for each in clips[:-1])
        assert sum(circle.hits for circle in circles) == 200
    assert any(len(circle.clips) >= 100 for circle in field.clusters(16, 0, 1))
    west, east = flat_of(0, 10)[0], flat_of(0, 20)[0]
    assert all(west <= circle.at[0] <= east for circle in field.clusters(7, west, east))


def test_neighbours_are_one_circle_though_a_cell_ends_between_them() -> None:
    both = PointField([clip(1, Place(0.0, -0.01)), clip(2, Place(0.0, 0.01))])
    assert [len(circle.clips) for circle in both.clusters(4, 0, 1)] == [2]
    assert [len(circle.clips) for circle in both.clusters(16, 0, 1)] == [1, 1]


@pytest.mark.parametrize("ground", [BERLIN, AREA, Area(-10.5, -20.0, -10.25, 0.0)])
def test_a_place_and_a_rectangle_are_read_back_as_they_are_written(ground: Place | Area) -> None:
    assert ground_of(ground_text(ground)) == ground
    assert ground_in(with_ground(SearchFilters(latitude=1.0, longitude=2.0, area=AREA), ground)) == ground
    assert not with_ground(SearchFilters(), ground).problems()


def test_corners_of_a_rectangle_come_in_any_order_and_must_be_places() -> None:
    assert ground_of("49.5, 3.1 to 48, -2.25") == AREA
    with pytest.raises(NotAPlace):
        ground_of("48, 2 – somewhere")
    assert SearchFilters(area=Area(50, 0, 49, 1)).problems()


def test_near_is_within_20_km_and_a_rectangle_has_its_edges() -> None:
    assert km_between(BERLIN, PARIS) == pytest.approx(878, abs=2)
    assert is_within(clip(1, Place(52.52, 13.2)), BERLIN)
    assert not is_within(clip(1, Place(52.52, 13.0)), BERLIN)
    assert is_within(clip(1, Place(48.0, 3.1)), AREA)
    assert not is_within(clip(1, Place(47.99, 3.0)), AREA)
    assert not is_within(clip(1), AREA)
    assert is_within(clip(1), None)


def test_the_ground_of_a_circle_has_all_of_its_clips() -> None:
    suburb = Place(52.52, 13.2)
    (near,) = PointField([clip(1, BERLIN), clip(2, suburb)]).clusters(0, 0, 1)
    assert ground_around(near) == near.place
    (far,) = PointField([clip(1, BERLIN), clip(2, PARIS)]).clusters(0, 0, 1)
    assert ground_around(far) == Area(PARIS.latitude, PARIS.longitude, BERLIN.latitude, BERLIN.longitude)
    assert all(is_within(each, ground_around(circle)) for circle in (near, far) for each in circle.clips)


def test_a_span_takes_its_first_moment_and_leaves_its_end_out() -> None:
    start, end = datetime(2026, 3, 1), datetime(2026, 3, 2)  # noqa: DTZ001
    filters = SearchFilters(taken_after=start, taken_before=end)
    taken = (start, end, end - timedelta(seconds=1), None)
    assert [is_in_time(clip(1, taken=each), filters) for each in taken] == [True, False, True, False]
    assert is_in_time(clip(1), SearchFilters())


@pytest.mark.parametrize(
    ("last", "unit", "bars"),
    [
        (date(2026, 3, 30), Unit.DAY, 30),
        (date(2026, 12, 1), Unit.MONTH, 10),
        (date(2036, 3, 1), Unit.YEAR, 11),
        (date(2200, 3, 1), Unit.DECADE, 19),
    ],
)
def test_the_finest_unit_that_fits_is_counted(last: date, unit: Unit, bars: int) -> None:
    days = [date(2026, 3, 1), date(2026, 3, 1), last]
    found, bins = bins_of(days, days[0], days[-1], 40)
    assert (found, len(bins)) == (unit, bars)
    assert (bins[0].count, bins[-1].count, sum(each.count for each in bins)) == (2, 1, 3)
    assert all(first.end == second.start for first, second in pairwise(bins))


def test_days_are_those_of_the_zone_and_what_no_calendar_has_is_left_out() -> None:
    zone = ZoneInfo("Europe/Berlin")
    late_ms = round(datetime(2026, 3, 28, 23, 30, tzinfo=UTC).timestamp() * 1000)
    assert days_of([late_ms, 10**18, -(10**18)], zone) == [date(2026, 3, 29)]
    start, end = instants_of(date(2026, 3, 29), date(2026, 3, 29), zone)  # the clocks go forward in it
    assert end - start == timedelta(hours=23)
    assert days_between(start, end, zone, []) == (date(2026, 3, 29), date(2026, 3, 29))
    known = [date(2026, 1, 1), date(2026, 12, 31)]
    assert days_between(start, None, zone, known) == (date(2026, 3, 29), date(2026, 12, 31))
    assert days_between(None, end, zone, known) == (date(2026, 1, 1), date(2026, 3, 29))
    assert days_between(None, None, zone, known) is None
