"""Values that arrive as text: query strings, url-encoded forms, form fields of multipart bodies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl

from starlette.requests import Request

from desktop_search.engine.http import rules
from desktop_search.engine.http.envelope import NOT_READABLE, ApiError
from desktop_search.engine.http.json_fields import read_body

_FORM = "application/x-www-form-urlencoded"
_INDEXED = re.compile(r"\[\d*\]$", re.ASCII)
_FIELDS_MAX = 500
_INT64 = 1 << 63


class TextFields:
    """Named texts, a name possibly several times. A field given twice counts once, the first time."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.pairs = [(name, rules.readable(name, value)) for name, value in pairs]

    def text(self, name: str) -> str | None:
        """The first value of that name."""
        return next((value for key, value in self.pairs if key == name), None)

    def texts(self, name: str) -> list[str]:
        """All values of `name`, `name[]` and `name[0]`, in order; one value alone may list several, by commas."""
        values = [value for key, value in self.pairs if _INDEXED.sub("", key) == name]
        if len(values) == 1:
            values = values[0].split(",")
        return [value.strip() for value in values if value.strip()]

    def integer(self, name: str) -> int | None:
        """A whole number."""
        value = self.text(name)
        if value is None:
            return None
        if not re.fullmatch(r"[+-]?\d{1,19}", value, re.ASCII) or not -_INT64 <= int(value) < _INT64:
            raise ApiError(f"The {name} parameter must be an integer.", NOT_READABLE)
        return int(value)

    def number(self, name: str) -> float | None:
        """A decimal number."""
        value = self.text(name)
        if value is None:
            return None
        if not re.fullmatch(r"[+-]?(\d{1,40}\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", value.strip(), re.ASCII):
            raise ApiError(f"The {name} parameter must be a number.", NOT_READABLE)
        return float(value)

    def flag(self, name: str, default: bool) -> bool:
        """`true` or `false`, whatever the case; Python clients write `True`."""
        value = self.text(name)
        if value is None:
            return default
        if value.lower() not in ("true", "false"):
            raise ApiError(f"The {name} parameter must be true or false.", NOT_READABLE)
        return value.lower() == "true"


def query_fields(request: Request) -> TextFields:
    """The query string."""
    return TextFields(request.query_params.multi_items())


def is_form(request: Request) -> bool:
    """Whether the body says that it is a url-encoded form."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower() == _FORM


async def read_form(request: Request) -> TextFields:
    """The url-encoded form in the body."""
    body = await read_body(request)
    try:
        text = body.decode("ascii")
        return TextFields(parse_qsl(text, keep_blank_values=True, max_num_fields=_FIELDS_MAX, errors="strict"))
    except ValueError:
        raise ApiError("The form in the request body cannot be read.", NOT_READABLE) from None
