"""A model hub on the loopback: as much of the hub's HTTP as fetching a model needs, and every way it can fail.

`/api/models/<repo>/revision/<revision>?blobs=true` describes a revision; `/<repo>/resolve/<commit>/<path>` sends a
file, whole or from a byte on. Large files (more than 1,000 bytes here) have a SHA-256, small ones a Git id alone.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.support.model_folders import COMMIT, sha256

_BLOCK_BYTES = 16 * 1024
_LARGE_BYTES = 1000


class ModelHub:
    """What the hub holds and how it behaves; change it at any time.

    Attributes:
        cut_after: path → bytes after which the connection is cut, once for each entry.
        hold_after: path → bytes after which nothing more comes until `let_go` is set; then the connection ends.
        holding: set when a request has got so far.
        statuses: path → an error status instead of the file.
        ranges: whether parts of files are sent.
        requests: (method, path, range) of every request so far.
    """

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.repos: dict[str, dict[str, bytes]] = {}
        self.commit = COMMIT
        self.sent_instead: dict[str, bytes] = {}
        self.cut_after: dict[str, list[int]] = {}
        self.hold_after: dict[str, int] = {}
        self.holding, self.let_go = threading.Event(), threading.Event()
        self.statuses: dict[str, int] = {}
        self.ranges = True
        self.requests: list[tuple[str, str, str]] = []
        self.headers: list[dict[str, str]] = []

    @property
    def environment(self) -> dict[str, str]:
        """What leads the command here."""
        return {"HF_ENDPOINT": self.url}

    def sent(self, path: str) -> list[str]:
        """The ranges asked for a file, one for each request; "" for the whole."""
        return [asked for _, requested, asked in self.requests if requested.endswith(path)]

    def description(self, repo: str) -> dict[str, Any]:
        return {
            "id": repo,
            "modelId": repo,
            "sha": self.commit,
            "siblings": [_sibling(path, content) for path, content in self.repos[repo].items()],
        }


def _sibling(path: str, content: bytes) -> dict[str, Any]:
    git_id = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
    sibling: dict[str, Any] = {"rfilename": path, "size": len(content), "blobId": git_id}
    if len(content) > _LARGE_BYTES:
        sibling["lfs"] = {"sha256": sha256(content), "size": len(content), "pointerSize": 134}
    return sibling


@contextmanager
def model_hub() -> Iterator[ModelHub]:
    """A hub that answers until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.hub = hub = ModelHub(server.server_port)  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        hub.let_go.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def hub(self) -> ModelHub:
        hub: ModelHub = self.server.hub  # type: ignore[attr-defined]
        return hub

    def log_request(self, *_: Any) -> None:
        """Nothing: the tests look at `requests`."""

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        self.hub.requests.append(("GET", path, self.headers.get("Range", "")))
        self.hub.headers.append(dict(self.headers))
        described = re.fullmatch(r"/api/models/([^/]+/[^/]+)/revision/(.+)", path)
        file = re.fullmatch(r"/([^/]+/[^/]+)/resolve/([^/]+)/(.+)", path)
        if described:
            self._describe(described[1], described[2])
        elif file:
            self._send_file(*file.groups())
        else:
            self._refuse(404, "RepoNotFound")

    def _describe(self, repo: str, revision: str) -> None:
        if repo not in self.hub.repos or "api" in self.hub.statuses:
            self._refuse(self.hub.statuses.get("api", 401), "RepoNotFound")
        elif revision not in ("main", self.hub.commit):
            self._refuse(404, "RevisionNotFound")
        else:
            body = json.dumps(self.hub.description(repo)).encode()
            self._begin(200, len(body), {"Content-Type": "application/json"})
            self.wfile.write(body)

    def _send_file(self, repo: str, revision: str, path: str) -> None:
        if path in self.hub.statuses:
            self._refuse(self.hub.statuses[path], "EntryNotFound")
            return
        content = self.hub.sent_instead.get(path, self.hub.repos.get(repo, {}).get(path))
        if content is None or revision != self.hub.commit:
            self._refuse(404, "EntryNotFound")
            return
        asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        start = int(asked[1]) if asked and self.hub.ranges else 0
        about = {"ETag": f'"{sha256(content)}"', "X-Repo-Commit": self.hub.commit, "Accept-Ranges": "bytes"}
        if start:
            about["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        self._begin(206 if start else 200, len(content) - start, about)
        self._send_body(path, content, start)

    def _send_body(self, path: str, content: bytes, start: int) -> None:
        cuts = self.hub.cut_after.get(path, [])
        cut = cuts.pop(0) if cuts else len(content)
        hold = self.hub.hold_after.get(path, len(content))
        end = min(cut, hold, len(content))
        for at in range(start, end, _BLOCK_BYTES):
            self.wfile.write(content[at : min(at + _BLOCK_BYTES, end)])
        self.wfile.flush()
        if end == hold < len(content):
            self.hub.holding.set()
            self.hub.let_go.wait(60)
        self.close_connection = end < len(content) or self.close_connection

    def _refuse(self, status: int, code: str) -> None:
        self._begin(status, 0, {"X-Error-Code": code, "X-Error-Message": "as the test asked"})

    def _begin(self, status: int, length: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(length)}).items():
            self.send_header(name, value)
        self.end_headers()

    def handle(self) -> None:
        try:
            super().handle()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the other side was killed, as the test asked
