"""Every word of the forecast, as data."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from desktop_search.core.forecast import Forecast
from desktop_search.core.transfer_settings import PriceTable, RateLimit
from desktop_search.core.usage import BudgetState
from desktop_search.models import forecast_words as words

NOW = datetime(2026, 11, 21, 17, 50, tzinfo=UTC)
CARD = Forecast(
    files=500,
    copies=0,
    size_bytes=120_000_000_000,
    footage_ms=34_200_000,
    unmeasured=0,
    converted=0,
    slots=500,
    limit=RateLimit(1, 60),
    slots_s=30_000,
    transfer_s=12_000,
    ends_at=NOW + timedelta(hours=8, minutes=20),
    cost=8.55,
    storage_month=3.6,
    prices=PriceTable(date(2026, 10, 1)),
)


def test_a_card_in_words() -> None:
    assert words.headline_words(CARD) == "500 files · 120 GB"
    assert words.footage_words(CARD) == "9 h 30 min of footage"
    assert words.time_words(CARD) == "about 8 h 20 min (one upload a minute)"
    assert words.end_words(CARD, NOW) == "done by tomorrow 02:10"
    assert words.cost_words(CARD) == (
        "about $8.55 ($15.00 per 1,000 min), then $3.60 a month for storage ($0.03 per GB)"
    )
    assert words.prices_words(CARD) == "prices of 1 Oct 2026"
    assert words.start_words(CARD) == "Start 500 uploads"
    assert words.start_words(replace(CARD, files=1)) == "Start 1 upload"


def test_what_is_not_known_is_not_promised() -> None:
    unknown = replace(CARD, transfer_s=None, unmeasured=3, converted=1)
    assert words.time_words(unknown) == "at least 8 h 20 min (one upload a minute), 1 file converted first"
    assert words.headline_words(unknown) == "500 files · at most 120 GB"
    assert words.end_words(unknown, NOW) == "not done before tomorrow 02:10"
    assert words.footage_words(unknown) == "9 h 30 min of footage, 3 files of unknown length"
    assert words.footage_words(replace(unknown, footage_ms=0)) == "3 files of unknown length"
    assert words.footage_words(replace(CARD, footage_ms=0)) == ""


def test_copies_in_words() -> None:
    assert words.copies_words(CARD) == ""
    assert words.copies_words(replace(CARD, copies=1)) == "1 copy of another file is not sent"
    assert words.copies_words(replace(CARD, copies=1200)) == "1,200 copies of other files are not sent"


def test_the_pace_is_named_only_where_it_is_what_takes_so_long() -> None:
    slow = replace(CARD, transfer_s=60_000)
    assert words.time_words(slow) == "about 16 h 40 min"
    assert words.time_words(replace(CARD, limit=RateLimit(4, 60))).endswith("(4 uploads a minute)")
    assert words.time_words(replace(CARD, limit=RateLimit(2, 1))).endswith("(two uploads a second)")
    assert words.time_words(replace(CARD, limit=RateLimit(1, 90))).endswith("(one upload in 2 min)")
    at_once = replace(CARD, limit=None, slots_s=0, transfer_s=None)
    assert (words.time_words(at_once), words.end_words(at_once, NOW)) == ("speed not known yet", "")


@pytest.mark.parametrize(
    ("budget", "said"),
    [
        (None, ""),
        (BudgetState(0, 0), ""),
        (BudgetState(1, 9.55), ""),
        (
            BudgetState(14.2, 20),
            "This passes the budget: $14.20 of $20.00 are spent this month. The rest will wait.",
        ),
    ],
)
def test_what_passes_the_budget_is_said_before_starting(budget: BudgetState | None, said: str) -> None:
    assert words.budget_words(CARD, budget) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "1 s"),
        (40.2, "41 s"),
        (60, "1 min"),
        (61, "2 min"),
        (3599, "1 h"),
        (3600, "1 h"),
        (30_000, "8 h 20 min"),
        (172_800, "2 days"),
        (187_200, "2 days 4 h"),
    ],
)
def test_durations_are_never_less_than_they_are(seconds: float, said: str) -> None:
    assert words.duration_words(seconds) == said


@pytest.mark.parametrize(
    ("hours", "said"),
    [(0.25, "today 18:05"), (8, "tomorrow 01:50"), (34, "Mon 23 Nov 03:50"), (24 * 60, "Wed 20 Jan 2027 17:50")],
)
def test_moments_are_told_as_a_person_would(hours: float, said: str) -> None:
    assert words.moment_words(NOW + timedelta(hours=hours), NOW) == said


@pytest.mark.parametrize(
    ("amount", "said"),
    [(0, "$0.00"), (8.554, "$8.55"), (1234.5, "$1,234.50"), (0.0003, "$0.0003"), (1e-6, "under $0.0001")],
)
def test_small_amounts_are_not_nothing(amount: float, said: str) -> None:
    assert words.dollars(amount) == said
