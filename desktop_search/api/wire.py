"""Single values of an answer, read with patience: numbers may be text; unknown is null, "null", "" or no key at all."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

_UNKNOWN = frozenset({"", "null"})
Row = Mapping[str, Any]


def text(row: Row, *names: str) -> str:
    """The first of `names` that holds text or a number, as text; "" when none does."""
    for name in names:
        value = row.get(name)
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            continue
        if str(value).strip() not in _UNKNOWN:
            # A lone surrogate can be written in JSON, but neither be stored nor shown.
            return str(value).encode("utf-8", "replace").decode("utf-8")
    return ""


def number(row: Row, *names: str) -> float | None:
    """The first of `names` that holds a finite number, also one written as text; `None` when none does."""
    for name in names:
        value = row.get(name)
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            continue
        try:
            read = float(value)
        except (ValueError, OverflowError):
            continue
        if math.isfinite(read):
            return read
    return None


def whole(row: Row, *names: str) -> int | None:
    """As `number`, but whole and exact also above 2^53, as ids and byte counts are."""
    for name in names:
        value = row.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if isinstance(value, str) and value.strip().removeprefix("-").isdecimal() and len(value) < 30:
            return int(value)
        read = number(row, name)
        if read is not None:
            return int(read)
    return None


def count(row: Row, *names: str) -> int | None:
    """A whole number that cannot be negative, such as a size; `None` when unknown."""
    value = whole(row, *names)
    return value if value is not None and value >= 0 else None


def time_ms(row: Row, exact: str, *seconds: str) -> int | None:
    """A time from the start of a video in milliseconds: from `exact` (already in ms), else from `seconds`.

    Never negative; `None` when unknown.
    """
    value = whole(row, exact)
    if value is None:
        read = number(row, *seconds)
        value = None if read is None else round(read * 1000)
    return None if value is None else max(0, value)


def rows(data: object, *names: str) -> Iterator[Row]:
    """The objects of a list, or of the list below the first of `names` in an object. What is no object is left out."""
    if isinstance(data, Mapping):
        data = next((data[name] for name in names if isinstance(data.get(name), list)), [])
    if isinstance(data, list):
        yield from (each for each in data if isinstance(each, Mapping))
