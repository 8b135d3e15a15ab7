"""One POST to an address that a client named: no redirects, no proxy, and no way round the check of the address."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from contextlib import suppress
from urllib.parse import SplitResult, quote, urlsplit

from desktop_search.engine.addresses import Refused, connected, places_of

DEADLINE_S = 20.0  # for the whole POST
_CONNECT_S = 5.0
_KEPT = "/%:@!$&'()*+,;=~-._?"  # what stays as it is in a path or query


class Undelivered(Exception):
    """It did not work this time."""


class Poster:
    """Posts JSON. For one thread only, but for `stop`."""

    def __init__(self, *, allow_private: bool, deadline_s: float = DEADLINE_S) -> None:
        self._allow_private, self._deadline_s = allow_private, deadline_s
        self._socket: socket.socket | None = None
        self._stopped = threading.Event()

    def post(self, address: str, body: bytes) -> None:
        """Returns once it was answered with 2xx. Raises Refused or Undelivered, each with a readable cause."""
        end = time.monotonic() + self._deadline_s
        guard = threading.Timer(self._deadline_s, self._abort)
        guard.daemon = True
        guard.start()
        try:
            status = self._status(address, body, end)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Undelivered(str(error) or type(error).__name__) from error
        finally:
            guard.cancel()
            guard.join()
            if self._socket is not None:
                self._socket.close()
                self._socket = None
        if not 200 <= status < 300:
            raise Undelivered(f"answered with HTTP {status}")

    def stop(self) -> None:
        """Break off what is being posted, and post nothing any more."""
        self._stopped.set()
        self._abort()

    def _status(self, address: str, body: bytes, end: float) -> int:
        parts, host, port = split_address(address)
        places = places_of(host, port, allow_private=self._allow_private)
        pinned = connected(places, _CONNECT_S, end=end, stopped=self._stopped.is_set)
        self._socket = pinned
        pinned.settimeout(max(0.1, end - time.monotonic()))
        connection = http.client.HTTPConnection(host, port)
        if parts.scheme == "https":
            connection = http.client.HTTPSConnection(host, port)
            wrapped = ssl.create_default_context().wrap_socket(
                pinned, server_hostname=host, do_handshake_on_connect=False
            )
            self._socket = pinned = wrapped
            wrapped.do_handshake()
        connection.sock = pinned  # the address that was checked; the name is not looked up again
        if self._stopped.is_set():
            raise Undelivered("the engine is shutting down")
        target = quote(parts.path or "/", safe=_KEPT) + (f"?{quote(parts.query, safe=_KEPT)}" if parts.query else "")
        connection.request("POST", target, body, {"Content-Type": "application/json", "Connection": "close"})
        with connection.getresponse() as answer:
            return answer.status

    def _abort(self) -> None:
        """Let every wait on the connection end now."""
        current = self._socket
        if current is not None:
            with suppress(OSError):
                socket.socket.shutdown(current, socket.SHUT_RDWR)


def split_address(address: str) -> tuple[SplitResult, str, int]:
    """Its parts, the host in ASCII, and the port. Raises Refused for what is not an http or https address."""
    try:
        parts = urlsplit(address)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError:
        raise Refused("it is not an address") from None
    if parts.scheme not in ("http", "https") or not host:
        raise Refused("it is not an http or https address")
    if "@" in parts.netloc:
        raise Refused("it holds a user name")
    return parts, host, port
