"""A social platform on the loopback: posts that are files, and feeds of them where profiles and hashtags are."""

from __future__ import annotations

import http.server
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import unquote

_KINDS = {".mpd": "application/dash+xml", ".m4a": "audio/mp4"}
_ITEM = "<item><title>{name}</title><enclosure url='{address}' type='video/mp4'/></item>"
_FEED = "<?xml version='1.0'?><rss version='2.0'><channel><title>feed</title>{items}</channel></rss>"


@dataclass
class _State:
    files: dict[str, Path]
    feeds: dict[str, list[str]]
    url: str = ""
    asked: list[str] = field(default_factory=list)
    held: threading.Event = field(default_factory=threading.Event)
    holding: threading.Event = field(default_factory=threading.Event)

    def address(self, name: str) -> str:
        """Of a post; names that are addresses lead elsewhere."""
        return name if name.startswith("http") else f"{self.url}/post/{name}.mp4"


class _Handler(http.server.BaseHTTPRequestHandler):
    state: _State

    def do_GET(self) -> None:
        state, path = self.state, unquote(self.path)
        state.asked.append(path)
        if path == "/post/inside.mp4":
            self._answer(302, b"", "text/plain", Location="http://127.0.0.1:9/secret.mp4")
        elif path == "/post/endless.mp4":
            state.holding.set()
            state.held.wait(60)
        elif path in state.feeds:
            items = "".join(_ITEM.format(name=name, address=state.address(name)) for name in state.feeds[path])
            self._answer(200, _FEED.format(items=items).encode(), "application/rss+xml")
        elif path in state.files:
            self._answer(200, state.files[path].read_bytes(), _KINDS.get(Path(path).suffix, "video/mp4"))
        else:
            self._answer(404, b"nothing here", "text/plain")

    def do_HEAD(self) -> None:
        self.do_GET()

    def _answer(self, status: int, body: bytes, kind: str, **headers: str) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body)), "Content-Type": kind} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            try:
                self.wfile.write(body)
            except OSError:  # a client looks at the beginning and goes away
                self.close_connection = True

    def log_message(self, *_: Any) -> None:
        pass


class Platform:
    """Context manager: posts by name under /post/<name>.mp4, feeds by path. `place` is for `--scraper-hosts`."""

    def __init__(self, posts: dict[str, Path], feeds: dict[str, list[str]] | None = None) -> None:
        self._state = _State({f"/post/{name}.mp4": file for name, file in posts.items()}, feeds or {})
        handler = type("Handler", (_Handler,), {"state": self._state})
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.place = f"127.0.0.1:{self._server.server_port}"
        self.url = self._state.url = f"http://{self.place}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._state.held.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def serve(self, path: str, file: Path) -> None:
        """Serve one more file."""
        self._state.files[path] = file

    def post(self, name: str) -> str:
        """The address of a post."""
        return self._state.address(name)

    def fetched(self, name: str) -> int:
        """How often a post was asked for."""
        return self._state.asked.count(f"/post/{name}.mp4")

    def wait_for_endless(self) -> None:
        """Wait until somebody asks for the post that never answers."""
        assert self._state.holding.wait(60)

    def let_go(self) -> None:
        """End the answers that never end."""
        self._state.held.set()
