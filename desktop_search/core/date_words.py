"""Days as they are written in the user's language."""

from __future__ import annotations

from datetime import date

from desktop_search.core.language import _, pgettext

_MONTHS = (
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    pgettext("the whole month", "May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
)
_SHORT = (
    _("Jan"),
    _("Feb"),
    _("Mar"),
    _("Apr"),
    pgettext("the month, short", "May"),
    _("Jun"),
    _("Jul"),
    _("Aug"),
    _("Sep"),
    _("Oct"),
    _("Nov"),
    _("Dec"),
)
_WEEKDAYS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))


def month_words(month: date, *, short: bool = False) -> str:
    """ "November 2026", or "Nov 2026"."""
    names = _SHORT if short else _MONTHS
    return _("{month} {year}").format(month=names[month.month - 1], year=month.year)


def short_month(number: int) -> str:
    """The month from 1 to 12: "Oct"."""
    return _SHORT[number - 1]


def day_words(day: date, *, year: bool = True) -> str:
    """ "1 Oct 2026", or "1 Oct" without the year."""
    return _day(day.day, _SHORT[day.month - 1], day.year if year else None)


def long_day_words(day: date, *, year: bool = True) -> str:
    """ "1 October 2026", or "1 October" without the year."""
    return _day(day.day, _MONTHS[day.month - 1], day.year if year else None)


def weekday_words(day: date, *, year: bool = True) -> str:
    """ "Fri 4 Dec 2026", or "Fri 4 Dec" without the year."""
    return _("{weekday} {day}").format(weekday=_WEEKDAYS[day.weekday()], day=day_words(day, year=year))


def _day(day: int, month: str, year: int | None) -> str:
    if year is None:
        return _("{day} {month}").format(day=day, month=month)
    return _("{day} {month} {year}").format(day=day, month=month, year=year)
