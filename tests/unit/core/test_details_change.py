"""A change to many rows leaves alone what it does not name."""

from __future__ import annotations

from datetime import UTC, datetime

from desktop_search.core.details_change import DetailsChange
from desktop_search.core.footage import FootageDetails

DETAILS = FootageDetails("field-work", ("harbour", "day 1"), "FX6", datetime(2026, 3, 14, tzinfo=UTC), 1.5, 2.5)


def test_nothing_named_changes_nothing() -> None:
    assert DetailsChange().applied_to(DETAILS) == DETAILS


def test_each_field_changes_alone() -> None:
    taken = datetime(2026, 5, 1, tzinfo=UTC)
    assert DetailsChange(namespace="studio").applied_to(DETAILS).namespace == "studio"
    assert DetailsChange(camera="").applied_to(DETAILS).camera == ""
    assert DetailsChange(taken=taken).applied_to(DETAILS).taken == taken
    assert DetailsChange(taken=None).applied_to(DETAILS).taken is None
    moved = DetailsChange(place=(3.5, -4.5)).applied_to(DETAILS)
    assert (moved.latitude, moved.longitude, moved.camera) == (3.5, -4.5, "FX6")
    assert DetailsChange(place=None).applied_to(DETAILS).latitude is None


def test_tags_come_and_go_and_are_there_once() -> None:
    change = DetailsChange(tags_added=("night", "harbour"), tags_removed=("day 1",))
    assert change.applied_to(DETAILS).tags == ("harbour", "night")
    assert change.applied_to(FootageDetails()).tags == ("night", "harbour")
