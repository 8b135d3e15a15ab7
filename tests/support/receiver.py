"""A receiver of callbacks on the loopback."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Self


@dataclass
class Heard:
    """One POST."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class _Script:
    """What to answer, in order; the last one again and again."""

    answers: Sequence[tuple[int, dict[str, str]]]
    heard: list[Heard] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class _Handler(http.server.BaseHTTPRequestHandler):
    script: _Script

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        with self.script.lock:
            place = min(len(self.script.heard), len(self.script.answers) - 1)
            status, headers = self.script.answers[place]
            self.script.heard.append(Heard(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        self.send_response(status)
        for name, value in ({"Content-Length": "0"} | headers).items():
            self.send_header(name, value)
        self.end_headers()

    def do_GET(self) -> None:
        with self.script.lock:
            self.script.heard.append(Heard(self.path, {}, b"GET"))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


class Receiver:
    """Context manager: listens on a port of 127.0.0.1 and answers with the statuses given, the last one for ever."""

    def __init__(self, *statuses: int, port: int = 0, headers: dict[str, str] | None = None) -> None:
        self._script = _Script([(status, headers or {}) for status in statuses or (200,)])
        handler = type("Handler", (_Handler,), {"script": self._script})
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.port = self._server.server_port
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def heard(self) -> list[Heard]:
        with self._script.lock:
            return list(self._script.heard)
