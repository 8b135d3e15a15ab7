"""Words for a day, a month, a moment: "yesterday", "last week", "march 2026", "2026-03-01 17:42".

Pure; English, and see `german_times`.

Times come out without a zone where they are meant as the clock on the wall shows them, and with one where they are an
instant ("3 hours ago"). Weeks begin on the weekday that the clock is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from desktop_search.core.date_words import short_month
from desktop_search.core.language import _

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NUMBERS = ("a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\.?"
_WEEKDAY = r"(mon|tue|wed|thu|fri|sat|sun)(?:s|sday|nesday|rs|rsday|urday|day)?\.?"
_UNIT = r"(minute|min|hour|day|week|month|year)s?"
_NUMBER = r"(\d{1,5}|an|" + "|".join(_NUMBERS) + ")"
_ZONE = r"(z|utc|gmt|[+-]\d\d:?\d\d)"
_TIME = re.compile(
    r"^(?P<day>.*?)(?:(?:^|[\st,])(?:at\s+)?)(?P<h>\d{1,2})(?::(?P<m>\d\d)(?::(?P<s>\d\d))?)?\s*(?P<half>am|pm)?"
    rf"(?:\s*(?P<zone>{_ZONE}))?$"
)
FIRST_YEAR, LAST_YEAR = 1800, 2199
HELP = _("Not understood. Try “last week”, “march 2026”, “since 2026-03-01” or “1 March to 3 March”.")


def year_problem() -> str:
    """What is said of a year that is too far away."""
    return _("A year between {first} and {last}.").format(first=FIRST_YEAR, last=LAST_YEAR)


class NotUnderstood(ValueError):
    """Words that mean no time; the text says what is wrong, for the user."""


@dataclass(frozen=True, slots=True)
class Clock:
    """What words are relative to.

    Attributes:
        now: this moment, with a zone.
        zone: the zone that the words mean; `None` is this computer's own.
        first_weekday: 0 for weeks that begin on a Monday, to 6 for Sunday.
    """

    now: datetime
    zone: tzinfo | None = None
    first_weekday: int = 0

    @property
    def wall(self) -> datetime:
        """This moment as the clock on the wall shows it, in whole seconds."""
        return self.now.astimezone(self.zone).replace(tzinfo=None, microsecond=0)

    @property
    def today(self) -> date:
        """The day on the wall."""
        return self.wall.date()


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to before `end`. `is_open`: it reaches up to now, so that its end need not be asked for."""

    start: datetime
    end: datetime
    is_open: bool = False


def period_of(words: str, clock: Clock) -> Period:
    """What the words mean. Raises `NotUnderstood`; expects lower case and single blanks."""
    words = re.sub(r"^(?:(?:on|in|during|the|of|at)\s+)+", "", words.strip(" ,"))
    for read in _READERS:
        found = read(words, clock)
        if found is not None:
            return found
    return _moment(words, clock)


def _relative(words: str, clock: Clock) -> Period | None:
    days_back = {"today": 0, "yesterday": 1}
    if words in days_back:
        return _days(clock.today - timedelta(days_back[words]), is_open=words == "today")
    if words == "now":
        return Period(clock.now.astimezone(UTC), clock.now.astimezone(UTC) + timedelta(seconds=1), is_open=True)
    match = re.fullmatch(r"(this|current|last|previous) (week|weekend|month|quarter|year)", words)
    if match is not None:
        return _around(match[2], 0 if match[1] in {"this", "current"} else 1, clock)
    match = re.fullmatch(rf"(?:(?:last|past|previous) )?(?:{_NUMBER} )?{_UNIT}", words)
    if match is not None and words != match[2]:
        return _back_to_now(_number(match[1] or "a"), match[2], clock)
    match = re.fullmatch(rf"{_NUMBER} {_UNIT} ago", words)
    return None if match is None else _ago(_number(match[1]), match[2], clock)


def _around(unit: str, back: int, clock: Clock) -> Period:
    """The calendar's own week, month and so on, that many before the one of today."""
    today = clock.today
    monday = today - timedelta((today.weekday() - clock.first_weekday) % 7)
    if unit == "week":
        return _days(monday - timedelta(7 * back), 7, is_open=not back)
    if unit == "weekend":
        saturday = today - timedelta((today.weekday() - 5) % 7)
        is_running = today.weekday() >= 5
        if not back:
            return _days(saturday if is_running else saturday + timedelta(7), 2, is_open=is_running)
        return _days(saturday - timedelta(7 if is_running else 0), 2)
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    first = (today.year * 12 + today.month - 1) // months * months - back * months
    return _months(first, months, is_open=not back)


def _back_to_now(number: int, unit: str, clock: Clock) -> Period:
    """Up to now; by the day from its midnight on, so that nothing of the first day is missed."""
    if unit in {"minute", "min", "hour"}:
        start = clock.now.astimezone(UTC).replace(microsecond=0) - _length(number, unit)
        return Period(start, clock.now.astimezone(UTC), is_open=True)
    start = datetime.combine(_day_back(number, unit, clock.today), datetime.min.time())
    return Period(start, clock.wall, is_open=True)


def _ago(number: int, unit: str, clock: Clock) -> Period:
    if unit in {"minute", "min", "hour"}:
        start = clock.now.astimezone(UTC).replace(microsecond=0) - _length(number, unit)
        return Period(start, start + _length(1, unit))
    return _days(_day_back(number, "day", clock.today)) if unit == "day" else _around(unit, number, clock)


def _weekday(words: str, clock: Clock) -> Period | None:
    match = re.fullmatch(rf"(?:(this|last) )?{_WEEKDAY}", words)
    if match is None:
        return None
    back = (clock.today.weekday() - _DAYS.index(match[2])) % 7
    if match[1] == "last":
        back = back or 7
    return _days(clock.today - timedelta(back), is_open=back == 0)


def _month(words: str, clock: Clock) -> Period | None:
    match = re.fullmatch(rf"(?:(this|last) )?{_MONTH}(?:,? (?:of )?(\d{{4}}|this year|last year))?", words)
    if match is None:
        return None
    month, now = _month_index(match[2]), clock.today.year * 12 + clock.today.month - 1
    if match[3] is not None:
        year = clock.today.year - (match[3] == "last year") if match[3][0] in "tl" else int(match[3])
        return _months(year * 12 + month, 1)
    first = clock.today.year * 12 + month
    if first > now or (match[1] == "last" and first == now):
        first -= 12
    return _months(first, 1, is_open=first == now)


def _year(words: str, _clock: Clock) -> Period | None:
    match = re.fullmatch(r"(\d{4})", words)
    if match is not None:
        return _months(int(match[1]) * 12, 12)
    match = re.fullmatch(r"q([1-4])[ /](\d{4})", words)
    if match is not None:
        return _months(int(match[2]) * 12 + 3 * (int(match[1]) - 1), 3)
    match = re.fullmatch(r"(\d{4})[-/.](\d{1,2})", words) or re.fullmatch(r"()(\d{1,2})[-/.](\d{4})", words)
    if match is None:
        return None
    year, month = (int(match[1]), int(match[2])) if match[1] else (int(match[3]), int(match[2]))
    if not 1 <= month <= 12:
        raise NotUnderstood(_("A month is a number from 1 to 12."))
    return _months(year * 12 + month - 1, 1)


def _day(words: str, clock: Clock) -> Period | None:
    match = re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", words) or re.fullmatch(r"(\d{4})(\d\d)(\d\d)", words)
    if match is not None:
        return _one_day(int(match[1]), int(match[2]), int(match[3]))
    match = re.fullmatch(r"(\d{1,2})[./-] ?(\d{1,2})[./-] ?(\d{2,4})", words)
    if match is not None:
        return _by_numbers(words, match)
    for pattern, day, month, year in (
        (rf"(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? (\d+))?", 1, 2, 3),
        (rf"{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?(?:,? (\d+))?", 2, 1, 3),
    ):
        match = re.fullmatch(pattern, words)
        if match is not None and match[year]:
            return _one_day(_four_digits(match[year]), _month_index(match[month]) + 1, int(match[day]))
        if match is not None:
            return _latest_day(_month_index(match[month]) + 1, int(match[day]), clock)
    return None


def _by_numbers(words: str, match: re.Match[str]) -> Period:
    """Points mean day, month, year; with strokes it depends on the country."""
    first, second, year = int(match[1]), int(match[2]), _four_digits(match[3])
    if "/" in words and first <= 12 and second <= 12 and first != second:
        ways = f"{year}-{first:02d}-{second:02d}", f"{year}-{second:02d}-{first:02d}"
        raise NotUnderstood(_("Day or month first? Write {one} or {other}.").format(one=ways[0], other=ways[1]))
    return _one_day(year, first, second) if "/" in words and second > 12 else _one_day(year, second, first)


def _latest_day(month: int, day: int, clock: Clock) -> Period:
    """Without a year: the last time that there was this day."""
    for year in range(clock.today.year, clock.today.year - 9, -1):  # a 29 February is up to eight years ago
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= clock.today:
            return _days(found, is_open=found == clock.today)
    raise NotUnderstood(_("There is no {day} {month}.").format(day=day, month=short_month(month)))


def _moment(words: str, clock: Clock) -> Period:
    """A day with a time of it: the minute or the second."""
    match = _TIME.match(words)
    if match is None or not (match["m"] or match["half"]):
        raise NotUnderstood(HELP)
    day = _the_day(match["day"], clock)
    hour, minute, second = int(match["h"]), int(match["m"] or 0), int(match["s"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            raise NotUnderstood(_("An hour with am or pm is from 1 to 12."))
        hour = hour % 12 + 12 * (match["half"] == "pm")
    if hour > 23 or minute > 59 or second > 59:
        raise NotUnderstood(_("There is no {time} o’clock.").format(time=f"{match['h']}:{match['m'] or '00'}"))
    start = datetime.combine(day, datetime.min.time()).replace(hour=hour, minute=minute, second=second)
    length = timedelta(seconds=1) if match["s"] else timedelta(minutes=1) if match["m"] else timedelta(hours=1)
    if match["zone"]:
        start = start.replace(tzinfo=_zone(match["zone"]))
        return Period(start, start + length)
    _refuse_skipped(start, clock)
    return Period(start, start + length)


def _the_day(words: str, clock: Clock) -> date:
    if not words.strip(" ,"):
        return clock.today
    period = period_of(words, clock)
    if period.start.tzinfo is not None or period.end - period.start != timedelta(1):
        raise NotUnderstood(_("A time of day needs one day, such as “2026-03-01 17:42”."))
    return period.start.date()


def _refuse_skipped(wall: datetime, clock: Clock) -> None:
    """In the hour that a change to summer time leaves out, there is nothing."""
    there_and_back = to_utc(wall, clock.zone).astimezone(clock.zone).replace(tzinfo=None)
    if there_and_back != wall:
        raise NotUnderstood(_("The clocks skip {time} on that day.").format(time=f"{wall:%H:%M}"))


def to_utc(moment: datetime, zone: tzinfo | None) -> datetime:
    """An instant in UTC; a time without a zone is meant as the wall in `zone` shows it.

    A time that the clocks skip is the moment in which they do; of one that comes twice it is the first.
    """
    if moment.tzinfo is None and zone is not None:
        moment = moment.replace(tzinfo=zone)
    return moment.astimezone(UTC)  # without a zone: this computer's own


def _zone(words: str) -> timezone:
    if words in {"z", "utc", "gmt"}:
        return UTC
    hours, minutes = int(words[1:3]), int(words[-2:])
    if hours > 14 or minutes > 59:
        raise NotUnderstood(_("There is no time zone {zone}.").format(zone=words))
    away = timedelta(hours=hours, minutes=minutes)
    return timezone(-away if words[0] == "-" else away)


def _days(first: date, number: int = 1, *, is_open: bool = False) -> Period:
    start = datetime.combine(first, datetime.min.time())
    return Period(start, start + timedelta(number), is_open)


def _months(first: int, number: int, *, is_open: bool = False) -> Period:
    """So many months, by their numbers since the year 0."""
    _check_year(first // 12)
    return Period(_first_of(first), _first_of(first + number), is_open)


def _first_of(month: int) -> datetime:
    return datetime(month // 12, month % 12 + 1, 1)  # noqa: DTZ001 - as the wall shows it


def _one_day(year: int, month: int, day: int) -> Period:
    _check_year(year)
    try:
        return _days(date(year, month, day))
    except ValueError:
        raise NotUnderstood(_("There is no day {day}.").format(day=f"{year}-{month:02d}-{day:02d}")) from None


def _day_back(number: int, unit: str, today: date) -> date:
    if unit in {"day", "week"}:
        found = today - timedelta(number * (7 if unit == "week" else 1))
        _check_year(found.year)
        return found
    month = today.year * 12 + today.month - 1 - number * (12 if unit == "year" else 1)
    _check_year(month // 12)
    last = _first_of(month + 1) - timedelta(1)
    return last.date().replace(day=min(today.day, last.day))


def _length(number: int, unit: str) -> timedelta:
    return timedelta(hours=number) if unit == "hour" else timedelta(minutes=number)


def _number(words: str) -> int:
    if words.isdigit():
        return int(words)
    return 1 if words == "an" else max(1, _NUMBERS.index(words))


def _month_index(words: str) -> int:
    return _MONTHS.index(words)


def _four_digits(year: str) -> int:
    if len(year) != 4:
        raise NotUnderstood(_("Write the year with four digits."))
    return int(year)


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotUnderstood(year_problem())


_READERS: tuple[Callable[[str, Clock], Period | None], ...] = (_relative, _weekday, _month, _year, _day)
