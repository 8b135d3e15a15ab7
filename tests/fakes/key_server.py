"""A server on the loopback that knows one key and answers the call by which keys are checked."""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from desktop_search.core.library import BASE_PATH


class KeyServer:
    """Context manager. `released` holds answers back while it is cleared; `asked` counts what came in."""

    def __init__(self, key: str) -> None:
        self.released = threading.Event()
        self.released.set()
        self.asked = 0
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                owner.asked += 1
                owner.released.wait(20)
                right = self.headers.get("Authorization") == key and self.path == f"{BASE_PATH}/list_unique_ids"
                answer: dict[str, Any] = (
                    {"code": "0000", "msg": "success", "data": {"unique_ids": ["default"]}, "success": True}
                    if right
                    else {"code": "0401", "msg": "The api key is invalid.", "data": None, "failed": True}
                )
                body = json.dumps(answer).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                with suppress(OSError):  # the client may have stopped listening
                    self.wfile.write(body)

            def log_message(self, *_arguments: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def address(self) -> str:
        """Where it is, as a library's address."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.released.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
