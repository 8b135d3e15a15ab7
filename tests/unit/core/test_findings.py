"""Answers of several libraries as one list."""

from __future__ import annotations

from pathlib import Path

from desktop_search.core.errors import NetworkError
from desktop_search.core.findings import Asked, findings_of, with_part
from desktop_search.core.hits import Hit, ImageHit, SearchAnswer
from desktop_search.core.library import MEMORIES_AI, THIS_COMPUTER
from desktop_search.core.query import SearchQuery
from desktop_search.core.searches import SavedSearch, fresh_after, keys_of

ORIGINAL = Path("/card/A001.mxf")


def here(video: str, start_s: int, end_s: int, original: Path | None = None) -> Hit:
    return Hit(video, video, start_s * 1000, end_s * 1000, 0.5, library_id="local", original=original)


def there(video: str, start_s: int, end_s: int, original: Path | None = None) -> Hit:
    return Hit(video, video, start_s * 1000, end_s * 1000, 0.9, library_id="memories.ai", original=original)


def both(local: tuple[Hit, ...], cloud: tuple[Hit, ...]) -> tuple[Asked, Asked]:
    return Asked(THIS_COMPUTER, SearchAnswer(local)), Asked(MEMORIES_AI, SearchAnswer(cloud))


def test_each_hit_bears_the_library_that_found_it_and_ranks_are_interleaved() -> None:
    found = findings_of(both((here("a", 0, 4), here("b", 0, 4)), (there("a", 0, 4), there("c", 0, 4))), 3)
    assert [(hit.video_no, hit.found_in) for hit in found.answer.hits] == [
        ("a", ("This computer",)),
        ("a", ("memories.ai",)),  # another video that has the same id by chance
        ("b", ("This computer",)),
    ]


def test_the_same_moment_of_one_original_in_both_is_one_hit_with_both_marks() -> None:
    parts = both((here("z", 0, 4), here("a", 10, 20, ORIGINAL)), (there("VI7", 11, 15, ORIGINAL), there("b", 0, 4)))
    first, *rest = findings_of(parts, 10).answer.hits
    assert first.found_in == ("memories.ai", "This computer")
    assert (first.library_id, first.start_ms) == ("memories.ai", 11_000)  # it ranked better there
    assert first.score == 0.9
    assert [hit.video_no for hit in rest] == ["z", "b"]
    apart = both((here("a", 10, 20, ORIGINAL),), (there("VI7", 30, 40, ORIGINAL),))
    assert len(findings_of(apart, 10).answer.hits) == 2


def test_one_library_alone_gets_no_marks() -> None:
    answer = SearchAnswer((here("a", 0, 4),))
    assert findings_of([Asked(THIS_COMPUTER, answer)], 1).answer == answer


def test_images_of_several_libraries_come_in_turn() -> None:
    local = SearchAnswer(images=(ImageHit("1", "a"), ImageHit("2", "b")))
    cloud = SearchAnswer(images=(ImageHit("1", "c"),))
    found = findings_of([Asked(THIS_COMPUTER, local), Asked(MEMORIES_AI, cloud)], 10)
    assert [(image.name, image.found_in[0][:4]) for image in found.answer.images] == [
        ("a", "This"),
        ("c", "memo"),
        ("b", "This"),
    ]


def test_what_failed_is_known_beside_what_came() -> None:
    parts = with_part((Asked(THIS_COMPUTER), Asked(MEMORIES_AI)), Asked(MEMORIES_AI, problem=NetworkError("No line.")))
    waiting = findings_of(parts, 10)
    assert not waiting.is_complete
    assert str(waiting.problem) == "No line."
    found = findings_of(with_part(parts, Asked(THIS_COMPUTER, SearchAnswer((here("a", 0, 4),)))), 10)
    assert found.is_complete
    assert found.problem is None
    assert len(found.answer.hits) == 1


def test_what_is_new_is_what_was_not_seen_and_stays_known_while_a_library_does_not_answer() -> None:
    seen = findings_of(both((here("a", 0, 4),), (there("c", 0, 4),)), 10)
    saved = SavedSearch(1, "x", SearchQuery("x"), (), keys_of(seen), frozenset({("memories.ai", "default", "d", 0)}))
    now = findings_of([Asked(THIS_COMPUTER, SearchAnswer((here("a", 0, 4), here("b", 7, 9))))], 10)
    assert fresh_after(saved, now) == {("memories.ai", "default", "d", 0), ("local", "default", "b", 7000)}
    assert fresh_after(saved, seen) == frozenset()
