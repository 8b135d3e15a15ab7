"""A forecast, money and the budget in words. Pure, so that every word can be tested as data."""

from __future__ import annotations

import math
from datetime import date, datetime

from desktop_search.core.forecast import Forecast
from desktop_search.core.transfer_settings import RateLimit
from desktop_search.core.usage import BudgetState
from desktop_search.models.transfer_words import size_words

_MINUTE_S, _HOUR_S, _DAY_S = 60, 3600, 86_400
_NUMBERS = {1: "one upload", 2: "two uploads", 3: "three uploads"}


def headline_words(made: Forecast) -> str:
    """ "500 files · 120 GB", "500 files · at most 31 GB" where some are converted first."""
    most = "at most " if made.converted else ""
    return f"{_files(made.files)} · {most}{size_words(made.size_bytes)}"


def footage_words(made: Forecast) -> str:
    """How much footage it is: "9 h 30 min of footage"; "" where it is pictures alone."""
    if not made.footage_ms and not made.unmeasured:
        return ""
    known = f"{duration_words(made.footage_ms / 1000)} of footage" if made.footage_ms else ""
    unknown = f"{_files(made.unmeasured)} of unknown length" if made.unmeasured else ""
    return ", ".join(part for part in (known, unknown) if part)


def time_words(made: Forecast) -> str:
    """How long it takes at the least: "about 8 h 20 min (one upload a minute)"; with what has to be done before."""
    surely = "about" if made.transfer_s is not None else "at least"
    pace = f" ({_pace(made.limit)})" if made.limit and made.slots_s >= (made.transfer_s or 0.0) else ""
    words = f"{surely} {duration_words(made.sending_s)}{pace}" if made.sending_s else "speed not known yet"
    converted = f"{_files(made.converted)} converted first" if made.converted else ""
    return ", ".join(part for part in (words, converted) if part)


def end_words(made: Forecast, now: datetime) -> str:
    """When it is done: "done by tomorrow 02:10"; while no rate is known, "not done before …", or nothing."""
    if not made.sending_s:
        return ""
    return f"{'done by' if made.transfer_s is not None else 'not done before'} {moment_words(made.ends_at, now)}"


def cost_words(made: Forecast) -> str:
    """ "about $8.55 ($15.00 per 1,000 min), then $3.60 a month for storage ($0.03 per GB)"."""
    indexing = f"about {dollars(made.cost)} ({dollars(made.prices.index_per_1000_min)} per 1,000 min)"
    storage = f"{dollars(made.storage_month)} a month for storage ({dollars(made.prices.storage_per_gb_month)} per GB)"
    return f"{indexing}, then {storage}"


def prices_words(made: Forecast) -> str:
    """ "prices of 1 Oct 2026"."""
    return f"prices of {day_words(made.prices.read_on)}"


def budget_words(made: Forecast, budget: BudgetState | None) -> str:
    """What there is to say about the month's budget before starting; "" when it is all right."""
    if budget is None or budget.allows(made.cost):
        return ""
    spent = f"{dollars(budget.spent)} of {dollars(budget.budget)} are spent this month"
    return f"This passes the budget: {spent}. The rest will wait."


def start_words(made: Forecast) -> str:
    """The button: "Start 500 uploads"."""
    return f"Start {made.files:,} upload{'s' * (made.files != 1)}"


def duration_words(seconds: float) -> str:
    """ "40 s", "12 min", "8 h 20 min", "3 days 4 h"; never less than it is."""
    if seconds < _MINUTE_S:
        return f"{max(1, math.ceil(seconds))} s"
    minutes = math.ceil(seconds / _MINUTE_S - 1e-9)
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        hours, rest = divmod(minutes, 60)
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    days, hours = divmod(math.ceil(minutes / 60 - 1e-9), 24)
    return f"{days} days {hours} h" if hours else f"{days} days"


def moment_words(moment: datetime, now: datetime) -> str:
    """ "today 14:05", "tomorrow 02:10", "Fri 4 Dec 02:10"."""
    days = (moment.date() - now.date()).days
    if days in {0, 1}:
        return f"{('today', 'tomorrow')[days]} {moment:%H:%M}"
    year = f" {moment.year}" if moment.year != now.year else ""
    return f"{moment:%a} {moment.day} {moment:%b}{year} {moment:%H:%M}"


def day_words(day: date) -> str:
    """ "1 Oct 2026"."""
    return f"{day.day} {day:%b} {day.year}"


def dollars(amount: float) -> str:
    """ "$8.55"; amounts below a cent keep what tells them from nothing: "$0.0003"."""
    if amount and abs(amount) < 0.01:
        return f"${amount:.4f}" if amount >= 0.0001 else "under $0.0001"
    return f"${amount:,.2f}"


def _files(count: int) -> str:
    return f"{count:,} file{'s' * (count != 1)}"


def _pace(limit: RateLimit) -> str:
    uploads = _NUMBERS.get(limit.calls, f"{limit.calls:,} uploads")
    if limit.seconds == _MINUTE_S:
        return f"{uploads} a minute"
    if limit.seconds == 1:
        return f"{uploads} a second"
    return f"{uploads} in {duration_words(limit.seconds)}"
