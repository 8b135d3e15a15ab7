"""JSON request bodies: bounded, and read value by value with the strictness of the contract."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from starlette.requests import Request

from desktop_search.engine.http import rules
from desktop_search.engine.http.envelope import NOT_READABLE, ApiError

BODY_MAX_BYTES = 1 << 20
_INT64 = 1 << 63


async def read_body(request: Request, limit: int = BODY_MAX_BYTES) -> bytes:
    """The whole body; refused while it streams once it is larger than `limit` bytes."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise ApiError(f"The request body is larger than {limit} bytes.")
    return bytes(body)


async def read_json(request: Request, *, lenient: bool) -> Any:  # noqa: ANN401 - any JSON value
    """The JSON value of the body. Outside lenient mode the content type must say that it is JSON."""
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type != "application/json" and not lenient:
        raise ApiError(f"Content-Type '{content_type}' is not supported; send application/json.")
    body = await read_body(request)
    try:
        return json.loads(body, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise ApiError("JSON parse error: the request body is not valid JSON.", NOT_READABLE) from None


def _no_constant(word: str) -> NoReturn:
    raise ValueError(word)


class JsonFields:
    """A JSON object. `null` means the same as a missing key. In lenient mode numbers may be written as text."""

    def __init__(self, value: object, *, lenient: bool) -> None:
        if not isinstance(value, dict):
            raise _unreadable("The request body", "an object")
        self._values: dict[str, Any] = value
        self._lenient = lenient

    def text(self, name: str) -> str | None:
        """A string."""
        value = self._values.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            raise _unreadable(name, "a string")
        return rules.readable(name, value)

    def word(self, name: str) -> str | None:
        """A string, or a whole number by its digits."""
        value = self._values.get(name)
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else self.text(name)

    def texts(self, name: str) -> list[str] | None:
        """An array of strings; in lenient mode also one string alone."""
        value = self._values.get(name)
        if self._lenient and isinstance(value, str):
            value = [value]
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise _unreadable(name, "an array of strings")
        return [rules.readable(name, each) for each in value]

    def integer(self, name: str) -> int | None:
        """A whole number of 64 bits."""
        value = self._values.get(name)
        if self._lenient and isinstance(value, str) and value.strip().lstrip("-").isdecimal():
            value = int(value.strip()[:20])
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not -_INT64 <= value < _INT64:
            raise _unreadable(name, "an integer")
        return value

    def number(self, name: str) -> float | None:
        """A number."""
        value = self._values.get(name)
        if self._lenient and isinstance(value, str):
            try:
                value = float(value)
            except ValueError:
                raise _unreadable(name, "a number") from None
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _unreadable(name, "a number")
        try:
            return float(value)
        except OverflowError:
            raise _unreadable(name, "a number") from None

    def flag(self, name: str) -> bool | None:
        """True or false."""
        value = self._values.get(name)
        if value is not None and not isinstance(value, bool):
            raise _unreadable(name, "true or false")
        return value

    def choice(self, name: str, accepted: tuple[str, ...]) -> str | None:
        """One of a few words, exactly as they are written."""
        value = self.text(name)
        if value is not None and value not in accepted:
            listed = ", ".join(accepted)
            message = f"JSON parse error: {name} is not one of the values accepted: [{listed}]"
            raise ApiError(message, NOT_READABLE)
        return value


def _unreadable(name: str, wanted: str) -> ApiError:
    return ApiError(f"JSON parse error: {name} must be {wanted}.", NOT_READABLE)
