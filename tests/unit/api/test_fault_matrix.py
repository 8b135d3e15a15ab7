"""Every fault on the way, for each kind of call: an error of ours, readable, without the key; never a wait for ever."""

from __future__ import annotations

import logging
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop_search.api.client import VisualSearchClient
from desktop_search.api.errors import NoLibrary
from desktop_search.core.errors import (
    AppError,
    KeyRejected,
    NetworkError,
    NoCredit,
    RateLimited,
    ServerError,
    Unreachable,
)
from desktop_search.core.footage import FootageDetails
from desktop_search.core.query import SearchQuery
from desktop_search.core.token import CancelToken
from tests.support.certificates import Authority
from tests.support.fault_server import (
    Behaviour,
    FaultServer,
    drips,
    envelope,
    gives,
    raw_answer,
    says_and_resets,
    stalls,
    takes_and_resets,
    takes_and_stalls,
)
from tests.unit.api.conftest import KEY, ONCE, everything_said

WATCHDOG_S = 60.0
STALLED_S = 0.3
SIZE = 12_000_000  # more than the systems of both sides keep for a connection whose reader is idle
OCTETS = "application/octet-stream"
SPRING = b'{"timestamp": "2026-03-14T09:26:53.589+00:00", "status": 503, "error": "Service Unavailable"}'
FILE = b"footage" * 1000


@dataclass(frozen=True)
class Call:
    """A call, and what a good answer to it looks like on the line."""

    make: Callable[[VisualSearchClient, Path], object]
    answer: bytes
    result: object


def _upload(client: VisualSearchClient, folder: Path) -> object:
    path = folder / "pier.mp4"
    with path.open("wb") as file:
        file.truncate(SIZE)
    return client.upload_video(path, FootageDetails(), token=CancelToken(), on_sent=lambda _: None)


def _download(client: VisualSearchClient, folder: Path) -> object:
    target = folder / "pier.mov"
    try:
        client.download_video("VI1", "default", target, token=CancelToken(), on_received=lambda *_: None)
    finally:
        assert [path.name for path in folder.glob("pier.mov*")] == (["pier.mov"] if target.exists() else [])
    return target.read_bytes()


CALLS = {
    "upload": Call(
        _upload, raw_answer(b'{"code": "0000", "msg": "success", "data": {"videoNo": "VI1", "videoName": "p"}}'), "VI1"
    ),
    "search": Call(
        lambda client, _: client.search(SearchQuery("boat")).hits,
        raw_answer(b'{"code": "0000", "msg": "success", "data": []}'),
        (),
    ),
    "list": Call(
        lambda client, _: client.list_videos("default"),
        raw_answer(b'{"code": "0000", "msg": "success", "data": {"total_count": 0, "videos": []}}'),
        ((), 0),
    ),
    "download": Call(_download, raw_answer(FILE, OCTETS), FILE),
}


@dataclass(frozen=True)
class Expected:
    """The error's class, words of it, and the wait that it hands on."""

    kind: type[AppError]
    words: str
    retry_after_s: float | None = None


BROKE_OFF, LATE = Expected(NetworkError, "broke off"), Expected(NetworkError, "did not answer in time")
STRANGE, OUT_OF_ORDER = Expected(NoLibrary, "could not be understood"), Expected(ServerError, "out of order")
TOO_MANY, ELSEWHERE = Expected(RateLimited, "too many requests"), Expected(NoLibrary, "points somewhere else")
ANSWERS: dict[str, tuple[Behaviour, Expected]] = {
    "HTTP 429": (gives(b"slow down", status=429, content_type="text/plain"), TOO_MANY),
    "HTTP 429 with a wait": (gives(b"", status=429, Retry_After="7"), Expected(RateLimited, "too many", 7.0)),
    "0429": (envelope(None, "0429", "Request has exceeded the limit."), TOO_MANY),
    "0429 with a wait": (envelope(None, 429, "limit", Retry_After="3"), Expected(RateLimited, "too many", 3.0)),
    "500": (gives(b"boom", status=500, content_type="text/plain"), OUT_OF_ORDER),
    "503 of Spring": (gives(SPRING, status=503), OUT_OF_ORDER),
    "HTML": (gives(b"<html><b>Log in</b></html>", content_type="text/html"), STRANGE),
    "empty": (gives(b""), STRANGE),
    "truncated JSON": (gives(b'{"code": "0000", "data": ['), STRANGE),
    "wrong types": (gives(b'{"code": ["0000"], "msg": 7, "data": 3}'), STRANGE),
    "302 to another host": (gives(b"", status=302, Location="http://127.0.0.2:9/serve/api/v1/search"), ELSEWHERE),
    "307 to another host": (gives(b"", status=307, Location="//127.0.0.2:9/"), ELSEWHERE),
    "0402": (envelope(None, "0402", "no points"), Expected(NoCredit, "no credits left")),
    "0401": (envelope(None, "0401", "bad key"), Expected(KeyRejected, "does not accept the API key")),
}
REQUESTS: dict[str, tuple[Behaviour, Expected]] = {
    "reset after a byte": (takes_and_resets(1), BROKE_OFF),
    "reset in the head of the request": (takes_and_resets(40), BROKE_OFF),
    "stalled at once": (takes_and_stalls(0), LATE),
    "stalled in the head of the request": (takes_and_stalls(40), LATE),
}
UPLOADED: dict[str, tuple[Behaviour, Expected]] = {
    f"{name} after {count} bytes": (fault(count), expected)
    for count in (1, 100_000, SIZE - 100_000)
    for name, fault, expected in (("reset", takes_and_resets, BROKE_OFF), ("stalled", takes_and_stalls, LATE))
}


class Line:
    """Makes servers and clients, plain or with TLS, and makes a call with somebody watching that it ends."""

    def __init__(self, folder: Path, tls: ssl.SSLContext | None) -> None:
        self.folder, self.tls = folder, tls
        self._made: list[FaultServer | VisualSearchClient] = []

    def server(self, *behaviours: Behaviour) -> FaultServer:
        server = FaultServer(list(behaviours) or [envelope(None)], tls=self.tls)
        self._made.append(server)
        return server

    def client(self, url: str, read_timeout_s: float = WATCHDOG_S) -> VisualSearchClient:
        client = VisualSearchClient(
            url,
            KEY,
            title="My server",
            patience=ONCE,
            connect_timeout_s=min(10.0, 5 * read_timeout_s),
            read_timeout_s=read_timeout_s,
        )
        self._made.append(client)
        return client

    def make(self, call: Call, client: VisualSearchClient) -> object:
        """What the call returns, or the error that it raises. Fails when it does neither."""
        outcome: list[object] = []

        def work() -> None:
            try:
                outcome.append(call.make(client, self.folder))
            except AppError as error:
                outcome.append(error)

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        thread.join(WATCHDOG_S)
        assert outcome, "the call hangs, or raised what is no error of ours"
        return outcome[0]

    def close(self) -> None:
        for each in self._made:
            each.close()


@pytest.fixture(params=["plain", "TLS"])
def line(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    tls = None
    if request.param == "TLS":
        authority = Authority(tmp_path)
        monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
        tls = authority.server()
    made = Line(tmp_path, tls)
    yield made
    made.close()


def _check(outcome: object, expected: Expected, log: pytest.LogCaptureFixture) -> None:
    assert isinstance(outcome, AppError), f"no error, but {outcome!r}"
    assert type(outcome) is expected.kind, everything_said(outcome, log)
    assert expected.words in outcome.message
    assert outcome.retryable == expected.kind.retryable
    assert outcome.retry_after_s == expected.retry_after_s
    assert KEY not in everything_said(outcome, log)
    assert len(outcome.details) < 400


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("fault", ANSWERS)
def test_an_answer_that_is_none(line: Line, caplog: pytest.LogCaptureFixture, fault: str, call: str) -> None:
    caplog.set_level(logging.DEBUG)
    behaviour, expected = ANSWERS[fault]
    server = line.server(behaviour)
    _check(line.make(CALLS[call], line.client(server.url)), expected, caplog)
    assert len(server.seen) == 1


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("fault", REQUESTS)
def test_a_request_that_is_not_heard_out(line: Line, caplog: pytest.LogCaptureFixture, fault: str, call: str) -> None:
    caplog.set_level(logging.DEBUG)
    behaviour, expected = REQUESTS[fault]
    server = line.server()
    server.before_request = behaviour
    client = line.client(server.url, STALLED_S if expected is LATE else WATCHDOG_S)
    _check(line.make(CALLS[call], client), expected, caplog)


@pytest.mark.parametrize("fault", UPLOADED)
def test_a_file_that_is_not_taken_to_its_end(line: Line, caplog: pytest.LogCaptureFixture, fault: str) -> None:
    caplog.set_level(logging.DEBUG)
    behaviour, expected = UPLOADED[fault]
    server = line.server()
    server.before_body = behaviour
    client = line.client(server.url, STALLED_S if expected is LATE else WATCHDOG_S)
    _check(line.make(CALLS["upload"], client), expected, caplog)


@pytest.mark.parametrize("place", [0, 5, 30, -2], ids=["before", "in the first line", "in the head", "in the body"])
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("fault", ["reset", "stalled"])
def test_an_answer_that_ends_too_early(
    line: Line, caplog: pytest.LogCaptureFixture, fault: str, call: str, place: int
) -> None:
    caplog.set_level(logging.DEBUG)
    words = CALLS[call].answer[:place]
    server = line.server(says_and_resets(words) if fault == "reset" else stalls(words))
    client = line.client(server.url, STALLED_S if fault == "stalled" else WATCHDOG_S)
    _check(line.make(CALLS[call], client), LATE if fault == "stalled" else BROKE_OFF, caplog)


@pytest.mark.parametrize("call", CALLS)
def test_nobody_is_there(line: Line, caplog: pytest.LogCaptureFixture, call: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        client = line.client(f"{'https' if line.tls else 'http'}://127.0.0.1:{taken.getsockname()[1]}")
        _check(line.make(CALLS[call], client), Expected(Unreachable, "cannot be reached"), caplog)


@pytest.mark.parametrize("call", CALLS)
def test_slowness_is_no_fault(line: Line, call: str) -> None:
    server = line.server(drips(CALLS[call].answer))
    assert line.make(CALLS[call], line.client(server.url)) == CALLS[call].result


@pytest.mark.parametrize("call", CALLS)
def test_a_key_that_is_withdrawn_midway(line: Line, caplog: pytest.LogCaptureFixture, call: str) -> None:
    good = drips(CALLS[call].answer, pieces=1)
    server = line.server(good, good, envelope(None, "0401", "The api key is invalid."))
    client = line.client(server.url)
    assert [line.make(CALLS[call], client) for _ in range(2)] == [CALLS[call].result] * 2
    _check(line.make(CALLS[call], client), ANSWERS["0401"][1], caplog)


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_the_key_follows_no_redirect(line: Line, call: str, status: int) -> None:
    """To another server, and to this one without TLS: nothing at all arrives there."""
    elsewhere = FaultServer([envelope(None)])
    server = line.server(gives(b"", status=status, Location=f"{elsewhere.url}/serve/api/v1/search"))
    outcome = line.make(CALLS[call], line.client(server.url))
    assert type(outcome) is NoLibrary
    assert elsewhere.seen == []
    elsewhere.close()


def test_a_refusal_comes_through_while_the_file_is_still_on_its_way(line: Line) -> None:
    server = line.server()
    refusal = b'{"code": "0401", "msg": "The api key is invalid.", "data": null}'
    server.before_body = says_and_resets(raw_answer(refusal))
    assert type(line.make(CALLS["upload"], line.client(server.url))) is KeyRejected
