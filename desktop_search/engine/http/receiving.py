"""Receiving a multipart request: leftovers are removed, and a full disk gets a clear answer."""

from __future__ import annotations

import errno
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from desktop_search.engine.http.envelope import ApiError
from desktop_search.engine.http.multipart import FileRules, Receiver

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_ENVELOPE_BYTES = 8 << 20  # what fields and headers may add to the files


@asynccontextmanager
async def received(request: Request, rules: FileRules) -> AsyncIterator[Receiver]:
    """The body's fields and files. Files that were not moved away are gone afterwards, however it ends."""
    _check_length(request, rules)
    receiver = Receiver(request.headers.get("content-type", ""), rules)
    try:
        await receiver.receive(request.stream())
        yield receiver
    except OSError as error:
        raise disk_refusal(error) from error
    finally:
        with anyio.CancelScope(shield=True):
            await run_in_threadpool(receiver.discard)


def _check_length(request: Request, rules: FileRules) -> None:
    """Refuse at once what announces itself as too large: nobody should send 4 GB to learn it."""
    announced = request.headers.get("content-length", "0")
    if announced.isdecimal() and int(announced) > rules.size_max_bytes * rules.files_max + _ENVELOPE_BYTES:
        raise ApiError(f"The file is too large; at most {rules.size_max_bytes} bytes are accepted.")


def disk_refusal(error: OSError) -> ApiError:
    """What to tell when the engine cannot write."""
    if error.errno in _NO_ROOM:
        return ApiError("There is no room left on the engine's disk. Free some space and try again.")
    return ApiError(f"The engine could not store the file: {error.strerror or error}.")
