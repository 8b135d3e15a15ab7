"""Words for a capture time, as instants that can be asked for: "last week", "since 1 March", "before 2026". Pure.

In English and in German.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from desktop_search.core.date_words import short_month
from desktop_search.core.day_words import (
    HELP,
    Clock,
    NotUnderstood,
    Period,
    period_of,
    to_utc,
    year_problem,
)
from desktop_search.core.german_times import in_english
from desktop_search.core.language import _

__all__ = ["Clock", "NotUnderstood", "Span", "moves", "span_of", "words_of"]

_BOUND = re.compile(r"\b(since|from|after|before|until|till|up to|through|to|between|and)\b")
_DASH = re.compile(r"\s+-\s+|\s*[–—]\s*|\s*\.{2,3}\s*")
_FROM, _TO = {"since", "from", "after", "between"}, {"until", "till", "up to", "through", "to", "and", "before"}
_LONGEST = 200  # characters
_MOVING = re.compile(
    r"\b(today|yesterday|now|this|current|last|past|previous|ago|(minute|min|hour|day|week|weekend|month|quarter|year)s?"
    r"|(mon|tue|wed|thu|fri|sat|sun)(s|sday|nesday|rs|rsday|urday|day)?)\b"
)
_FIXED = re.compile(r"\d{4}|\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")


@dataclass(frozen=True, slots=True)
class Span:
    """At or after `start` and before `end`; `None` where it is open. Wall times in UTC, whole seconds (§12.2)."""

    start: datetime | None = None
    end: datetime | None = None


def span_of(text: str, clock: Clock) -> Span:
    """What the words mean; everything when there are none.

    "after" a day begins when it is over, "since" when it begins; "until" takes it in, "before" does not.
    Raises `NotUnderstood`, whose text is for the user.
    """
    words = _plain(text)
    if not words:
        return Span()
    if len(words) > _LONGEST:
        raise NotUnderstood(HELP)
    try:
        return _span(words, clock)
    except (OverflowError, OSError):  # beyond what this computer can count
        raise NotUnderstood(year_problem()) from None


def moves(text: str) -> bool:
    """Whether the words mean another time on another day: "last week", "since 9:00", but not "1 March"."""
    words = _plain(text)
    return bool(words) and (bool(_MOVING.search(words)) or not _FIXED.search(words))


def words_of(span: Span, zone: tzinfo | None) -> str:
    """The span in words that `span_of` reads back; "" for everything. `None` as zone is this computer's own."""
    if span.start is not None and span.end is not None:
        first, last = _wall(span.start, zone), _wall(span.end, zone)
        if first is not None and last is not None and _is_midnight(first) and _is_midnight(last) and first < last:
            days = _date(first), _date(last - timedelta(1))
            return days[0] if days[0] == days[1] else _("{first} to {last}").format(first=days[0], last=days[1])
    start = "" if span.start is None else _("since {time}").format(time=_said(span.start, zone))
    end = "" if span.end is None else _("before {time}").format(time=_said(span.end, zone))
    return f"{start} {end}".strip()


def _plain(text: str) -> str:
    """English, in lower case, with single blanks."""
    words = " ".join(text.lower().replace(",", " , ").split()).replace(" ,", ",")
    return in_english(words).replace("day before yesterday", "2 days ago")


def _span(words: str, clock: Clock) -> Span:
    lead, *rest = (part.strip(" ,") for part in _BOUND.split(words))
    if not rest:
        return _dashed(lead, clock)
    bounds = [bound for bound in zip(rest[::2], rest[1::2], strict=True) if bound != ("and", "")]
    if lead:
        bounds.insert(0, ("from", lead))
    starts = [bound for bound in bounds if bound[0] in _FROM]
    ends = [bound for bound in bounds if bound[0] in _TO]
    is_odd = lead and [word for word, _ in bounds[1:]] in ([], ["before"])
    if is_odd or len(starts) > 1 or len(ends) > 1 or not all(part for _, part in bounds):
        raise NotUnderstood(HELP)
    first, last = (next((part for _, part in side), "") for side in (starts, ends))
    begun, ended = _both(first, last, clock)
    start = None if begun is None else begun.end if starts[0][0] == "after" else begun.start
    end = None if ended is None else ended.start if ends[0][0] == "before" else ended.end
    return _checked(start, end, clock)


def _dashed(words: str, clock: Clock) -> Span:
    parts = _DASH.split(words)
    if len(parts) > 2 or not all(parts):
        raise NotUnderstood(HELP)
    if len(parts) == 1:
        period = period_of(words, clock)
        return _checked(period.start, None if period.is_open else period.end, clock)
    begun, ended = _both(parts[0], parts[1], clock)
    return _checked(begun.start if begun else None, ended.end if ended else None, clock)


def _both(first: str, last: str, clock: Clock) -> tuple[Period | None, Period | None]:
    """Both ends of a range; the first may leave to the last what they share: "1 to 3 March", "May to June 2025"."""
    ended = period_of(last, clock) if last else None
    if not first or ended is None:
        return period_of(first, clock) if first else None, ended
    of_month = re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)? ([a-z].*)", last)
    if of_month is not None and re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)?", first):
        return period_of(f"{first} {of_month[1]}", clock), ended
    year = re.search(r"[a-z].* (\d{4})$", last)
    if year is not None and re.search(r"[a-z]{3}", first) and re.fullmatch(r"[a-z0-9. ]*", first):
        for back in (0, 1):
            begun = _maybe(f"{first} {int(year[1]) - back}", clock)
            if begun is not None and begun.start.replace(tzinfo=None) < ended.end.replace(tzinfo=None):
                return begun, ended
    return period_of(first, clock), ended


def _maybe(words: str, clock: Clock) -> Period | None:
    try:
        return period_of(words, clock)
    except NotUnderstood:
        return None


def _checked(start: datetime | None, end: datetime | None, clock: Clock) -> Span:
    span = Span(_utc(start, clock), _utc(end, clock))
    if span.start is not None and span.end is not None and span.end <= span.start:
        raise NotUnderstood(_("The end lies before the beginning."))
    return span


def _utc(moment: datetime | None, clock: Clock) -> datetime | None:
    return None if moment is None else to_utc(moment, clock.zone).replace(tzinfo=None, microsecond=0)


def _wall(moment: datetime, zone: tzinfo | None) -> datetime | None:
    """As the clock on the wall shows it; `None` where that could be another moment, as in an hour that comes twice."""
    try:
        wall = moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None, fold=0)
        return wall if to_utc(wall, zone).replace(tzinfo=None) == moment else None
    except (OverflowError, OSError, ValueError):  # beyond what this computer can count in its own zone
        return None


def _said(moment: datetime, zone: tzinfo | None) -> str:
    wall = _wall(moment, zone)
    shown = moment if wall is None else wall
    if wall is not None and _is_midnight(shown):
        return _date(shown)
    time = f"{shown:%H:%M:%S}" if shown.second else f"{shown:%H:%M}"
    return f"{_date(shown)} {time}{' UTC' if wall is None else ''}"


def _date(moment: datetime) -> str:
    return _("{day} {month} {year}").format(day=moment.day, month=short_month(moment.month), year=f"{moment.year:04d}")


def _is_midnight(moment: datetime) -> bool:
    return (moment.hour, moment.minute, moment.second) == (0, 0, 0)
