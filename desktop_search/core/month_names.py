"""The names of months and days in the user's language."""

from __future__ import annotations

from datetime import date

from desktop_search.core.language import _, pgettext

MONTHS = (
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    pgettext("month", "May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
)
SHORT_MONTHS = (
    pgettext("short", "Jan"),
    pgettext("short", "Feb"),
    pgettext("short", "Mar"),
    pgettext("short", "Apr"),
    pgettext("short", "May"),
    pgettext("short", "Jun"),
    pgettext("short", "Jul"),
    pgettext("short", "Aug"),
    pgettext("short", "Sep"),
    pgettext("short", "Oct"),
    pgettext("short", "Nov"),
    pgettext("short", "Dec"),
)
SHORT_WEEKDAYS = (
    pgettext("short", "Mon"),
    pgettext("short", "Tue"),
    pgettext("short", "Wed"),
    pgettext("short", "Thu"),
    pgettext("short", "Fri"),
    pgettext("short", "Sat"),
    pgettext("short", "Sun"),
)


def day_name(day: date, year: bool = True) -> str:
    """Such as "4 November 2026", or "4 November"."""
    if not year:
        return _("{day} {month}").format(day=day.day, month=MONTHS[day.month - 1])
    return _("{day} {month} {year}").format(day=day.day, month=MONTHS[day.month - 1], year=day.year)
