"""Every query comes back from its text; anything else becomes a query all the same."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_search.core.json_texts import made_of, plain
from desktop_search.core.query import Platform, Scope, SearchFilters, SearchQuery, Strictness
from desktop_search.core.query_texts import query_of, query_text

WORDS = st.text(max_size=30)
DEGREES = st.none() | st.floats(-180, 180)
TIMES = st.none() | st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1))  # noqa: DTZ001 - wall time
FILTERS = st.builds(
    SearchFilters,
    namespace=WORDS,
    top_k=st.integers(0, 9999),
    strictness=st.none() | st.sampled_from(Strictness),
    video_nos=st.lists(WORDS, max_size=3).map(tuple),
    tag=WORDS,
    taken_after=TIMES,
    latitude=DEGREES,
    longitude=DEGREES,
)
QUERIES = st.builds(
    SearchQuery,
    words=WORDS,
    scope=st.sampled_from(Scope),
    filters=FILTERS,
    picture=st.none() | st.just(Path("/a b/ü # 100%\udce9.png")),
    similarity=st.floats(0, 1),
    platform=st.none() | st.sampled_from(Platform),
    inside=st.none() | st.tuples(WORDS, WORDS, WORDS),
    inside_name=WORDS,
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
FIELDS = st.sampled_from([*plain(SearchQuery("a", Scope.ALL)), "filters", "picture", "inside", "similarity", "new"])


@given(QUERIES)
@settings(max_examples=200, deadline=None)
def test_a_query_comes_back_as_it_was(query: SearchQuery) -> None:
    text = query_text(query)
    assert query_of(text) == query
    assert text.isascii()
    assert query_text(query_of(text)) == text


@given(st.text(max_size=40) | VALUES.map(json.dumps) | st.dictionaries(FIELDS, VALUES).map(json.dumps))
@settings(max_examples=300, deadline=None)
def test_any_text_becomes_a_query_that_can_be_checked_and_written(text: str) -> None:
    query = query_of(text)
    query.problems()
    assert query_of(query_text(query)) == query


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ('{"words": "pier", "scope": "BY_SMELL", "mood": 3}', SearchQuery("pier")),
        ('{"words": 4, "scope": "BY_AUDIO"}', SearchQuery(scope=Scope.SAID)),
        (
            '{"filters": {"tag": "a", "top_k": true, "taken_after": "soon"}}',
            SearchQuery(filters=SearchFilters(tag="a")),
        ),
        ('{"filters": {"taken_after": "2026-01-01T00:00:00+02:00"}}', SearchQuery()),
        ('{"filters": {"latitude": 1' + "0" * 400 + "}}", SearchQuery()),
        ('{"similarity": NaN, "inside": ["a", "b"]}', SearchQuery()),
        ('{"picture": "a\\u0000.png"}', SearchQuery()),
        ("[" * 100_000, SearchQuery()),
        ("", SearchQuery()),
    ],
)
def test_what_is_not_understood_is_as_it_is_by_itself(text: str, query: SearchQuery) -> None:
    assert query_of(text) == query


def test_a_row_without_what_it_needs_is_none() -> None:
    from desktop_search.core.hits import Hit

    hit = Hit("VI1", "pier", 5, keyframe=None)
    assert made_of(Hit, plain(hit)) == hit
    assert made_of(Hit, plain(replace(hit, name="x")) | {"start_ms": "soon"}) is None
    assert made_of(Hit, [1]) is None
