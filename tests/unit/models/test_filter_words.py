"""What a search that found nothing can do without."""

from __future__ import annotations

from datetime import datetime

from desktop_search.core.query import Scope, SearchFilters, SearchQuery, Strictness
from desktop_search.models.filter_words import ways_out

NOON = datetime(2026, 3, 14, 12)  # noqa: DTZ001 - wall time in UTC
PLAIN = SearchFilters(namespace="field", top_k=7, strictness=Strictness.HIGH)


def test_each_filter_can_be_done_without() -> None:
    filters = SearchFilters(tag="sea\n" + "x" * 40, taken_before=NOON, cameras=("A", "B"))
    assert ways_out(SearchQuery("boat", filters=filters)) == (
        (f"Without the tag “sea {'x' * 23}…”", SearchFilters(taken_before=NOON, cameras=("A", "B"))),
        ("Taken with any camera", SearchFilters(tag=filters.tag, taken_before=NOON)),
        ("Taken at any time", SearchFilters(tag=filters.tag, cameras=("A", "B"))),
    )


def test_of_many_the_last_offer_is_to_do_without_all() -> None:
    filters = SearchFilters(
        namespace="field",
        top_k=7,
        strictness=Strictness.HIGH,
        tag="sea",
        cameras=("A",),
        latitude=0.0,
        longitude=1.0,
        video_nos=("VI1",),
    )
    offered = ways_out(SearchQuery("boat", filters=filters))
    assert len(offered) == 3
    assert offered[-1] == ("Without any filter", PLAIN)


def test_what_makes_no_answer_empty_is_not_offered() -> None:
    assert ways_out(SearchQuery("boat", filters=PLAIN)) == ()
    assert ways_out(SearchQuery("boat", Scope.PUBLIC, SearchFilters(tag="sea"))) == ()
    inside = SearchQuery("boat", filters=SearchFilters(video_nos=("VI1",)), inside=("local", "default", "VI1"))
    assert ways_out(inside) == ()
