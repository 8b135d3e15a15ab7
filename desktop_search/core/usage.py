"""What was asked of a library on one day, and how the month's spending stands to its budget."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

_NEAR = 0.8


@dataclass(frozen=True, slots=True)
class DayUsage:
    """The calls to one endpoint of one library on one day of the user's calendar.

    Attributes:
        endpoint: the path below the base path, such as "/search".
        calls: how many were made; `failed` of them without success.
        sent_bytes, received_bytes: of the bodies.
        cost: estimated at the prices of that day, in dollars.
    """

    library_id: str
    day: date
    endpoint: str
    calls: int = 0
    failed: int = 0
    sent_bytes: int = 0
    received_bytes: int = 0
    cost: float = 0.0

    @property
    def key(self) -> tuple[str, date, str]:
        """What tells it from others."""
        return (self.library_id, self.day, self.endpoint)

    def plus(self, other: DayUsage) -> DayUsage:
        """Both together, under the key of this one."""
        return DayUsage(
            *self.key,
            self.calls + other.calls,
            self.failed + other.failed,
            self.sent_bytes + other.sent_bytes,
            self.received_bytes + other.received_bytes,
            self.cost + other.cost,
        )


class BudgetLevel(IntEnum):
    """How much of the month's budget is spent."""

    CLEAR = 0
    NEAR = 1  # four fifths
    REACHED = 2


@dataclass(frozen=True, slots=True)
class BudgetState:
    """Dollars spent in this calendar month, and what may be spent; 0 for no budget. Not every budget stops calls."""

    spent: float
    budget: float
    stops: bool = True

    @property
    def level(self) -> BudgetLevel:
        """How near the budget is; always `CLEAR` without one."""
        if self.budget <= 0 or self.spent < _NEAR * self.budget:
            return BudgetLevel.CLEAR
        return BudgetLevel.REACHED if self.spent >= self.budget else BudgetLevel.NEAR

    @property
    def holds_back(self) -> bool:
        """Whether nothing that costs is called any more."""
        return self.stops and self.level is BudgetLevel.REACHED

    def allows(self, cost: float) -> bool:
        """Whether that much more may be spent. What costs nothing is held back too once the budget is reached."""
        if self.budget <= 0:
            return True
        return self.level is not BudgetLevel.REACHED and self.spent + cost <= self.budget


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def total_of(rows: Iterable[DayUsage]) -> DayUsage:
    """All of them added up; library, day and endpoint mean nothing in it."""
    total = DayUsage("", date.min, "")
    for row in rows:
        total = total.plus(row)
    return total
