"""Fetching a file from an http(s) address to disk: by no way into this computer or its network, unless allowed."""

from __future__ import annotations

import http.client
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from desktop_search.engine.addresses import Refused, connected, places_of
from desktop_search.engine.http.envelope import ApiError
from desktop_search.engine.http.receiving import disk_refusal

SIZE_MAX_BYTES = 1 << 30
_CHUNK_BYTES = 1 << 20
_TIMEOUT_S = 30.0
_TOO_LARGE = "The file at that address is too large; at most 1 GB is accepted."


class _HttpOnly(urllib.request.HTTPRedirectHandler):
    """Follows redirects, but never away from http and https."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        if not newurl.lower().startswith(("http://", "https://")):
            raise ApiError("The address leads away from http and https.")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _Connection(http.client.HTTPConnection):
    """Goes to a public address alone, whatever the name; every redirect makes another."""

    def connect(self) -> None:
        """Connect to an address that was checked."""
        self.sock = _connected(self.host, self.port, self.timeout)


class _SafeConnection(http.client.HTTPSConnection):
    """The same, encrypted."""

    def connect(self) -> None:
        """Connect to an address that was checked."""
        plain = _connected(self.host, self.port, self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)


def _connected(host: str, port: int, timeout_s: float | None) -> socket.socket:
    return connected(places_of(host, port, allow_private=False), timeout_s or _TIMEOUT_S)


class _Http(urllib.request.AbstractHTTPHandler):
    """Makes the connections above."""

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        """Open an http address."""
        return self.do_open(_Connection, req)

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        """Open an https address."""
        return self.do_open(_SafeConnection, req)

    http_request = https_request = urllib.request.AbstractHTTPHandler.do_request_


@dataclass(frozen=True, slots=True)
class Manners:
    """How addresses are fetched.

    Attributes:
        allow_private: connect to whatever there is, by the system's proxy if it has one.
        stopped: whether to give up.
        size_max_bytes: of all that is written.
    """

    allow_private: bool
    stopped: Callable[[], bool]
    size_max_bytes: int = SIZE_MAX_BYTES


def fetch(address: str, target: Path, manners: Manners) -> None:
    """Write what is at the address to `target`, which the caller removes. Raises ApiError with a readable cause."""
    with opened(address, manners) as answer, created(target) as file:
        copy(answer, file, manners, begun_bytes=0)


@contextmanager
def opened(address: str, manners: Manners) -> Iterator[http.client.HTTPResponse]:
    """What is at the address. Raises ApiError, also for what breaks while it is read."""
    opener = urllib.request.OpenerDirector()
    unchecked = (urllib.request.ProxyHandler(), urllib.request.HTTPHandler(), urllib.request.HTTPSHandler())
    for handler in (
        *(unchecked if manners.allow_private else (_Http(),)),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
        _HttpOnly(),
    ):
        opener.add_handler(handler)
    try:
        with opener.open(urllib.request.Request(address), timeout=_TIMEOUT_S) as answer:  # noqa: S310 - http(s) only
            if answer.headers.get("content-type", "").strip().lower().startswith("text/html"):
                raise ApiError("There is a page at that address, not a video file.")
            yield answer
    except Refused as refusal:
        raise ApiError(
            f"The address leads into the engine's own network, where nothing is fetched: {refusal}."
        ) from None
    except urllib.error.HTTPError as error:
        error.close()
        raise ApiError(f"The address answered with HTTP {error.code}.") from None
    except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise ApiError(f"The address could not be fetched: {reason}.") from None


def copy(source: http.client.HTTPResponse, file: BinaryIO, manners: Manners, *, begun_bytes: int) -> int:
    """Append a whole answer to a file that holds so many bytes already; how many it holds then. Raises ApiError."""
    announced = source.headers.get("content-length", "")
    promised = int(announced) if announced.isdecimal() else None
    total = begun_bytes
    if total + (promised or 0) > manners.size_max_bytes:
        raise ApiError(_TOO_LARGE)
    while chunk := source.read(_CHUNK_BYTES):
        total += len(chunk)
        if total > manners.size_max_bytes:
            raise ApiError(_TOO_LARGE)
        if manners.stopped():
            raise ApiError("The engine is shutting down.")
        try:
            file.write(chunk)
            file.flush()
        except OSError as error:
            raise disk_refusal(error) from error
    if promised is not None and total - begun_bytes < promised:
        raise ApiError("The connection broke before the whole file was fetched.")
    if total == begun_bytes:
        raise ApiError("There is an empty file at that address.")
    return total


@contextmanager
def created(target: Path) -> Iterator[BinaryIO]:
    """A new file, open for writing. Raises ApiError."""
    try:
        file = target.open("xb")
    except OSError as error:
        raise disk_refusal(error) from error
    with file:
        yield file
