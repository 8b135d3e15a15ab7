"""Receiving a multipart request: leftovers are removed, and a full disk gets a clear answer."""

from __future__ import annotations

import errno
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request

from desktop_search.engine.http.envelope import ApiError
from desktop_search.engine.http.multipart import FileRules, Receiver

_DRAIN_S = 20.0
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_ENVELOPE_BYTES = 8 << 20  # what fields and headers may add to the files


class _Body:
    """The body of a request as it arrives, and whether its end has arrived."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._began = self._ended = False

    async def chunks(self) -> AsyncIterator[bytes]:
        """What has not been read yet. Raises ClientDisconnect."""
        while not self._ended:
            self._began = True
            message = await self._request.receive()
            if message["type"] == "http.disconnect":
                self._ended = True
                raise ClientDisconnect
            self._ended = not message.get("more_body", False)
            yield message.get("body", b"")

    async def drain(self) -> None:
        """Read and drop the rest for a while: a client that is still sending would lose the answer to a reset.

        One that waits for leave to send (curl does) gets the answer in its stead.
        """
        if not self._began and self._request.headers.get("expect", "").lower() == "100-continue":
            return
        with anyio.move_on_after(_DRAIN_S):
            async for _ in self.chunks():
                pass


async def drain(request: Request) -> None:
    """Take in a body that nobody wants, so that a client which is still sending gets to read the refusal."""
    with suppress(ClientDisconnect):
        await _Body(request).drain()


@asynccontextmanager
async def received(request: Request, rules: FileRules) -> AsyncIterator[Receiver]:
    """The body's fields and files. Files that were not moved away are gone afterwards, however it ends."""
    receiver = Receiver(request.headers.get("content-type", ""), rules)
    body = _Body(request)
    try:
        _check_length(request, rules)
        await receiver.receive(body.chunks())
        yield receiver
    except ApiError:
        await body.drain()
        raise
    except OSError as error:
        await body.drain()
        raise disk_refusal(error) from error
    finally:
        with anyio.CancelScope(shield=True):
            await run_in_threadpool(receiver.discard)


def _check_length(request: Request, rules: FileRules) -> None:
    """Refuse at once what announces itself as too large: nothing of it is written."""
    announced = request.headers.get("content-length", "0")
    if announced.isdecimal() and int(announced) > rules.size_max_bytes * rules.files_max + _ENVELOPE_BYTES:
        raise ApiError(f"The file is too large; at most {rules.size_max_bytes} bytes are accepted.")


def disk_refusal(error: OSError) -> ApiError:
    """What to tell when the engine cannot write."""
    if error.errno in _NO_ROOM:
        return ApiError("There is no room left on the engine's disk. Free some space and try again.")
    return ApiError(f"The engine could not store the file: {error.strerror or error}.")
