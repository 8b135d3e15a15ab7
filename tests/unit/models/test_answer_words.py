"""What is said above the list about the libraries that were asked."""

from __future__ import annotations

from datetime import UTC, datetime

from desktop_search.core.errors import NetworkError, RateLimited
from desktop_search.core.findings import Asked, findings_of
from desktop_search.core.hits import Hit, SearchAnswer
from desktop_search.core.library import MEMORIES_AI, THIS_COMPUTER
from desktop_search.models.answer_words import LineKind, lines_of

NOW = datetime(2026, 3, 5, 15, 0, tzinfo=UTC)
ONE = SearchAnswer((Hit("VI1", "a", 0),))


def at(day: int, hour: int, year: int = 2026) -> int:
    return int(datetime(year, 3, day, hour, 5, tzinfo=UTC).timestamp() * 1000)


def said(*parts: Asked) -> list[tuple[LineKind, str]]:
    return [(line.kind, line.text) for line in lines_of(findings_of(parts, 10), NOW)]


def test_one_library_that_answers_now_and_costs_nothing_needs_no_word() -> None:
    assert said(Asked(THIS_COMPUTER, ONE)) == []
    assert said(Asked(MEMORIES_AI, ONE, cost=0.0002)) == [(LineKind.TOLD, "memories.ai 1 (about $0.0002)")]


def test_a_kept_answer_says_from_when_it_is_and_that_it_may_be_old() -> None:
    assert said(Asked(MEMORIES_AI, ONE, kept_ms=at(5, 14))) == [(LineKind.KEPT, "From 14:05")]
    assert said(Asked(MEMORIES_AI, ONE, kept_ms=at(3, 14))) == [(LineKind.KEPT, "From 3 March, 14:05")]
    assert said(Asked(MEMORIES_AI, ONE, kept_ms=at(3, 14, 2025))) == [(LineKind.KEPT, "From 3 March 2025, 14:05")]
    (line,) = said(Asked(MEMORIES_AI, ONE, kept_ms=at(5, 14), is_outdated=True))
    assert line[1].endswith("so it may be out of date")


def test_of_several_each_is_told() -> None:
    slow = Asked(MEMORIES_AI)
    assert said(Asked(THIS_COMPUTER, ONE), slow) == [
        (LineKind.TOLD, "This computer 1"),
        (LineKind.WAITING, "memories.ai is still searching…"),
    ]
    failed = Asked(MEMORIES_AI, problem=NetworkError("memories.ai cannot be reached.", hint="Try again."))
    assert said(Asked(THIS_COMPUTER, ONE), failed)[1] == (LineKind.FAILED, "memories.ai cannot be reached. Try again.")
    failed = Asked(MEMORIES_AI, problem=RateLimited("Too many calls."))
    assert said(Asked(THIS_COMPUTER, ONE), failed)[1] == (LineKind.FAILED, "memories.ai: Too many calls.")
