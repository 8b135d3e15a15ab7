"""Only what succeeded costs, by the kind of the call."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_search.core.calls import CallKind, CallRecord
from desktop_search.core.costs import call_cost, posts_cost
from desktop_search.core.transfer_settings import PriceTable
from desktop_search.core.usage import BudgetLevel, BudgetState, DayUsage, next_month, total_of

PRICES = PriceTable()


def record(kind: CallKind, code: str = "0000", received_bytes: int = 0) -> CallRecord:
    return CallRecord(kind, "/somewhere", 10, received_bytes, code)


@pytest.mark.parametrize(
    ("call", "dollars"),
    [
        (record(CallKind.SEARCH), 0.0001),
        (record(CallKind.TRANSCRIPT), 0.0001),
        (record(CallKind.DOWNLOAD, received_bytes=500_000_000), 0.06),
        (record(CallKind.UPLOAD), 0),  # charged by the minutes of the footage, when it has arrived
        (record(CallKind.IMPORT), 0),
        (record(CallKind.LIST), 0),
        (record(CallKind.DELETE), 0),
        (record(CallKind.SEARCH, "0429"), 0),
        (record(CallKind.SEARCH, ""), 0),
        (record(CallKind.DOWNLOAD, "0001", 500_000_000), 0),
    ],
)
def test_calls_cost_what_the_table_says(call: CallRecord, dollars: float) -> None:
    assert call_cost(call, PRICES) == pytest.approx(dollars)


def test_posts_cost_by_number_or_size() -> None:
    assert posts_cost(50, 0, PRICES) == pytest.approx(0.10)
    assert posts_cost(0, 500_000_000, PRICES) == pytest.approx(1.10)


@pytest.mark.parametrize(
    ("spent", "budget", "level"),
    [
        (0, 0, BudgetLevel.CLEAR),
        (1000, 0, BudgetLevel.CLEAR),  # no budget
        (7.99, 10, BudgetLevel.CLEAR),
        (8, 10, BudgetLevel.NEAR),
        (9.99, 10, BudgetLevel.NEAR),
        (10, 10, BudgetLevel.REACHED),
        (12, 10, BudgetLevel.REACHED),
    ],
)
def test_the_budget_warns_at_four_fifths_and_stops_when_spent(spent: float, budget: float, level: BudgetLevel) -> None:
    state = BudgetState(spent, budget)
    assert state.level is level
    assert state.allows(0) is (level is not BudgetLevel.REACHED)


def test_what_would_pass_the_budget_is_not_allowed() -> None:
    assert BudgetState(8, 10).allows(2)
    assert not BudgetState(8, 10).allows(2.01)
    assert BudgetState(8, 0).allows(1e9)


def test_months_and_sums() -> None:
    assert next_month(date(2026, 11, 1)) == date(2026, 12, 1)
    assert next_month(date(2026, 12, 1)) == date(2027, 1, 1)
    one = DayUsage("memories.ai", date(2026, 11, 2), "/search", 2, 1, 30, 400, 0.5)
    total = total_of([one, replace(one, endpoint="/upload", cost=1)])
    assert (total.calls, total.failed, total.sent_bytes, total.received_bytes, total.cost) == (4, 2, 60, 800, 1.5)
