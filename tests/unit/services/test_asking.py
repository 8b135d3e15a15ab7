"""Which searches one query becomes."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_search.core.hits import Hit, SearchAnswer
from desktop_search.core.query import TOP_K_MAX, Platform, Scope, SearchFilters, SearchQuery, Strictness
from desktop_search.services.asking import answer_to, most_searches


class Library:
    """Finds what its table says, and remembers what it was asked."""

    def __init__(self, **hits: list[tuple[str, int]]) -> None:
        self.hits = hits
        self.asked: list[SearchQuery] = []

    def ask(self, query: SearchQuery) -> SearchAnswer:
        self.asked.append(query)
        name = f"{query.scope.name.lower()}_{query.words.strip(chr(34)).replace(' ', '_')}"
        found = self.hits.get(name, [])
        return SearchAnswer(
            tuple(Hit(video, video, at * 1000, at * 1000 + 4000, 0.5, found_by=query.scope) for video, at in found)
        )


@pytest.mark.parametrize(
    "query",
    [
        SearchQuery("red ball", Scope.SEEN),
        SearchQuery("ahoy", Scope.SAID),
        SearchQuery('a sign "exit"', Scope.SEEN),
        SearchQuery('"cast off"', Scope.SAID),
        SearchQuery('a "b" -c then d', Scope.IMAGE),
        SearchQuery("x", Scope.ALL, picture=Path("a.jpg")),
        SearchQuery("cast -off then go", Scope.PHRASE),
        SearchQuery("storm", Scope.PUBLIC),
        SearchQuery('"hold on"', Scope.PUBLIC, platform=Platform.YOUTUBE),
    ],
)
def test_a_simple_query_is_one_search(query: SearchQuery) -> None:
    library = Library()
    answer_to(query, library.ask)
    assert library.asked == [query]


def test_what_is_not_close_enough_is_found_too_and_comes_last() -> None:
    strict = SearchFilters(strictness=Strictness.HIGH, top_k=2)
    asked: list[SearchQuery] = []

    def ask(query: SearchQuery) -> SearchAnswer:
        asked.append(query)
        score = 0.1 if query.scope is Scope.SEEN else 0.6
        return SearchAnswer(tuple(Hit(f"{query.scope} {n}", "x", 0, 4000, score) for n in range(3)))

    hits = answer_to(SearchQuery("boat", Scope.ALL, strict), ask).hits
    assert [hit.score for hit in hits] == [0.6, 0.6]
    answer_to(SearchQuery("boat", Scope.SEEN, strict), ask)
    assert {query.filters.strictness for query in asked} == {None}
    assert answer_to(SearchQuery("boat then pier", Scope.SEEN, strict), ask).hits == ()


def test_all_asks_for_what_is_seen_and_said_and_fuses_them() -> None:
    library = Library(seen_boat=[("a", 0), ("b", 0)], said_boat=[("b", 1)])
    hits = answer_to(SearchQuery("boat", Scope.ALL), library.ask).hits
    assert [(hit.video_no, hit.found_by, hit.also_found_by) for hit in hits] == [
        ("b", Scope.SAID, (Scope.SEEN,)),
        ("a", Scope.SEEN, ()),
    ]
    assert [asked.filters.top_k for asked in library.asked] == [100, 100]


def test_phrases_words_and_what_is_left_out() -> None:
    library = Library(seen_boat=[("a", 0), ("b", 0), ("c", 0)], said_cast_off=[("c", 1)], seen_night=[("a", 0)])
    hits = answer_to(SearchQuery('boat "cast off" -night', Scope.ALL), library.ask).hits
    assert [hit.video_no for hit in hits] == ["c", "b"]
    taken_away = [asked for asked in library.asked if asked.words == "night"]
    assert {asked.scope for asked in taken_away} == {Scope.SEEN, Scope.SAID}
    assert {(asked.filters.strictness, asked.filters.top_k) for asked in taken_away} == {(Strictness.MEDIUM, TOP_K_MAX)}


def test_one_after_the_other_in_one_clip() -> None:
    library = Library(seen_door=[("a", 0), ("b", 0)], seen_window=[("b", 10)], said_stop=[("b", 25)])
    filters = SearchFilters(top_k=1)
    (hit,) = answer_to(SearchQuery('door then window then "stop"', Scope.ALL, filters), library.ask).hits
    assert (hit.video_no, hit.start_ms, hit.end_ms) == ("b", 0, 29_000)


def test_only_words_to_leave_out_find_nothing() -> None:
    library = Library()
    assert answer_to(SearchQuery("-night", Scope.ALL), library.ask) == SearchAnswer()
    assert library.asked == []


def test_query_words_mean_the_same_in_the_public_library() -> None:
    library = Library(public_storm=[("PI-1", 0), ("PI-2", 0)], public_hold_on=[("PI-2", 1)], public_night=[("PI-1", 0)])
    query = SearchQuery('storm "hold on" -night', Scope.PUBLIC, platform=Platform.TIKTOK)
    assert [hit.video_no for hit in answer_to(query, library.ask).hits] == ["PI-2"]
    assert {asked.platform for asked in library.asked} == {Platform.TIKTOK}
    assert {asked.words for asked in library.asked} == {"storm", '"hold on"', "night"}


@pytest.mark.parametrize(
    ("query", "most"),
    [
        (SearchQuery("boat"), 1),
        (SearchQuery("boat", Scope.ALL), 2),
        (SearchQuery('boat "cast off"', Scope.ALL), 3),
        (SearchQuery("boat -night -fog", Scope.SEEN), 3),
        (SearchQuery("a door opens then a window", Scope.ALL), 4),
        (SearchQuery("boat", Scope.PUBLIC), 6),
        (SearchQuery("boat -night", Scope.PUBLIC), 12),
        (SearchQuery("boat", Scope.PUBLIC, platform=Platform.YOUTUBE), 2),
        (SearchQuery('"cast off"', Scope.PUBLIC), 1),
        (SearchQuery(picture=Path("a.png"), scope=Scope.PUBLIC), 3),
    ],
)
def test_how_many_searches_a_query_takes_at_most(query: SearchQuery, most: int) -> None:
    assert most_searches(query) == most
