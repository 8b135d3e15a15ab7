"""Amounts, rates and times of transfers in words. Sizes are decimal, as the service and drives count them."""

from __future__ import annotations

import math

from desktop_search.core.language import _, ngettext, number, pgettext

_KILO, _MEGA, _GIGA, _TERA = 10**3, 10**6, 10**9, 10**12
_MINUTE_S, _HOUR_S, _DAY_S = 60, 3600, 86_400


def size_words(size_bytes: float) -> str:
    """ "3.1 GB", "14 MB", "820 kB"."""
    for unit_bytes, words in ((_TERA, _("{size} TB")), (_GIGA, _("{size} GB")), (_MEGA, _("{size} MB"))):
        if size_bytes >= unit_bytes * 0.9995:
            amount = size_bytes / unit_bytes
            return words.format(size=number(amount, 1 if amount < 9.95 else 0))
    return _("{size} kB").format(size=number(math.ceil(size_bytes / _KILO)))


def rate_words(bytes_s: float) -> str:
    """ "14 MB/s"."""
    return _("{size}/s").format(size=size_words(bytes_s))


def left_words(left_s: float) -> str:
    """The time left, as exact as it can be known: "5 s left", "40 s left", "6 min left", "2 h 10 min left"."""
    if left_s < 10:
        return _("a few seconds left")
    if left_s < 55:
        return _("{seconds} s left").format(seconds=math.ceil(left_s / 5) * 5)
    if left_s < _HOUR_S - 150:
        minutes = max(1, round(left_s / _MINUTE_S))
        return _("{minutes} min left").format(minutes=minutes)
    if left_s < _DAY_S:
        hours, minutes = divmod(round(left_s / (5 * _MINUTE_S)) * 5, 60)
        words = _("{hours} h {minutes} min left") if minutes else _("{hours} h left")
        return words.format(hours=hours, minutes=minutes)
    days = round(left_s / _DAY_S)
    return ngettext("{count} day left", "{count} days left", days)


def span_words(start_ms: int | None, end_ms: int | None) -> str:
    """A part of a file by its time: "0:00:00–0:42:10"; "" for the whole."""
    if start_ms is None and end_ms is None:
        return ""
    end = pgettext("of a clip", "end") if end_ms is None else _clock(end_ms)
    return f"{_clock(start_ms or 0)}–{end}"


def _clock(time_ms: int) -> str:
    minutes, seconds = divmod(time_ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"
