"""`python -m tests.benchmarks.sink`: the engine's HTTP server with nothing behind it.

It takes multipart bodies apart with the same parser as the engine and drops what is in them: nothing is checked, kept
or written. Prints its address.
"""

from __future__ import annotations

import sys

from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from desktop_search.engine.serving import Server, bound_socket


async def drop(request: Request) -> Response:
    """Take a body and forget it."""
    _, options = parse_options_header(request.headers["content-type"])
    parser = MultipartParser(options[b"boundary"], {})
    async for chunk in request.stream():
        parser.write(chunk)
    return Response()


def main() -> None:
    """Serve until SIGTERM."""
    listener = bound_socket("127.0.0.1", 0)

    def say_ready() -> None:
        sys.stdout.write(f"http://127.0.0.1:{listener.getsockname()[1]}\n")
        sys.stdout.flush()

    app = Starlette(routes=[Route("/{path:path}", drop, methods=["POST"])])
    Server(app, on_ready=say_ready, on_end=lambda: None).run(sockets=[listener])


if __name__ == "__main__":
    main()
