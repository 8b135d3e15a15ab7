"""Connections that send a file as fast as the other side takes it, and know how much of it has arrived there."""

from __future__ import annotations

import select
import socket
import ssl
import sys
import time
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util import wait_for_read

from desktop_search.api.body import MultipartBody

if sys.platform == "linux":
    import fcntl
    import termios

_TICK_S = 0.25  # how often a sending that waits looks whether it was cancelled
_REPORT_S = 0.05
_DRAIN_TICK_S = 0.02


class _Connection(HTTPConnection):
    _cut_short = False  # a body was begun and not sent to its end

    def request(
        self,
        method: str,
        url: str,
        body: Any = None,  # noqa: ANN401 - whatever the HTTP library takes
        headers: Any = None,  # noqa: ANN401 - passed on
        **options: Any,  # noqa: ANN401 - passed on
    ) -> None:
        """Send a request; the body of an upload in our own way."""
        upload = body if isinstance(body, MultipartBody) else None
        self._cut_short = upload is not None
        super().request(method, url, body if upload is None else None, headers, **options)
        if upload is not None:
            self._cut_short = not send_body(self.sock, upload)

    def getresponse(self) -> Any:  # noqa: ANN401 - the HTTP library's
        """The answer. What comes after a body that was cut short cannot be told from its rest: the connection ends."""
        response = super().getresponse()
        if self._cut_short and self.sock is not None:
            self.sock.close()  # the answer, which is still to be read, holds on to it by itself
            self.sock = None
        return response


class _SecureConnection(_Connection, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


POOLS = {"http": _Pool, "https": _SecurePool}


def send_body(sock: Any, body: MultipartBody) -> bool:  # noqa: ANN401 - a socket, with TLS or without
    """Send the body, and wait until it is acknowledged. `False` when the answer came before the body's end.

    Raises what the body raises, `TimeoutError` when the other side takes nothing for `body.stall_s`, `OSError` when the
    connection ends: the answer may be there all the same.
    """
    line, timeout_s = _Line(sock, body), sock.gettimeout()
    # TLS inside TLS, as through a proxy that speaks it too, cannot take up again what a time-out interrupted.
    sock.settimeout(min(_TICK_S, body.stall_s) if isinstance(sock, socket.socket) else body.stall_s)
    try:
        for piece in body:
            if line.is_answered():
                return False
            line.send(piece)
        line.drain()
    finally:
        sock.settimeout(timeout_s)
    return True


class _Line:
    def __init__(self, sock: Any, body: MultipartBody) -> None:  # noqa: ANN401 - a socket, with TLS or without
        self._sock, self._body = sock, body
        self._plain = isinstance(sock, socket.socket) and not isinstance(sock, ssl.SSLSocket)
        self._reported_at = 0.0

    def is_answered(self) -> bool:
        """Whether the other side has begun to speak. Under TLS it does so for reasons of its own: nobody can tell."""
        return self._plain and wait_for_read(self._sock, 0)

    def send(self, piece: memoryview) -> None:
        """Hand over the whole piece, no faster than the throttle lets it."""
        throttle = self._body.throttle
        while piece:
            allowed = len(piece) if throttle is None else throttle(len(piece), self._body.token)
            part, piece = piece[:allowed], piece[allowed:]
            while part:
                part = part[self._some(part) :]

    def drain(self) -> None:
        """Wait until all is acknowledged, the answer comes, or nothing moves any more."""
        least, moved_at = sys.maxsize, time.monotonic()
        while (left := _unacknowledged(self._sock)) and time.monotonic() - moved_at < self._body.stall_s:
            self._body.token.check()
            self._body.acknowledge(left)
            if left < least:
                least, moved_at = left, time.monotonic()
            if self._ends_waiting():
                break
        self._body.acknowledge(0)

    def _some(self, part: memoryview) -> int:
        began = time.monotonic()
        while True:
            try:
                sent = int(self._sock.send(part))
                break
            except TimeoutError:
                self._body.token.check()
                self._report()
                if time.monotonic() - began >= self._body.stall_s:
                    raise
            except ssl.SSLEOFError:  # the connection has ended; perhaps an answer came before
                raise BrokenPipeError from None
        self._body.hand_over(sent)
        self._report()
        return sent

    def _report(self) -> None:
        now = time.monotonic()
        if now - self._reported_at >= _REPORT_S:
            self._reported_at = now
            self._body.acknowledge(_unacknowledged(self._sock))

    def _ends_waiting(self) -> bool:
        """Wait a moment; whether something came meanwhile, be it the answer or the end of the connection."""
        poll = select.poll()
        poll.register(self._sock, select.POLLIN if self._plain else 0)
        return bool(poll.poll(_DRAIN_TICK_S * 1000))


def _unacknowledged(sock: Any) -> int:  # noqa: ANN401 - a socket, with TLS or without
    """How many bytes the system still keeps until the other side acknowledges them; 0 where it does not say."""
    if sys.platform != "linux":
        return 0
    return int.from_bytes(fcntl.ioctl(sock.fileno(), termios.TIOCOUTQ, bytes(4)), sys.byteorder)
