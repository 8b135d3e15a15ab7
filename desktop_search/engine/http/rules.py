"""Rules of single values, the same wherever they come from: times, places, lengths (contract §5.1, §7.1, §12.2)."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

from desktop_search.core.query import place_problems
from desktop_search.engine.http.envelope import NOT_READABLE, ApiError
from desktop_search.engine.store.rows import FAILED, PARSE, UNPARSE

_TAKEN = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}", re.ASCII)
STATUSES = {"PARSE": PARSE, "UNPARSE": UNPARSE, "FAILED": FAILED, "FAIL": FAILED, "PARSE_ERROR": FAILED}


def readable(name: str, text: str) -> str:
    """The text itself; refuses half characters, which no answer could carry."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ApiError(f"The {name} parameter is not valid Unicode.", NOT_READABLE) from None
    return text


def taken_ms(text: str) -> int:
    """The UTC instant, in milliseconds, of a wall time `yyyy-MM-dd HH:mm:ss`."""
    try:
        if not _TAKEN.fullmatch(text):
            raise ValueError(text)
        moment = datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        raise ApiError("The datetime_taken parameter must look like 2026-03-14 09:20:00.") from None
    return int(moment.timestamp()) * 1000


def check_place(latitude: float | None, longitude: float | None) -> None:
    """Both or neither, within the globe."""
    if (latitude is None) != (longitude is None):
        raise ApiError("The latitude and longitude parameters must be given together.")
    for name, value in (("latitude", latitude), ("longitude", longitude)):
        if value is not None and not math.isfinite(value):
            raise ApiError(f"The {name} parameter must be a finite number.")
    for name, problem in place_problems(latitude, longitude).items():
        raise ApiError(f"The {name} parameter is out of range. {problem}")


def web_address(name: str, text: str, limit: int) -> str:
    """The text itself, if it is "" or an http or https address that is not too long."""
    try:
        parts = urlsplit(at_most(name, text, limit))
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        good = False
    if text and not good:
        raise ApiError(f"The {name} parameter must be an http or https address.")
    return text


def at_most(name: str, text: str, limit: int) -> str:
    """The text itself, if it is not too long."""
    if len(text) > limit:
        raise ApiError(f"The {name} parameter must not be longer than {limit} characters.")
    return text


def within(name: str, value: int, low: int, high: int | None) -> int:
    """The number itself, if it is in range."""
    if value < low or (high is not None and value > high):
        upper = "" if high is None else f" and {high}"
        raise ApiError(f"The {name} parameter must be {'between' if upper else 'at least'} {low}{upper}.")
    return value
