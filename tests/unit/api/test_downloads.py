"""Fetching files: whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from desktop_search.api import receiving
from desktop_search.api.client import VisualSearchClient
from desktop_search.core.errors import (
    AppError,
    Cancelled,
    DiskFull,
    FileProblem,
    NetworkError,
    NotFound,
    RateLimited,
    RequestRejected,
    ServerError,
)
from desktop_search.core.token import CancelToken
from tests.support.fault_server import Behaviour, cancel_on_arrival, envelope, gives, resets, stalls
from tests.unit.api.conftest import Connect

OCTETS = "application/octet-stream"
HALF = b"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 300_000


def fetch(client: VisualSearchClient, target: Path, token: CancelToken | None = None) -> None:
    client.download_video("VI1", "default", target, token=token or CancelToken(), on_received=lambda *_: None)


def test_a_video_arrives_whole_and_replaces_what_was_there(connect: Connect, tmp_path: Path) -> None:
    server, client = connect(gives(b"new" * 300_000, content_type=OCTETS))
    target = tmp_path / "a.mp4"
    target.write_bytes(b"old")
    fetch(client, target)
    assert target.read_bytes() == b"new" * 300_000
    assert json.loads(server.seen[0].body) == {"video_no": "VI1", "unique_id": "default"}
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp4"]


def _cut_halfway(handler: Any) -> None:
    handler.wfile.write(HALF)
    handler.cut()


FAILURES: dict[str, tuple[Behaviour, type[AppError]]] = {
    "not found": (envelope(None, "0001", "video not found"), NotFound),
    "not found, as text of HTTP 404": (envelope(None, "0001", "Resource does not exist", status=404), NotFound),
    "too often": (envelope(None, "0429", "Request has exceeded the limit."), RateLimited),
    "success without a file": (envelope(None), ServerError),
    "HTML": (gives(b"<html>", content_type="text/html; charset=utf-8"), ServerError),
    "500": (gives(b"", status=500, content_type=OCTETS), ServerError),
    "empty": (gives(b"", content_type=OCTETS), ServerError),
    "reset": (resets(), NetworkError),
    "cut halfway": (_cut_halfway, NetworkError),
    "stalled halfway": (stalls(HALF), NetworkError),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failed_download_leaves_nothing_behind(connect: Connect, tmp_path: Path, failure: str) -> None:
    behaviour, kind = FAILURES[failure]
    _, client = connect(behaviour, read_timeout_s=0.2 if "stalled" in failure else 10.0)
    with pytest.raises(kind):
        fetch(client, tmp_path / "a.mp4")
    assert list(tmp_path.iterdir()) == []


def test_cancelling_in_the_middle(connect: Connect, tmp_path: Path) -> None:
    server, client = connect(stalls(HALF))
    token = CancelToken()
    cancel_on_arrival(server, token)
    with pytest.raises(Cancelled):
        fetch(client, tmp_path / "a.mp4", token)
    assert not (tmp_path / "a.mp4").exists()


def _full_device() -> BinaryIO:
    return Path("/dev/full").open("wb")


@pytest.mark.parametrize("size", [10, 3_000_000])
def test_a_full_disk_is_said(connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    # Whatever is written to this device fails for want of room, be it buffered or not.
    monkeypatch.setattr(receiving, "_opened", lambda _: _full_device())
    _, client = connect(gives(b"x" * size, content_type=OCTETS))
    with pytest.raises(DiskFull, match=r"no room left to save “a\.mp4”"):
        fetch(client, tmp_path / "a.mp4")


def test_a_folder_that_cannot_be_made_is_said(connect: Connect, tmp_path: Path) -> None:
    _, client = connect(gives(b"x", content_type=OCTETS))
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FileProblem, match="could not be saved"):
        fetch(client, tmp_path / "file" / "a.mp4")


def test_a_signed_address_is_fetched_without_the_key(connect: Connect, tmp_path: Path) -> None:
    server, client = connect(gives(b"jpeg", content_type="image/jpeg"))
    picture = tmp_path / "p.jpg"
    client.fetch_url(f"{server.url}/signed/1.jpg?sig=a%2Fb", picture, token=CancelToken(), on_received=lambda *_: None)
    client.fetch_url("/signed/1.jpg", picture, token=CancelToken(), on_received=lambda *_: None)
    assert picture.read_bytes() == b"jpeg"
    assert [seen.target for seen in server.seen] == ["/signed/1.jpg?sig=a%2Fb", "/signed/1.jpg"]
    assert [seen.headers["Authorization"] for seen in server.seen] == [None, None]


def test_signed_addresses_share_their_connections(connect: Connect, tmp_path: Path) -> None:
    server, client = connect(gives(b"jpeg", content_type="image/jpeg"))
    for number in range(3):
        target = tmp_path / f"{number}.jpg"
        client.fetch_url(f"{server.url}/{number}", target, token=CancelToken(), on_received=lambda *_: None)
    assert (len(server.seen), len(server.connections)) == (3, 1)


def test_a_signed_address_may_lead_on_and_takes_nothing_along(
    connect: Connect, tmp_path: Path, profile_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (profile_home / ".netrc").write_text("default login someone password else\n")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")  # a proxy must not see what is for this computer
    other, _ = connect(gives(b"jpeg", content_type="image/jpeg"))
    server, client = connect(gives(b"", status=302, Location=f"{other.url}/there"))
    client.fetch_url(f"{server.url}/here", tmp_path / "p.jpg", token=CancelToken(), on_received=lambda *_: None)
    assert (tmp_path / "p.jpg").read_bytes() == b"jpeg"
    for seen in (*server.seen, *other.seen):
        assert seen.headers["Authorization"] is None


def test_an_expired_or_strange_address_is_said(connect: Connect, tmp_path: Path) -> None:
    server, client = connect(gives(b"", status=403), gives(b"", status=500))
    for url, kind in ((server.url, NotFound), (server.url, ServerError), ("file:///etc/passwd", RequestRejected)):
        with pytest.raises(kind):
            client.fetch_url(url, tmp_path / "p.jpg", token=CancelToken(), on_received=lambda *_: None)
    assert list(tmp_path.iterdir()) == []
