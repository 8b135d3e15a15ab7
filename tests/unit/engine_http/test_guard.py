"""Which Host headers are the engine's own, by what it listens on; and signed addresses."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.responses import Response
from starlette.types import Message

from desktop_search.engine.http import signing
from desktop_search.engine.http.guard import Guard
from desktop_search.engine.http.signing import Signer


def _status(listening: str, host: str) -> int:
    """The status a request with this Host gets from an engine that listens there on port 8000."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    headers = [(b"host", host.encode()), (b"authorization", b"k")]
    scope: dict[str, Any] = {"type": "http", "method": "GET", "path": "/", "headers": headers}
    guard = Guard(Response("ok"), key="k", host=listening, port=8000, lenient=False)
    asyncio.run(guard(scope, receive, send))
    return int(sent[0]["status"])


@pytest.mark.parametrize(
    ("listening", "host", "status"),
    [
        ("127.0.0.1", "127.0.0.1:8000", 200),
        ("127.0.0.1", "localhost:8000", 200),
        ("127.0.0.1", "LOCALHOST:8000", 200),
        ("127.0.0.1", "127.0.0.1", 421),
        ("127.0.0.1", "127.0.0.1:8001", 421),
        ("127.0.0.1", "192.168.1.5:8000", 421),
        ("127.0.0.1", "localhost.evil.example:8000", 421),
        ("127.0.0.1", "", 421),
        ("::1", "[::1]:8000", 200),
        ("192.168.1.5", "192.168.1.5:8000", 200),
        ("192.168.1.5", "192.168.1.6:8000", 421),
        ("192.168.1.5", "localhost:8000", 421),
        ("workstation", "Workstation:8000", 200),
        ("0.0.0.0", "192.168.1.5:8000", 200),
        ("0.0.0.0", "127.0.0.1:8000", 200),
        ("0.0.0.0", "rebound.example:8000", 421),
    ],
)
def test_the_host_must_be_ours(listening: str, host: str, status: int) -> None:
    assert _status(listening, host) == status


def test_a_signature_ends_in_time_and_with_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    signer = Signer("key")
    fields = dict(pair.split("=") for pair in signer.query("1.jpg").split("&"))
    assert signer.allows("1.jpg", **fields)
    assert not signer.allows("2.jpg", **fields)
    assert not Signer("other").allows("1.jpg", **fields)
    monkeypatch.setattr(signing, "LIFETIME_S", -1)
    late = dict(pair.split("=") for pair in signer.query("1.jpg").split("&"))
    assert not signer.allows("1.jpg", **late)
