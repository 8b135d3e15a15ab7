"""A line to a server that is cut at a chosen place: the server goes on with what it has; its answer is lost."""

from __future__ import annotations

import select
import socket
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

UPLOAD = b"POST /serve/api/v1/upload HTTP"


@dataclass(frozen=True)
class Cut:
    """Where the line of an upload is cut: after so many bytes of the request, or before the answer."""

    after_bytes: int | None = None


class Relay:
    """Passes bytes on. `cuts` are for the next uploads, one each; what comes later goes through."""

    def __init__(self, server_url: str) -> None:
        self.cuts: deque[Cut] = deque()
        self.uploads = 0
        address = urlsplit(server_url)
        self._server = (address.hostname or "", address.port or 80)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._own = f"127.0.0.1:{self._listening.getsockname()[1]}"
        self._threads: list[threading.Thread] = []
        self._clients: list[socket.socket] = []
        self._run(self._accept)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://{self._own}"

    def close(self) -> None:
        """End, with all connections."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._threads.pop(0).join(30)
        self._listening.close()
        for client in self._clients:
            with suppress(OSError):  # it has ended by itself
                client.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(30)

    def _run(self, work: object, *arguments: socket.socket) -> None:
        thread = threading.Thread(target=work, args=arguments)  # type: ignore[arg-type]  # one of the two below
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            self._clients.append(client)
            self._run(self._connect, client)

    def _connect(self, client: socket.socket) -> None:
        with client, socket.create_connection(self._server) as server:
            try:
                self._pass_on(client, server)
            except OSError:  # one of them has gone
                return

    def _pass_on(self, client: socket.socket, server: socket.socket) -> None:
        cut, passed = None, 0
        while True:
            for side in select.select([client, server], [], [])[0]:
                data = side.recv(1 << 16)
                if not data or (side is server and cut is not None):
                    return
                if side is server:
                    client.sendall(data)
                    continue
                if data.startswith(UPLOAD):
                    self.uploads += 1
                    cut, passed = self.cuts.popleft() if self.cuts else None, 0
                passed += len(data)
                server.sendall(data.replace(self._own.encode(), f"{self._server[0]}:{self._server[1]}".encode()))
                if cut is not None and cut.after_bytes is not None and passed >= cut.after_bytes:
                    return


@contextmanager
def relay(server_url: str) -> Iterator[Relay]:
    """A line to the server, for the length of the block."""
    made = Relay(server_url)
    try:
        yield made
    finally:
        made.close()
