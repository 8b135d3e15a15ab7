"""Running the HTTP server on a socket of our own, and ending it in time."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator

import uvicorn
from starlette.types import ASGIApp

from desktop_search.engine.problems import StartProblem
from desktop_search.engine.tls import Tls

_LAST_ANSWERS_S = 3
_PATIENCE_S = 15.0
_KEEP_ALIVE_S = 75  # longer than clients keep idle connections: none should meet one that just closed


class Server(uvicorn.Server):
    """Says when it answers, and takes SIGTERM and SIGINT as a wish to end, not as a failure."""

    def __init__(
        self, app: ASGIApp, *, on_ready: Callable[[], None], on_end: Callable[[], None], tls: Tls | None = None
    ) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                lifespan="off",
                ws="none",
                timeout_keep_alive=_KEEP_ALIVE_S,
                timeout_graceful_shutdown=_LAST_ANSWERS_S,
                ssl_certfile=str(tls.certificate) if tls else None,
                ssl_keyfile=str(tls.key) if tls else None,
            )
        )
        self._on_ready, self._on_end = on_ready, on_end

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, and say so."""
        await super().startup(sockets)
        if self.started:
            self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let running answers finish, but not for ever."""
        self._on_end()
        _end_for_sure()
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Until the process ends: uvicorn's own would raise the signal again after a clean end."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.handle_exit)
        yield

    def end(self) -> None:
        """Ask the server to end. Safe from any thread."""
        self.should_exit = True


def bound_socket(host: str, port: int) -> socket.socket:
    """A socket bound to the address. Raises StartProblem."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
    except (OSError, OverflowError) as error:
        bound.close()
        raise StartProblem(f"Cannot listen on {host}:{port}: {error}") from None
    return bound


def _end_for_sure() -> None:
    """From now on the process ends within seconds even if a thread hangs in a call that cannot be interrupted."""

    def force() -> None:
        threading.Event().wait(_PATIENCE_S)
        os._exit(1)

    threading.Thread(target=force, name="patience", daemon=True).start()
