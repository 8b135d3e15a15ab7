"""Several lists as one."""

from __future__ import annotations

from desktop_search.core.fusion import followed_by, fuse, without
from desktop_search.core.hits import Hit
from desktop_search.core.query import Scope


def seen(video: str, start_s: float, end_s: float, score: float = 0.5) -> Hit:
    return Hit(video, video, round(start_s * 1000), round(end_s * 1000), score, found_by=Scope.SEEN)


def said(video: str, start_s: float, end_s: float, words: str = "ahoy") -> Hit:
    return Hit(video, video, round(start_s * 1000), round(end_s * 1000), 0.9, words, Scope.SAID)


def test_one_list_stays_as_it_is() -> None:
    hits = (seen("a", 0, 4), seen("a", 0, 4), seen("b", 0, 1))
    assert fuse([hits], 2) == hits[:2]
    assert fuse([], 5) == fuse([()], 5) == ()


def test_the_same_moment_becomes_one_hit_with_both_reasons() -> None:
    (both,) = fuse([(seen("a", 10, 20),), (said("a", 12, 14),)], 10)
    assert (both.start_ms, both.end_ms) == (10_000, 20_000)
    assert (both.found_by, both.also_found_by) == (Scope.SEEN, (Scope.SAID,))
    assert (both.score, both.excerpt) == (0.9, "ahoy")


def test_what_two_lists_know_goes_before_what_one_knows() -> None:
    first = (seen("a", 0, 5), seen("b", 0, 5), seen("c", 0, 5))
    second = (said("d", 0, 5), said("c", 1, 4))
    assert [hit.video_no for hit in fuse([first, second], 10)] == ["c", "a", "d", "b"]


def test_moments_that_hardly_touch_stay_apart_and_so_do_hits_of_one_list() -> None:
    assert len(fuse([(seen("a", 0, 10),), (said("a", 9, 14),)], 10)) == 2
    assert len(fuse([(seen("a", 0, 10), seen("a", 1, 9)), ()], 10)) == 2


def test_taking_away() -> None:
    hits = (seen("a", 0, 4), seen("a", 4, 8), seen("b", 0, 4))
    assert without(hits, [said("a", 5, 6)]) == (hits[0], hits[2])
    assert without(hits, [said("a", 8, 9)]) == hits


def test_one_after_the_other() -> None:
    firsts = (seen("a", 50, 54), seen("a", 0, 4), seen("b", 0, 4), seen("c", 9, 12))
    seconds = (seen("a", 20, 22), said("a", 70, 71, "cast off"), seen("b", 30, 31), seen("c", 2, 4))
    found = followed_by(firsts, seconds)
    assert [(hit.video_no, hit.start_ms, hit.end_ms) for hit in found] == [("a", 50_000, 71_000), ("a", 0, 22_000)]
    assert found[0].excerpt == "cast off"
