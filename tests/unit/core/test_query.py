"""What is asked: each parameter has its own validation, and says what is wrong by its name."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_search.core.query import Platform, Scope, SearchFilters, SearchQuery, Strictness

NOON = datetime(2026, 3, 14, 12)  # noqa: DTZ001 - wall time in UTC


def test_what_is_not_asked_is_no_problem() -> None:
    assert SearchFilters().problems() == {}
    assert SearchQuery("boat").problems() == {}


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("namespace", {"namespace": "  "}),
        ("top_k", {"top_k": 0}),
        ("top_k", {"top_k": 1001}),
        ("video_nos", {"video_nos": tuple(f"VI{n}" for n in range(101))}),
        ("taken_before", {"taken_after": NOON, "taken_before": NOON}),
        ("latitude", {"longitude": 10.0}),
        ("longitude", {"latitude": 10.0}),
        ("latitude", {"latitude": 90.1, "longitude": 0.0}),
        ("longitude", {"latitude": 0.0, "longitude": -180.1}),
    ],
)
def test_each_filter_says_what_is_wrong_under_its_name(field: str, changes: dict[str, Any]) -> None:
    problems = SearchFilters(**changes).problems()
    assert list(problems) == [field]
    assert problems[field].endswith(".")


@given(st.floats(-90, 90), st.floats(-180, 180), st.integers(1, 1000))
def test_every_place_on_earth_can_be_asked_for(latitude: float, longitude: float, top_k: int) -> None:
    assert SearchFilters(latitude=latitude, longitude=longitude, top_k=top_k).problems() == {}


def test_a_search_needs_words_or_a_picture() -> None:
    assert set(SearchQuery("  ").problems()) == {"words"}
    assert SearchQuery(picture=Path("frame.JPG")).problems() == {}
    assert set(SearchQuery(picture=Path("frame.tiff")).problems()) == {"picture"}
    assert set(SearchQuery("-night", Scope.ALL).problems()) == {"words"}
    assert SearchQuery("-night", Scope.IMAGE).problems() == {}
    assert set(SearchQuery("x", similarity=1.5).problems()) == {"similarity"}


@pytest.mark.parametrize("words", ['"cast off"', " “cast off” ", "„cast off“"])
def test_quoted_words_ask_for_the_exact_phrase_only_in_what_is_said(words: str) -> None:
    assert SearchQuery(words, Scope.SAID).exact_phrase == "cast off"
    assert SearchQuery(words, Scope.PUBLIC).exact_phrase == "cast off"
    assert SearchQuery(words, Scope.SEEN).exact_phrase == ""


@pytest.mark.parametrize("words", ["cast off", '"cast" off', '""', '"'])
def test_other_words_are_no_phrase(words: str) -> None:
    assert SearchQuery(words, Scope.SAID).exact_phrase == ""


def test_strictness_raises_the_floor() -> None:
    assert [level.floor for level in (Strictness.LOW, Strictness.MEDIUM, Strictness.HIGH)] == [0.15, 0.225, 0.4]


def test_a_whole_script_is_no_query() -> None:
    assert "words" not in SearchQuery("a" * 4000).problems()
    assert (
        SearchQuery("a" * 4001).problems()["words"] == "Use at most 4,000 characters to say what you are looking for."
    )


@pytest.mark.parametrize("words", ["cast off", ' "cast off" ', "„cast off“", "»cast off«"])
def test_all_words_are_the_phrase_where_a_phrase_is_looked_for(words: str) -> None:
    assert SearchQuery(words, Scope.PHRASE).exact_phrase == "cast off"


def test_a_phrase_may_begin_with_a_minus() -> None:
    assert SearchQuery("-40 degrees", Scope.PHRASE).problems() == {}


def test_inside_a_clip_its_namespace_and_number_take_the_place_of_the_filters() -> None:
    query = SearchQuery("red", filters=SearchFilters(tag="x", video_nos=("VI1",)), inside=("local", "field", "VI2"))
    assert query.problems() == {}
    assert query.in_its_clip.filters == SearchFilters(namespace="field", tag="x", video_nos=("VI2",))
    assert SearchQuery("red").in_its_clip == SearchQuery("red")


@pytest.mark.parametrize("scope", [Scope.IMAGE, Scope.PUBLIC])
def test_no_clip_holds_images_or_posts(scope: Scope) -> None:
    assert set(SearchQuery("red", scope, inside=("local", "default", "VI2")).problems()) == {"inside"}


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("like take 1 4.000 s 19a4c0f2.png", "like take 1 4.000 s"),
        ("pasted 2026-11-21 17.55.01 0a1b2c3d.png", "pasted 2026-11-21 17.55.01"),
        ("frame 19a4c0f2.png", "frame 19a4c0f2.png"),
        ("like.png", "like.png"),
    ],
)
def test_pictures_of_our_own_are_called_without_their_mark(file: str, name: str) -> None:
    assert SearchQuery(picture=Path("/cache") / file).picture_name == name
    assert SearchQuery("boat").picture_name == ""


@pytest.mark.parametrize(
    ("query", "searches"),
    [
        (SearchQuery("storm", Scope.SEEN), 1),
        (SearchQuery("storm", Scope.PUBLIC), 6),
        (SearchQuery("storm", Scope.PUBLIC, platform=Platform.YOUTUBE), 2),
        (SearchQuery('"hold on"', Scope.PUBLIC), 1),
        (SearchQuery(scope=Scope.PUBLIC, picture=Path("a.png")), 3),
        (SearchQuery(scope=Scope.PUBLIC, picture=Path("a.png"), platform=Platform.TIKTOK), 1),
    ],
)
def test_the_public_library_takes_a_search_for_each_platform(query: SearchQuery, searches: int) -> None:
    assert query.searches == searches


@pytest.mark.parametrize(
    ("query", "words", "people", "is_right"),
    [
        (SearchQuery("person:Anna"), "", ("Anna",), True),
        (SearchQuery('a boat person:"Anna Smith"', Scope.ALL), "a boat", ("Anna Smith",), True),
        (SearchQuery("", filters=SearchFilters(people=("Ben",))), "", ("Ben",), True),
        (SearchQuery("person:Ben -night", filters=SearchFilters(people=("Ben",))), "-night", ("Ben",), False),
        (SearchQuery("person:Anna", Scope.IMAGE), "", ("Anna",), True),
        (SearchQuery("person:Anna", Scope.PUBLIC), "", ("Anna",), False),
        (SearchQuery("", picture=Path("a.jpg"), filters=SearchFilters(people=("Ben",))), "", ("Ben",), False),
    ],
)
def test_people_are_named_in_words_or_filters(
    query: SearchQuery, words: str, people: tuple[str, ...], is_right: bool
) -> None:
    assert (query.with_people.words, query.with_people.filters.people) == (words, people)
    assert bool(query.problems()) is not is_right
