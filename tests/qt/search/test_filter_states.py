"""Every state of the filters goes into the pane and comes out of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import (
    QApplication,
)

from desktop_search.core.query import Scope, SearchFilters, SearchQuery, Strictness
from desktop_search.ui.search.search_pane import SearchPane


@pytest.fixture(scope="module")
def shared(qapp: QApplication) -> Iterator[SearchPane]:
    made = SearchPane()
    yield made
    made.deleteLater()
    QApplication.processEvents()


words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30)
times = st.datetimes(datetime(1900, 1, 1), datetime(2190, 1, 1)).map(lambda time: time.replace(microsecond=0))  # noqa: DTZ001
places = st.tuples(st.none(), st.none()) | st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@st.composite
def all_filters(draw: st.DrawFn) -> SearchFilters:
    latitude, longitude = draw(places)
    start, end = draw(st.none() | times), draw(st.none() | times)
    if start is not None and end is not None and end <= start:
        end = None
    return SearchFilters(
        namespace=draw(words),
        top_k=draw(st.integers(1, 1000)),
        strictness=draw(st.none() | st.sampled_from(Strictness)),
        video_nos=tuple(draw(st.lists(words, max_size=100, unique=True))),
        tag=draw(st.just("") | words),
        cameras=tuple(draw(st.lists(words, max_size=5, unique=True))),
        taken_after=start,
        taken_before=end,
        latitude=latitude,
        longitude=longitude,
    )


@settings(max_examples=60, deadline=None)
@given(all_filters(), all_filters())
def test_every_state_of_the_filters_goes_there_and_back(
    shared: SearchPane, first: SearchFilters, then: SearchFilters
) -> None:
    asked: list[SearchQuery] = []
    shared.search_requested.connect(asked.append)
    try:
        for filters in (first, then):
            shared.run_query(SearchQuery("boat", Scope.SEEN, filters))
            assert shared.query().filters == filters
    finally:
        shared.search_requested.disconnect(asked.append)
    assert [query.filters for query in asked] == [first, then]
