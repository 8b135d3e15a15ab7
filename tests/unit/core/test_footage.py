"""Videos of a library, and what is said about footage before it is sent."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from desktop_search.core.footage import FootageDetails, Readiness, VideoRecord
from desktop_search.core.hits import FALLBACK_LENGTH_MS, Hit
from desktop_search.core.library import MEMORIES_AI, THIS_COMPUTER


@pytest.mark.parametrize(
    ("status", "readiness"),
    [
        ("PARSE", Readiness.SEARCHABLE),
        ("FAIL", Readiness.FAILED),
        ("FAILED", Readiness.FAILED),
        ("PARSE_ERROR", Readiness.FAILED),
        ("UNPARSE", Readiness.WORKING),
        ("", Readiness.WORKING),
        ("SOMETHING_NEW", Readiness.WORKING),
    ],
)
def test_the_word_of_the_wire_tells_where_a_video_is(status: str, readiness: Readiness) -> None:
    assert VideoRecord("VI1", "a.mp4", status).readiness is readiness


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("namespace", {"namespace": ""}),
        ("tags", {"tags": tuple(f"tag{n}" for n in range(21))}),
        ("camera", {"camera": "x" * 201}),
        ("longitude", {"latitude": 1.0}),
    ],
)
def test_each_detail_says_what_is_wrong_under_its_name(field: str, changes: dict[str, Any]) -> None:
    assert list(FootageDetails(**changes).problems()) == [field]


def test_pictures_take_more_tags_than_videos() -> None:
    details = FootageDetails(tags=tuple(f"tag{n}" for n in range(50)))
    assert details.problems(tags_max=50) == {}


def test_what_the_user_says_goes_before_what_the_file_says() -> None:
    taken = datetime(2026, 3, 1, 12, tzinfo=UTC)
    of_file = FootageDetails(camera="X100V", taken=taken, latitude=1.0, longitude=2.0)
    assert FootageDetails(tags=("pier",)).filled_from(of_file) == FootageDetails(
        tags=("pier",), camera="X100V", taken=taken, latitude=1.0, longitude=2.0
    )
    own = FootageDetails(camera="A", latitude=5.0, longitude=6.0)
    assert own.filled_from(of_file) == FootageDetails(camera="A", taken=taken, latitude=5.0, longitude=6.0)


def test_a_hit_without_an_end_has_a_short_one() -> None:
    assert Hit("VI1", "a.mp4", 1000, 2500).out_ms == 2500
    assert Hit("VI1", "a.mp4", 1000).out_ms == 1000 + FALLBACK_LENGTH_MS


def test_only_this_computer_is_local() -> None:
    assert THIS_COMPUTER.is_local
    assert not MEMORIES_AI.is_local
