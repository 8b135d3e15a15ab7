"""A real HTTP server on the loopback that answers as it is told, well or badly, and remembers what it was asked."""

from __future__ import annotations

import json
import socket
import ssl
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import parse_qsl, urlsplit

from desktop_search.core.token import CancelToken

DEADLINE_S = 20.0


@dataclass(frozen=True)
class Seen:
    """One request as it arrived."""

    method: str
    target: str
    headers: Message
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path.removeprefix("/serve/api/v1")

    @property
    def query(self) -> list[tuple[str, str]]:
        return parse_qsl(urlsplit(self.target).query)

    @property
    def form(self) -> list[tuple[str, str]]:
        return parse_qsl(self.body.decode())

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def parts(self) -> list[Message]:
        """The parts of a multipart body, read by Python's own parser."""
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        return cast("list[Message]", BytesParser(policy=HTTP).parsebytes(head + self.body).get_payload())


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = DEADLINE_S
    disable_nagle_algorithm = True  # what was said before a reset must have gone out

    @property
    def owner(self) -> FaultServer:
        return cast("_Server", self.server).owner

    def handle_one_request(self) -> None:
        if self.owner.before_request is None:
            super().handle_one_request()
            return
        self.close_connection = True
        self.owner.before_request(self)

    def _serve(self) -> None:
        if self.owner.before_body is not None:
            self.owner.before_body(self)
            return
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.owner.seen.append(Seen(self.command, self.path, self.headers, body))
        behaviours = self.owner.behaviours
        (behaviours.pop(0) if len(behaviours) > 1 else behaviours[0])(self)

    do_GET = do_POST = _serve  # noqa: N815 - the base class looks for these names

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        pass

    def cut(self) -> None:
        """End the connection with a reset, at once."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        socket.close(self.connection.detach())


Behaviour = Callable[[Handler], None]


def cancel_on_arrival(server: FaultServer, token: CancelToken) -> None:
    """Cancel the token as soon as the server says that it has what it stalls on."""

    def wait_and_cancel() -> None:
        server.arrived.wait(DEADLINE_S)
        token.cancel()

    threading.Thread(target=wait_and_cancel, daemon=True).start()


class _Server(ThreadingHTTPServer):
    owner: FaultServer
    daemon_threads = False

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        if self.owner.tls is not None:
            connection = self.owner.tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        self.owner.connections.append(connection)
        return connection, address

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # clients that leave are what these tests are about


@dataclass
class FaultServer:
    """`behaviours` are used one after the other; the last one stays. `release` frees those that stall.

    `before_request` takes the place of everything, `before_body` that of what comes after a request's head.
    With a `tls` context it is an https server.
    """

    behaviours: list[Behaviour]
    tls: ssl.SSLContext | None = None
    before_request: Behaviour | None = None
    before_body: Behaviour | None = None
    seen: list[Seen] = field(default_factory=list)
    connections: list[socket.socket] = field(default_factory=list)
    release: threading.Event = field(default_factory=threading.Event)
    arrived: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._server = _Server(("127.0.0.1", 0), Handler)
        self._server.owner = self
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    @property
    def url(self) -> str:
        scheme = "https" if self.tls else "http"
        return f"{scheme}://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self.release.set()
        for connection in self.connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def gives(body: bytes, *, status: int = 200, content_type: str = "application/json", **headers: str) -> Behaviour:
    """A whole answer."""

    def behave(handler: Handler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", content_type)
        handler.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return behave


def envelope(data: object, code: object = "0000", msg: object = "success", **more: Any) -> Behaviour:
    """An answer in the contract's envelope."""
    body = {"code": code, "msg": msg, "data": data, "success": code == "0000", "failed": code != "0000"}
    return gives(json.dumps(body).encode(), **more)


def raw_answer(body: bytes, content_type: str = "application/json") -> bytes:
    """A whole answer as it goes over the line."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def takes_and_resets(count: int) -> Behaviour:
    """Reads `count` bytes of whatever is left of the request, then resets. For `before_request` or `before_body`."""

    def behave(handler: Handler) -> None:
        handler.rfile.read(count)
        handler.cut()

    return behave


def takes_and_stalls(count: int) -> Behaviour:
    """Reads `count` bytes of whatever is left of the request, then nothing more, and says nothing."""

    def behave(handler: Handler) -> None:
        handler.rfile.read(count)
        stalls()(handler)

    return behave


def says_and_resets(words: bytes) -> Behaviour:
    """Says `words`, the beginning of an answer, then resets."""

    def behave(handler: Handler) -> None:
        handler.wfile.write(words)
        handler.cut()

    return behave


def drips(words: bytes, pieces: int = 30) -> Behaviour:
    """Says `words` in so many pieces, with a short wait after each."""

    def behave(handler: Handler) -> None:
        size = max(1, -(-len(words) // pieces))
        for start in range(0, len(words), size):
            handler.wfile.write(words[start : start + size])
            handler.owner.release.wait(0.01)

    return behave


def resets(after: bytes = b"") -> Behaviour:
    """The head and some of the body, then a reset."""

    def behave(handler: Handler) -> None:
        if after:
            handler.wfile.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n" + after
            )
        handler.cut()

    return behave


def stalls(after: bytes = b"") -> Behaviour:
    """Says `after`, then nothing until the server is closed or released."""

    def behave(handler: Handler) -> None:
        handler.wfile.write(after)
        handler.owner.arrived.set()
        handler.owner.release.wait(DEADLINE_S)
        handler.close_connection = True

    return behave
