"""Capture dates counted by day, month, year or decade, whichever fits. Pure; days are those of a zone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import Enum

from desktop_search.core.day_words import to_utc

_DECADES_MAX = 1000  # as many as a calendar has
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Unit(Enum):
    """How much time a bar stands for."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"

    def start_of(self, day: date) -> date:
        """The first day of the day's own unit."""
        if self is Unit.DAY:
            return day
        if self is Unit.MONTH:
            return day.replace(day=1)
        return date(max(1, day.year - (day.year % 10 if self is Unit.DECADE else 0)), 1, 1)

    def after(self, start: date) -> date:
        """The first day of the next one."""
        if self is Unit.DAY:
            return start + timedelta(1)
        if self is Unit.MONTH:
            return (start.replace(day=1) + timedelta(32)).replace(day=1)
        return date(start.year // 10 * 10 + 10 if self is Unit.DECADE else start.year + 1, 1, 1)


@dataclass(frozen=True, slots=True)
class Bin:
    """From `start` to before `end`."""

    start: date
    end: date
    count: int


def days_of(taken_ms: Iterable[int], zone: tzinfo | None) -> list[date]:
    """The days of these UTC instants in the zone (`None`: this computer's), in order; what no calendar has is left out.

    A day that this computer cannot count in its own zone is taken as it is in UTC.
    """
    found = []
    for instant_ms in taken_ms:
        try:
            instant = _EPOCH + timedelta(milliseconds=instant_ms)
            if 1 < instant.year < 9990:  # so that there is a unit after it
                found.append(_wall(instant, zone))
        except OverflowError:
            continue
    return sorted(found)


def bins_of(days: list[date], first: date, last: date, bars_max: int) -> tuple[Unit, tuple[Bin, ...]]:
    """The finest unit of which at most `bars_max` bars reach from `first` to `last`, and those bars without a gap."""
    shown = between(days, first, last)
    for unit in Unit:
        bins = _bins(shown, unit, first, last, bars_max)
        if bins:
            return unit, bins
    return Unit.DECADE, _bins(shown, Unit.DECADE, first, last, _DECADES_MAX)


def between(days: list[date], first: date, last: date) -> list[date]:
    """Those from one day to another, both with it; `days` are in order."""
    return days[bisect_left(days, first) : bisect_right(days, last)]


def instants_of(first: date, last: date, zone: tzinfo | None) -> tuple[datetime, datetime]:
    """From the first midnight to the one after the last day, as wall times in UTC, as a search is asked for them."""
    return _utc(first, zone), _utc(last + timedelta(1), zone)


def days_between(
    start: datetime | None, end: datetime | None, zone: tzinfo | None, days: list[date]
) -> tuple[date, date] | None:
    """The first day and the last of such a span; where it is open, as far as `days` go. `None` for everything."""
    if start is None and end is None:
        return None
    first = date.min if start is None else _wall(start.replace(tzinfo=UTC), zone)
    last = date.max if end is None else _wall(end.replace(tzinfo=UTC) - timedelta(seconds=1), zone)
    return (first if start else min(days, default=last)), (last if end else max(days, default=first))


def _bins(days: list[date], unit: Unit, first: date, last: date, bars_max: int) -> tuple[Bin, ...]:
    counts = Counter(unit.start_of(day) for day in days)
    start = unit.start_of(first)
    found: list[Bin] = []
    while start <= last:
        if len(found) == bars_max:
            return ()
        end = unit.after(start)
        found.append(Bin(start, end, counts[start]))
        start = end
    return tuple(found)


def _wall(instant: datetime, zone: tzinfo | None) -> date:
    try:
        return instant.astimezone(zone).date()
    except (OverflowError, OSError, ValueError):
        return instant.date()


def _utc(day: date, zone: tzinfo | None) -> datetime:
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - as the clock on the wall shows it
    try:
        return to_utc(midnight, zone).replace(tzinfo=None)
    except (OverflowError, OSError):  # beyond what this computer can count in its own zone
        return midnight
