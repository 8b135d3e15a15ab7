"""Capture times in words: what they mean at a given moment, in any zone, over changes of the clocks, and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from desktop_search.core.when import Clock, NotUnderstood, Span, moves, span_of, words_of

BERLIN, NEW_YORK, KIRITIMATI = (ZoneInfo(name) for name in ("Europe/Berlin", "America/New_York", "Pacific/Kiritimati"))
NOW = datetime(2026, 11, 21, 16, 30, 5, 123, tzinfo=UTC)  # a Saturday
CLOCK = Clock(NOW, UTC)
ZONES = st.sampled_from([UTC, BERLIN, NEW_YORK, KIRITIMATI, ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Africa/Cairo")])


def utc(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day)  # noqa: DTZ001 - wall time in UTC by the contract


def at(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("", "", ""),
        ("today", "2026-11-21", ""),
        ("Yesterday", "2026-11-20", "2026-11-21"),
        ("the day before yesterday", "2026-11-19", "2026-11-20"),
        ("this week", "2026-11-16", ""),
        ("last week", "2026-11-09", "2026-11-16"),
        ("this weekend", "2026-11-21", ""),
        ("last weekend", "2026-11-14", "2026-11-16"),
        ("  this   month ", "2026-11-01", ""),
        ("last month", "2026-10-01", "2026-11-01"),
        ("last quarter", "2026-07-01", "2026-10-01"),
        ("this year", "2026-01-01", ""),
        ("last year", "2025-01-01", "2026-01-01"),
        ("last 3 days", "2026-11-18", ""),
        ("past week", "2026-11-14", ""),
        ("the last two weeks", "2026-11-07", ""),
        ("last 9 months", "2026-02-21", ""),
        ("last 24 hours", "2026-11-20 16:30:05", ""),
        ("last hour", "2026-11-21 15:30:05", ""),
        ("3 days ago", "2026-11-18", "2026-11-19"),
        ("a week ago", "2026-11-09", "2026-11-16"),
        ("since 2 months ago", "2026-09-01", ""),
        ("an hour ago", "2026-11-21 15:30:05", "2026-11-21 16:30:05"),
        ("monday", "2026-11-16", "2026-11-17"),
        ("on Saturday", "2026-11-21", ""),
        ("last saturday", "2026-11-14", "2026-11-15"),
        ("since thursday", "2026-11-19", ""),
        ("march", "2026-03-01", "2026-04-01"),
        ("in December", "2025-12-01", "2026-01-01"),
        ("november", "2026-11-01", ""),
        ("last november", "2025-11-01", "2025-12-01"),
        ("March 2026", "2026-03-01", "2026-04-01"),
        ("march last year", "2025-03-01", "2025-04-01"),
        ("sept. 2025", "2025-09-01", "2025-10-01"),
        ("2025", "2025-01-01", "2026-01-01"),
        ("2026-03", "2026-03-01", "2026-04-01"),
        ("03/2026", "2026-03-01", "2026-04-01"),
        ("q2 2026", "2026-04-01", "2026-07-01"),
        ("2026-03-01", "2026-03-01", "2026-03-02"),
        ("20260301", "2026-03-01", "2026-03-02"),
        ("1.3.2026", "2026-03-01", "2026-03-02"),
        ("1. 3. 2026", "2026-03-01", "2026-03-02"),
        ("3/14/2026", "2026-03-14", "2026-03-15"),
        ("14/03/2026", "2026-03-14", "2026-03-15"),
        ("1/1/2026", "2026-01-01", "2026-01-02"),
        ("1 March", "2026-03-01", "2026-03-02"),
        ("1st of March 2026", "2026-03-01", "2026-03-02"),
        ("March 1, 2026", "2026-03-01", "2026-03-02"),
        ("mar 2nd", "2026-03-02", "2026-03-03"),
        ("24 December", "2025-12-24", "2025-12-25"),
        ("29 feb", "2024-02-29", "2024-03-01"),
        ("2026-03-01 17:42", "2026-03-01 17:42", "2026-03-01 17:43"),
        ("2026-03-01T17:42:10Z", "2026-03-01 17:42:10", "2026-03-01 17:42:11"),
        ("2026-03-01 17:42+02:00", "2026-03-01 15:42", "2026-03-01 15:43"),
        ("yesterday at 5pm", "2026-11-20 17:00", "2026-11-20 18:00"),
        ("since 9:15", "2026-11-21 09:15", ""),
        ("after 1 March", "2026-03-02", ""),
        ("since 1 March", "2026-03-01", ""),
        ("from march", "2026-03-01", ""),
        ("before 1 March", "", "2026-03-01"),
        ("until 1 March", "", "2026-03-02"),
        ("up to 2024", "", "2025-01-01"),
        ("after february before may", "2026-03-01", "2026-05-01"),
        ("after february and before may", "2026-03-01", "2026-05-01"),
        ("between 1 March and 3 March", "2026-03-01", "2026-03-04"),
        ("1 March to 3 March", "2026-03-01", "2026-03-04"),
        ("1 to 3 March", "2026-03-01", "2026-03-04"),
        ("1–3 march 2025", "2025-03-01", "2025-03-04"),
        ("from march to may 2025", "2025-03-01", "2025-06-01"),
        ("november - february 2025", "2024-11-01", "2025-03-01"),
        ("2026-03-01 - 2026-03-05", "2026-03-01", "2026-03-06"),
        ("2026-03-01..2026-03-05", "2026-03-01", "2026-03-06"),
        ("since 2 days ago until yesterday", "2026-11-19", "2026-11-21"),
        ("2019 to now", "2019-01-01", "2026-11-21 16:30:06"),
    ],
)
def test_words_mean_a_time(words: str, start: str, end: str) -> None:
    assert span_of(words, CLOCK) == Span(at(start), at(end))


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("soon", "Not understood"),
        ("last", "Not understood"),
        ("since", "Not understood"),
        ("before", "Not understood"),
        ("since march since may", "Not understood"),
        ("march before may", "Not understood"),
        ("to", "Not understood"),
        ("5", "Not understood"),
        ("1 march -", "Not understood"),
        ("a" * 5000, "Not understood"),
        ("2026-02-30", "There is no day 2026-02-30."),
        ("31 april", "There is no 31 Apr."),
        ("2026-13", "A month is a number from 1 to 12."),
        ("3/4/2026", "Write 2026-03-04 or 2026-04-03."),
        ("1 march 26", "four digits"),
        ("1.3.26", "four digits"),
        ("0000", "A year between 1800 and 2199."),
        ("2200-01-01", "A year between 1800 and 2199."),
        ("99999 years ago", "A year between 1800 and 2199."),
        ("last 99999 weeks", "A year between 1800 and 2199."),
        ("may to march 2026-01-01", "Not understood"),
        ("2026-03-05 to 2026-03-01", "The end lies before the beginning."),
        ("last week 17:00", "A time of day needs one day"),
        ("today 25:00", "There is no 25:00 o’clock."),
        ("today 13pm", "from 1 to 12"),
        ("2026-03-01 12:00+19:00", "no time zone"),
    ],
)
def test_what_means_nothing_is_refused_in_words(words: str, problem: str) -> None:
    with pytest.raises(NotUnderstood, match=problem.replace("(", r"\(")):
        span_of(words, CLOCK)


def test_a_day_is_the_day_of_the_zone() -> None:
    assert span_of("yesterday", Clock(NOW, NEW_YORK)) == Span(at("2026-11-20 05:00"), at("2026-11-21 05:00"))
    assert span_of("yesterday", Clock(NOW, KIRITIMATI)) == Span(at("2026-11-20 10:00"), at("2026-11-21 10:00"))


def test_days_on_which_the_clocks_change_are_shorter_and_longer() -> None:
    spring, autumn = (span_of(day, Clock(NOW, BERLIN)) for day in ("2026-03-29", "2026-10-25"))
    assert spring == Span(at("2026-03-28 23:00"), at("2026-03-29 22:00"))
    assert autumn == Span(at("2026-10-24 22:00"), at("2026-10-25 23:00"))
    with pytest.raises(NotUnderstood, match="The clocks skip 02:30"):
        span_of("2026-03-29 02:30", Clock(NOW, BERLIN))
    assert span_of("since 2026-10-25 02:30", Clock(NOW, BERLIN)).start == at("2026-10-25 00:30")  # the first of two


def test_where_the_clocks_skip_midnight_the_day_begins_when_they_have() -> None:
    assert span_of("since 2026-04-24", Clock(NOW, ZoneInfo("Africa/Cairo"))).start == at("2026-04-23 22:00")


def test_hours_back_are_hours_whatever_the_clocks_do() -> None:
    after_change = Clock(datetime(2026, 3, 29, 4, tzinfo=BERLIN), BERLIN)
    assert span_of("last 4 hours", after_change).start == at("2026-03-28 22:00")


def test_weeks_begin_where_the_user_is() -> None:
    assert span_of("last week", Clock(NOW, UTC, first_weekday=6)) == Span(at("2026-11-08"), at("2026-11-15"))


moments = st.datetimes(datetime(1900, 1, 1), datetime(2190, 1, 1)).map(lambda moment: moment.replace(microsecond=0))  # noqa: DTZ001
half_hours = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(minute=moment.minute // 30 * 30, second=0, microsecond=0)
)


@given(st.none() | moments | half_hours, st.none() | moments | half_hours, ZONES, ZONES)
@example(datetime(2026, 10, 25, 1, 30), None, BERLIN, UTC)  # noqa: DTZ001 - the second 02:30 of that night
def test_every_span_can_be_said_and_read_back(
    start: datetime | None, end: datetime | None, zone: ZoneInfo, other: ZoneInfo
) -> None:
    assume(start is None or end is None or start < end)
    span = Span(start, end)
    assert span_of(words_of(span, zone), Clock(NOW.astimezone(other), zone)) == span
    assert span_of(words_of(span, None), Clock(NOW)) == span


nows = st.datetimes(datetime(2040, 1, 1), datetime(2180, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize("zone", [None, NEW_YORK, KIRITIMATI])
def test_times_at_the_ends_of_all_calendars_can_be_said(zone: ZoneInfo | None) -> None:
    first, last = utc(1, 1, 1), utc(9999, 12, 31)
    assert words_of(Span(first, last), zone).startswith("since 1 Jan 0001")
    with pytest.raises(NotUnderstood):
        span_of(words_of(Span(first), zone), Clock(NOW, zone))


@given(st.integers(1, 400), st.sampled_from(["day", "week", "month"]), nows, ZONES)
def test_the_last_days_reach_at_least_that_far_back(number: int, unit: str, now: datetime, zone: ZoneInfo) -> None:
    clock = Clock(now.replace(tzinfo=UTC), zone)
    span = span_of(f"last {number} {unit}s", clock)
    assert span.start is not None
    assert span.end is None
    back = now - span.start
    assert back >= timedelta({"day": 1, "week": 7, "month": 28}[unit] * number) - timedelta(hours=1)
    assert back < timedelta({"day": 1, "week": 7, "month": 31}[unit] * number + 1, hours=1)


def means_a_span_or_says_why(words: str) -> None:
    try:
        span = span_of(words, CLOCK)
    except NotUnderstood as problem:
        span = Span()
        said = str(problem)
    else:
        said = "."
    assert said.endswith(".")
    assert span.start is None or span.end is None or span.start < span.end


@given(st.text(max_size=40) | st.from_regex(r"[0-9 .:/t-]{1,20}", fullmatch=True))
def test_nothing_else_is_raised(words: str) -> None:
    means_a_span_or_says_why(words)


PARTS = [
    "since",
    "until",
    "before",
    "after",
    "to",
    "and",
    "last",
    "this",
    "3",
    "days",
    "march",
    "2026",
    "12:30",
    "pm",
    "-",
]


@given(st.lists(st.sampled_from(PARTS)))
def test_nothing_else_is_raised_for_words_that_almost_mean_something(words: list[str]) -> None:
    means_a_span_or_says_why(" ".join(words))


@pytest.mark.parametrize(
    "words",
    [
        "last week",
        "Since Monday",
        "yesterday 17:00",
        "since 9:00",
        "letzte Woche",
        "vor 3 Tagen",
        "1 march to now",
        "seit heute",
    ],
)
def test_words_that_move_on_with_the_days(words: str) -> None:
    assert moves(words)
    assert span_of(words, Clock(datetime(2026, 11, 17, 20, tzinfo=UTC), UTC)) != Span()


@pytest.mark.parametrize(
    "words", ["", "march", "since 1 March", "1. bis 3. März", "2026", "q2 2026", "2026-03-01 17:42", "1.3."]
)
def test_words_that_stay_what_they_meant(words: str) -> None:
    assert not moves(words)
