"""Fetching by address: every hop is checked."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop_search.engine import addresses
from desktop_search.engine.http.envelope import ApiError
from desktop_search.engine.http.fetch import Manners, fetch


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        port = self.headers["Host"].rpartition(":")[2]
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", f"http://{self.path.split('/')[2]}:{port}/film.mp4")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write(b"film")

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def site() -> Iterator[int]:
    """A port on every address of the loopback."""
    server = http.server.ThreadingHTTPServer(("", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """One address of the loopback plays the internet, the others the inside."""
    monkeypatch.setattr(addresses, "is_public", lambda address: address == "127.0.0.1")


def _fetch(address: str, target: Path, *, allow_private: bool = False) -> bytes:
    fetch(address, target, Manners(allow_private, lambda: False))
    return target.read_bytes()


@pytest.mark.parametrize("path", ["/film.mp4", "/to/127.0.0.1"])
def test_what_is_outside_is_fetched(site: int, tmp_path: Path, path: str) -> None:
    assert _fetch(f"http://127.0.0.1:{site}{path}", tmp_path / "film") == b"film"


@pytest.mark.parametrize("host", ["127.0.0.2", "127.0.0.3"])
def test_a_redirect_does_not_lead_inside(site: int, tmp_path: Path, host: str) -> None:
    with pytest.raises(ApiError, match=f"nothing is fetched: {host} is not a public address"):
        _fetch(f"http://127.0.0.1:{site}/to/{host}", tmp_path / "film")
    assert not (tmp_path / "film").exists()


def test_where_it_is_allowed_it_is_fetched_from_inside(site: int, tmp_path: Path) -> None:
    assert _fetch(f"http://127.0.0.1:{site}/to/127.0.0.2", tmp_path / "film", allow_private=True) == b"film"
