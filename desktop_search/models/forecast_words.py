"""A forecast, money and the budget in words. Pure, so that every word can be tested as data."""

from __future__ import annotations

import math
from datetime import datetime

from desktop_search.core.date_words import day_words, weekday_words
from desktop_search.core.forecast import Forecast
from desktop_search.core.language import _, ngettext, number
from desktop_search.core.transfer_settings import RateLimit
from desktop_search.core.usage import BudgetState
from desktop_search.models.transfer_words import size_words

_MINUTE_S, _HOUR_S, _DAY_S = 60, 3600, 86_400
_NUMBERS = {1: _("one upload"), 2: _("two uploads"), 3: _("three uploads")}


def headline_words(made: Forecast) -> str:
    """ "500 files · 120 GB", "500 files · at most 31 GB" where some are converted first."""
    size = size_words(made.size_bytes)
    if made.converted:
        size = _("at most {size}").format(size=size)
    return f"{_files(made.files)} · {size}"


def footage_words(made: Forecast) -> str:
    """How much footage it is: "9 h 30 min of footage"; "" where it is pictures alone."""
    if not made.footage_ms and not made.unmeasured:
        return ""
    known = _("{length} of footage").format(length=duration_words(made.footage_ms / 1000)) if made.footage_ms else ""
    unknown = _("{files} of unknown length").format(files=_files(made.unmeasured)) if made.unmeasured else ""
    return ", ".join(part for part in (known, unknown) if part)


def copies_words(made: Forecast) -> str:
    """What will not be sent: "1 copy of another file is not sent"; "" where there are none."""
    count = made.copies
    words = ngettext("{count} copy of another file is not sent", "{count} copies of other files are not sent", count)
    return words if count else ""


def time_words(made: Forecast) -> str:
    """How long it takes at the least: "about 8 h 20 min (one upload a minute)"; with what has to be done before."""
    words = _("speed not known yet")
    if made.sending_s:
        surely = _("about {time}") if made.transfer_s is not None else _("at least {time}")
        pace = f" ({_pace(made.limit)})" if made.limit and made.slots_s >= (made.transfer_s or 0.0) else ""
        words = surely.format(time=duration_words(made.sending_s)) + pace
    converted = _("{files} converted first").format(files=_files(made.converted)) if made.converted else ""
    return ", ".join(part for part in (words, converted) if part)


def end_words(made: Forecast, now: datetime) -> str:
    """When it is done: "done by tomorrow 02:10"; while no rate is known, "not done before …", or nothing."""
    if not made.sending_s:
        return ""
    words = _("done by {moment}") if made.transfer_s is not None else _("not done before {moment}")
    return words.format(moment=moment_words(made.ends_at, now))


def cost_words(made: Forecast) -> str:
    """ "about $8.55 ($15.00 per 1,000 min), then $3.60 a month for storage ($0.03 per GB)"."""
    indexing = _("about {cost} ({price} per 1,000 min)").format(
        cost=dollars(made.cost), price=dollars(made.prices.index_per_1000_min)
    )
    storage = _("{cost} a month for storage ({price} per GB)").format(
        cost=dollars(made.storage_month), price=dollars(made.prices.storage_per_gb_month)
    )
    return _("{indexing}, then {storage}").format(indexing=indexing, storage=storage)


def prices_words(made: Forecast) -> str:
    """ "prices of 1 Oct 2026"."""
    return _("prices of {day}").format(day=day_words(made.prices.read_on))


def budget_words(made: Forecast, budget: BudgetState | None) -> str:
    """What there is to say about the month's budget before starting; "" when it is all right."""
    if budget is None or budget.allows(made.cost):
        return ""
    spent = _("{spent} of {budget} are spent this month").format(
        spent=dollars(budget.spent), budget=dollars(budget.budget)
    )
    return _("This passes the budget: {spent}. The rest will wait.").format(spent=spent)


def start_words(made: Forecast) -> str:
    """The button: "Start 500 uploads"."""
    return ngettext("Start {count} upload", "Start {count} uploads", made.files)


def duration_words(seconds: float) -> str:
    """ "40 s", "12 min", "8 h 20 min", "3 days 4 h"; never less than it is."""
    if seconds < _MINUTE_S:
        return _("{seconds} s").format(seconds=max(1, math.ceil(seconds)))
    minutes = math.ceil(seconds / _MINUTE_S - 1e-9)
    if minutes < 60:
        return _("{minutes} min").format(minutes=minutes)
    if minutes < 48 * 60:
        hours, rest = divmod(minutes, 60)
        return _("{hours} h {rest} min").format(hours=hours, rest=rest) if rest else _hours(hours)
    days, hours = divmod(math.ceil(minutes / 60 - 1e-9), 24)
    whole = ngettext("{count} day", "{count} days", days)
    return f"{whole} {_hours(hours)}" if hours else whole


def moment_words(moment: datetime, now: datetime) -> str:
    """ "today 14:05", "tomorrow 02:10", "Fri 4 Dec 02:10"."""
    days = (moment.date() - now.date()).days
    if days in {0, 1}:
        day = _("tomorrow") if days else _("today")
        return f"{day} {moment:%H:%M}"
    return f"{weekday_words(moment, year=moment.year != now.year)} {moment:%H:%M}"


def dollars(amount: float) -> str:
    """ "$8.55"; amounts below a cent keep what tells them from nothing: "$0.0003"."""
    if amount and abs(amount) < 0.01:
        return _("${amount}").format(amount=number(amount, 4)) if amount >= 0.0001 else _("under $0.0001")
    return _("${amount}").format(amount=number(amount, 2))


def _hours(hours: int) -> str:
    return _("{hours} h").format(hours=hours)


def _files(count: int) -> str:
    return ngettext("{count} file", "{count} files", count)


def _pace(limit: RateLimit) -> str:
    uploads = _NUMBERS.get(limit.calls) or ngettext("{count} upload", "{count} uploads", limit.calls)
    if limit.seconds == _MINUTE_S:
        return _("{uploads} a minute").format(uploads=uploads)
    if limit.seconds == 1:
        return _("{uploads} a second").format(uploads=uploads)
    return _("{uploads} in {time}").format(uploads=uploads, time=duration_words(limit.seconds))
