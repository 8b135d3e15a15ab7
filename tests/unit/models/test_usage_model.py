"""A month in bars, a table and words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_search.core.usage import DayUsage
from desktop_search.models.usage_model import (
    COLUMNS,
    Measure,
    UsageModel,
    by_day,
    plot_words,
    stored_by_day,
    stored_words,
    total_words,
)

NOVEMBER = date(2026, 11, 1)
SEARCHES = DayUsage("memories.ai", date(2026, 11, 2), "/search", 1_200, 3, 120_000, 14_000_000, 0.1197)
UPLOADS = DayUsage("memories.ai", date(2026, 11, 30), "/upload", 500, 0, 120_000_000_000, 400_000, 8.55)
ROWS = (SEARCHES, UPLOADS, replace(SEARCHES, library_id="https://own.example", cost=0, failed=0))


def test_every_day_of_the_month_has_a_bar() -> None:
    calls = by_day(ROWS, NOVEMBER, Measure.CALLS)
    assert len(calls) == 30
    assert (calls[1], calls[29], sum(calls)) == (2_400, 500, 2_900)
    assert by_day(ROWS, NOVEMBER, Measure.BYTES)[29] == 120_000_400_000
    assert by_day(ROWS, NOVEMBER, Measure.COST)[1] == pytest.approx(0.1197)
    assert len(by_day((), date(2028, 2, 1), Measure.CALLS)) == 29


def test_the_plot_can_be_read_without_being_seen() -> None:
    assert plot_words(by_day(ROWS, NOVEMBER, Measure.COST), NOVEMBER, Measure.COST) == (
        "Cost by day in November 2026: $8.67 in all. 2: $0.12, 30: $8.55."
    )
    assert plot_words(by_day((), NOVEMBER, Measure.CALLS), NOVEMBER, Measure.CALLS) == (
        "Calls by day in November 2026: nothing."
    )


def test_the_sum_in_words() -> None:
    assert total_words(ROWS) == "2,900 calls (3 failed) · 120 GB sent · 28 MB received · about $8.67"
    assert total_words(()) == "0 calls · 0 kB sent · 0 kB received · about $0.00"


def test_the_table_has_the_newest_day_first() -> None:
    model = UsageModel()
    model.set_rows(ROWS)
    cells = [[model.index(row, column).data() for column in range(len(COLUMNS))] for row in range(model.rowCount())]
    assert cells[0] == ["30 Nov 2026", "memories.ai", "/upload", "500", "", "120 GB", "400 kB", "$8.55"]
    assert cells[1] == ["2 Nov 2026", "https://own.example", "/search", "1,200", "", "120 kB", "14 MB", ""]
    assert cells[2][4] == "3"


def test_what_is_stored_adds_up_from_day_to_day() -> None:
    cloud = {date(2026, 10, 3): 1_000_000_000, date(2026, 11, 2): 500_000_000, date(2026, 12, 1): 7}
    own = {date(2026, 11, 30): 250_000_000}
    assert stored_by_day([cloud, own], NOVEMBER, date(2026, 11, 2))[:3] == (1e9, 1.5e9, 0.0)
    stored = stored_by_day([cloud, own], NOVEMBER, date(2026, 12, 1))
    assert (stored[0], stored[1], stored[-1]) == (1e9, 1.5e9, 1.75e9)
    assert stored_words(stored[-1], 0.045).startswith("1.8 GB were sent to be kept")
    assert stored_words(0, 0) == "Nothing was sent to be kept."
    assert plot_words(stored, NOVEMBER, Measure.STORED) == "Stored in November 2026: 1.8 GB at the end."
