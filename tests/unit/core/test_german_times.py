"""Capture times in German words mean what the English ones do, whatever language the window speaks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_search.core.german_times import in_english
from desktop_search.core.when import Clock, NotUnderstood, span_of

CLOCK = Clock(datetime(2026, 11, 21, 16, 30, 5, tzinfo=UTC), UTC)  # a Saturday
GERMAN = [
    "letzte Woche",
    "vor",
    "3",
    "Tagen",
    "nach",
    "seit",
    "bis zum",
    "zwischen",
    "und",
    "vom",
    "dem",
    "1.",
    "März",
    "2026",
]
GERMAN += [
    "heute",
    "vorgestern",
    "Uhr",
    "17",
    "um",
    "am",
    "Montag",
    "Quartal",
    "zwei",
    "einer",
    "1.3.",
    "1.3.2026",
    "–",
    "ab",
]


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("heute", "today"),
        ("vorgestern", "the day before yesterday"),
        ("diese Woche", "this week"),
        ("letzte Woche", "last week"),
        ("vorletzte Woche", "2 weeks ago"),
        ("letztes Wochenende", "last weekend"),
        ("im letzten Monat", "last month"),
        ("voriges Jahr", "last year"),
        ("1. Quartal 2026", "q1 2026"),
        ("in den letzten zwei Wochen", "last two weeks"),
        ("die letzten 24 Stunden", "last 24 hours"),
        ("vor 3 Tagen", "3 days ago"),
        ("vor einer Woche", "a week ago"),
        ("seit vor 2 Monaten", "since 2 months ago"),
        ("am Samstag", "on saturday"),
        ("letzten Mo.", "last monday"),
        ("März letzten Jahres", "march last year"),
        ("Sept. 2025", "september 2025"),
        ("1.3.", "1 march"),
        ("am 1. März 2026", "1 march 2026"),
        ("29. Feb.", "29 feb"),
        ("gestern um 17 Uhr", "yesterday at 5pm"),
        ("gestern um 17.42 Uhr", "yesterday at 17:42"),
        ("um 0 Uhr", "at 12am"),
        ("seit 9:15 Uhr", "since 9:15"),
        ("ab März", "since march"),
        ("nach dem 1. März", "after 1 march"),
        ("vor dem 1. März", "before 1 march"),
        ("vor 2024", "before 2024"),
        ("bis zum 1. März", "until 1 march"),
        ("nach Februar und vor Mai", "after february and before may"),
        ("zwischen dem 1. und dem 3. März", "between 1 and 3 march"),
        ("vom 1. bis zum 3. März 2025", "1 to 3 march 2025"),
        ("1.-3. März 2025", "1–3 march 2025"),
        ("1.3. bis 5.3.2025", "1 march 2025 to 5 march 2025"),
        ("November - Februar 2025", "november - february 2025"),
    ],
)
def test_german_words_mean_what_the_english_ones_mean(german: str, english: str) -> None:
    assert span_of(german, CLOCK) == span_of(english, CLOCK)


@pytest.mark.parametrize("words", ["bald", "letzten", "seit", "13.13.2026", "31.2.2026", "am 25 Uhr", "vor zwischen"])
def test_what_means_no_time_is_refused(words: str) -> None:
    with pytest.raises(NotUnderstood):
        span_of(words, CLOCK)


@pytest.mark.parametrize("words", ["between 9 am and 10 am", "from march to may 2025", "at 5 am", "1/3/26", "mar 2nd"])
def test_english_words_stay_as_they_are(words: str) -> None:
    assert in_english(words) == words


@given(st.lists(st.sampled_from(GERMAN), max_size=6))
def test_any_german_words_are_a_time_or_refused(words: list[str]) -> None:
    try:
        span = span_of(" ".join(words), CLOCK)
    except NotUnderstood:
        return
    assert span.start is None or span.end is None or span.start < span.end
