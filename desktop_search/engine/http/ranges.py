"""Files as answers, whole or one stretch of bytes of them (RFC 9110 §14), whatever the method that asked."""

from __future__ import annotations

import os
import re

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import FileResponse
from starlette.types import Receive, Scope, Send

from desktop_search.engine.http.envelope import ApiError, failure

_ONE_RANGE = re.compile(r"bytes=\s*(?:(\d{1,18})\s*-\s*(\d{0,18})|-\s*(\d{1,18}))\s*", re.ASCII | re.IGNORECASE)


class NoSuchRange(Exception):
    """The stretch begins behind the end of the file, or is empty."""


def asked_range(header: str | None, size_bytes: int) -> tuple[int, int] | None:
    """First and last byte of the one range a header asks for; `None` to send all.

    What is not a single range of bytes is passed over, as the standard allows. Raises NoSuchRange.
    """
    match = _ONE_RANGE.fullmatch(header or "")
    if match is None:
        return None
    first, last, suffix = match.groups()
    if suffix is not None:
        first_byte, last_byte = max(size_bytes - int(suffix), 0), size_bytes - 1
    else:
        first_byte, last_byte = int(first), size_bytes - 1
        if last:
            if int(last) < first_byte:
                return None
            last_byte = min(int(last), last_byte)
    if first_byte > last_byte:
        raise NoSuchRange
    return first_byte, last_byte


class RangedFile(FileResponse):
    """A file with `Accept-Ranges`: 200, 206 for one range, 416 in the envelope where the file has no such bytes."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file, or the envelope when it went away."""
        try:
            size_bytes = (await run_in_threadpool(os.stat, self.path)).st_size
        except OSError:
            await failure(ApiError("Resource does not exist"))(scope, receive, send)
            return
        headers = Headers(scope=scope)
        try:
            chosen = None if "if-range" in headers else asked_range(headers.get("range"), size_bytes)
        except NoSuchRange:
            refusal = failure(ApiError(f"The file has {size_bytes} bytes; the range lies outside.", http_status=416))
            refusal.headers["Content-Range"] = f"bytes */{size_bytes}"
            await refusal(scope, receive, send)
            return
        await super().__call__(_with_range(scope, chosen), receive, send)


def _with_range(scope: Scope, chosen: tuple[int, int] | None) -> Scope:
    """The request as the base class understands it: it takes ranges with GET alone, and refuses odd ones."""
    kept = [(name, value) for name, value in scope["headers"] if name not in (b"range", b"if-range")]
    if chosen is None:
        return {**scope, "headers": kept}
    kept.append((b"range", f"bytes={chosen[0]}-{chosen[1]}".encode()))
    return {**scope, "method": "HEAD" if scope["method"] == "HEAD" else "GET", "headers": kept}
