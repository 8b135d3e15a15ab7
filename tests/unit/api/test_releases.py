"""The newest release, from a server that announces it well or badly."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from desktop_search.api.releases import newest_release
from desktop_search.core.errors import AppError, NetworkError, RequestRejected, ServerError
from desktop_search.core.releases import Release, is_newer
from desktop_search.core.token import CancelToken
from tests.support.fault_server import Behaviour, FaultServer, gives, resets

PAGE = "https://example.org/releases/0.10.0"
SAID = {"tag_name": "v0.10.0", "html_url": PAGE, "body": "…", "assets": []}


@pytest.fixture
def server() -> Iterator[FaultServer]:
    made = FaultServer([gives(json.dumps(SAID).encode())])
    yield made
    made.close()


def test_it_is_read_and_nothing_but_a_name_is_sent(server: FaultServer) -> None:
    assert newest_release(f"{server.url}/latest", CancelToken()) == Release("0.10.0", PAGE)
    (seen,) = server.seen
    assert seen.method == "GET"
    assert not seen.body
    assert set(seen.headers) <= {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        (gives(b"", status=404), ServerError),
        (gives(b"<html>", content_type="text/html"), ServerError),
        (gives(b"[]"), ServerError),
        (gives(b"[" * 100_000), ServerError),
        (gives(json.dumps(SAID | {"tag_name": "nightly"}).encode()), ServerError),
        (gives(json.dumps(SAID | {"html_url": "file:///etc/passwd"}).encode()), ServerError),
        (gives(json.dumps(SAID | {"body": "x" * 2_000_000}).encode()), ServerError),
        (resets(), NetworkError),
    ],
)
def test_what_cannot_be_used_is_said(server: FaultServer, behaviour: Behaviour, error: type[AppError]) -> None:
    server.behaviours[:] = [behaviour]
    with pytest.raises(error):
        newest_release(f"{server.url}/latest", CancelToken())


@pytest.mark.parametrize("address", ["http://example.org/latest", "file:///etc/passwd", "https://", "https://[", "x"])
def test_an_address_that_is_not_safe_is_not_asked(address: str) -> None:
    with pytest.raises(RequestRejected):
        newest_release(address, CancelToken())


@pytest.mark.parametrize(
    ("version", "than", "newer"),
    [
        ("0.10.0", "0.9.9", True),
        ("v1.0", "0.99", True),
        ("0.1.1", "0.1", True),
        ("0.1", "0.1.0", False),
        ("0.1.0", "0.1.0", False),
        ("0.0.9", "0.1.0", False),
    ],
)
def test_versions_are_compared_by_their_numbers(version: str, than: str, newer: bool) -> None:
    assert is_newer(version, than) is newer
