"""Marks belong to moments of footage, whatever a library calls them."""

from __future__ import annotations

import pytest

from desktop_search.core.hits import Hit, ImageHit
from desktop_search.core.marks import NO_MARK, Mark, MarkFilter, Place, mark_at, nearest, places_of


@pytest.mark.parametrize(
    ("start_ms", "end_ms", "shared_ms"),
    [(1000, 5000, 4000), (3000, 7000, 2000), (3001, 7001, 0), (1000, 9000, 4000), (1000, 9001, 0), (2000, 3999, 0)],
)
def test_the_same_moment_shares_half_of_each(start_ms: int, end_ms: int, shared_ms: int) -> None:
    here, there = Place("a", 1000, 5000), Place("a", start_ms, end_ms)
    assert here.shared_ms(there) == there.shared_ms(here) == shared_ms
    assert here.shared_ms(Place("b", start_ms, end_ms)) == 0


def test_the_nearest_mark_counts() -> None:
    here = Place("a", 0, 1000)
    near, nearer = Place("a", 400, 1400), Place("a", 100, 1100)
    assert nearest(here, [near, nearer]) == nearer
    assert nearest(here, [Place("a", 600, 1600)]) is None
    assert mark_at([here], {"a": {near: Mark(1), nearer: Mark(2)}}) == (nearer, Mark(2))
    assert mark_at([here], {}) is None


def test_content_comes_before_the_librarys_id() -> None:
    part = Hit("VI2", "b", 65_000, 68_000, part_start_ms=60_000, library_id="memories.ai")
    content, clip = places_of(part, "f00")
    assert content == Place("content:f00", 65_000, 68_000)
    assert (clip.start_ms, clip.end_ms) == (5000, 8000)
    assert places_of(part, "") == (clip,)
    empty = places_of(Hit("VI2", "b", 5, 5, library_id="local"), "f00")
    assert [(place.start_ms, place.end_ms) for place in empty] == [(5, 6), (5, 6)]
    assert len(places_of(ImageHit("7", "a.jpg"), "f")) == 2
    assert places_of(ImageHit("7", "a.jpg"), "") != places_of(ImageHit("8", "a.jpg"), "")


def test_what_is_typed_is_kept_within_bounds() -> None:
    assert Mark().noted(" two\nlines\t of it ").note == "two lines of it"
    assert len(Mark().noted("x" * 9000).note) == 2000
    assert Mark(tags=("a", "b")).tagged(["b", "", " c\nd "], ["a"]).tags == ("b", "c d")
    for stars in (-1, 6):
        with pytest.raises(ValueError, match="0 to 5"):
            NO_MARK.rated(stars)


def test_what_is_shown() -> None:
    assert MarkFilter().admits(NO_MARK)
    assert not MarkFilter().admits(Mark(5, is_rejected=True))
    assert MarkFilter(shows_rejected=True).admits(Mark(is_rejected=True))
    assert [MarkFilter(min_rating=3).admits(Mark(stars)) for stars in (2, 3, 5)] == [False, True, True]
    assert [MarkFilter(tag="sea").admits(Mark(tags=tags)) for tags in ((), ("sea",), ("seal",))] == [False, True, False]
