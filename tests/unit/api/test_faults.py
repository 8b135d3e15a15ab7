"""Everything that can go wrong on the way: an error of ours, readable, without the key."""

from __future__ import annotations

import gzip
import logging
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from desktop_search.api.client import VisualSearchClient
from desktop_search.api.errors import line_failed
from desktop_search.core.errors import (
    AccountDisabled,
    AppError,
    Cancelled,
    Duplicate,
    KeyRejected,
    NetworkError,
    NoCredit,
    RateLimited,
    RequestRejected,
    ServerError,
)
from desktop_search.core.footage import FootageDetails
from desktop_search.core.query import SearchQuery
from desktop_search.core.token import CancelToken
from tests.support.fault_server import (
    Behaviour,
    Handler,
    cancel_on_arrival,
    drips,
    envelope,
    gives,
    raw_answer,
    resets,
    says_and_resets,
    stalls,
)
from tests.unit.api.conftest import KEY, Connect, everything_said

SPRING = (
    b'{"timestamp": "2026-03-14T09:26:53.589+00:00", "path": "/serve/api/v1/search", "status": 503,'
    b' "error": "Service Unavailable", "requestId": "7f3c21aa-118"}'
)
FAULTS: dict[str, tuple[Behaviour, type[AppError], str]] = {
    "parameter": (envelope(None, "0001", "top_k must be positive"), RequestRejected, "top_k must be positive"),
    "enum": (envelope(None, "0003", "JSON parse error"), RequestRejected, "JSON parse error"),
    "key": (envelope(None, "0401", "bad key"), KeyRejected, "does not accept the API key"),
    "key, echoed": (envelope(None, "0001", f"unknown key {KEY}"), RequestRejected, "unknown key …"),
    "key, HTTP 401": (envelope(None, "0401", "bad key", status=401), KeyRejected, "does not accept the API key"),
    "key, no envelope": (gives(b"<h1>No</h1>", status=401, content_type="text/html"), KeyRejected, "API key"),
    "credit": (envelope(None, "0402", "no points"), NoCredit, "no credits left"),
    "disabled": (envelope(None, "0403", "disabled"), AccountDisabled, "disabled"),
    "permission": (envelope(None, "9009", "denied"), AccountDisabled, "may not do that"),
    "repeated": (envelope(None, "0409", "again"), Duplicate, "already done"),
    "limit": (envelope(None, "0429", "Request has exceeded the limit."), RateLimited, "too many requests"),
    "limit, integer": (envelope(None, 429, "Rate limit exceeded"), RateLimited, "too many requests"),
    "limit, HTTP 429": (gives(b"slow down", status=429, Retry_After="7"), RateLimited, "too many requests"),
    "unknown code": (envelope(None, "7777", "odd"), RequestRejected, "odd"),
    "hiccup": (envelope(None, "0001", "network abnormal"), ServerError, "hiccup"),
    "500": (gives(b"boom", status=500, content_type="text/plain"), ServerError, "out of order"),
    "503, Spring": (gives(SPRING, status=503), ServerError, "out of order"),
    "404": (gives(b"nothing here", status=404), ServerError, "no Visual Search library"),
    "redirect": (gives(b"", status=302, Location="http://127.0.0.1:1/elsewhere"), ServerError, "points somewhere else"),
    "HTML": (gives(b"<html><b>Log in</b>" + b" " * 9000, content_type="text/html"), ServerError, "not be understood"),
    "empty": (gives(b""), ServerError, "not be understood"),
    "truncated": (gives(b'{"code": "0000", "data": ['), ServerError, "not be understood"),
    "no UTF-8": (gives(b'{"code": "0000", "msg": "\xff\xfe"}'), ServerError, "not be understood"),
    "too deep": (gives(b"[" * 200_000), ServerError, "not be understood"),
    "wrong types": (gives(b'{"code": {"a": 1}, "msg": [], "data": 3}'), ServerError, "not be understood"),
    "list": (gives(b"[1, 2]"), ServerError, "not be understood"),
    "bad gzip": (gives(b"no gzip", Content_Encoding="gzip"), NetworkError, "broke off"),
    "reset": (resets(), NetworkError, "broke off"),
    "reset midway": (resets(b'{"code": "0000",'), NetworkError, "broke off"),
    "no HTTP": (lambda handler: _speak(handler.wfile.write, b"SSH-2.0-x\r\n\r\n"), NetworkError, "broke off"),
    "stalled": (stalls(), NetworkError, "did not answer in time"),
    "stalled midway": (
        stalls(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"),
        NetworkError,
        "did not answer in time",
    ),
}


def _speak(write: Callable[[bytes], object], words: bytes) -> None:
    write(words)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_becomes_our_error_and_the_key_stays_out_of_it(
    connect: Connect, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    behaviour, kind, words = FAULTS[fault]
    caplog.set_level(logging.DEBUG)
    _, client = connect(behaviour, read_timeout_s=0.2 if "stalled" in fault else 10.0)
    with pytest.raises(kind) as caught:
        client.search(SearchQuery("boat"))
    assert words in str(caught.value)
    assert "Traceback" not in str(caught.value)
    assert KEY not in everything_said(caught.value, caplog)
    assert KEY not in repr(client) + repr(vars(caught.value))
    assert len(caught.value.details) < 400


@pytest.mark.parametrize("fault", ["key", "reset", "stalled", "redirect", "HTML"])
def test_the_key_stays_out_of_upload_and_download_errors_too(
    connect: Connect, caplog: pytest.LogCaptureFixture, tmp_path: Path, fault: str
) -> None:
    behaviour, kind, _ = FAULTS[fault]
    caplog.set_level(logging.DEBUG)
    _, client = connect(behaviour, read_timeout_s=0.1 if fault == "stalled" else 10.0)
    path, token = tmp_path / "a.mp4", CancelToken()
    path.write_bytes(b"x")
    with pytest.raises(kind) as sending:
        client.upload_video(path, FootageDetails(), token=token, on_sent=lambda _: None)
    with pytest.raises(kind) as fetching:
        client.download_video("VI1", "default", tmp_path / "b.mp4", token=token, on_received=lambda *_: None)
    for caught in (sending, fetching):
        assert KEY not in everything_said(caught.value, caplog)


def test_nobody_listens(caplog: pytest.LogCaptureFixture) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        client = VisualSearchClient(f"http://127.0.0.1:{taken.getsockname()[1]}", KEY, title="My server")
        with pytest.raises(NetworkError, match="My server cannot be reached") as caught:
            client.list_unique_ids()
    client.close()
    assert KEY not in everything_said(caught.value, caplog)


def test_what_cannot_be_reached_is_called_by_its_title() -> None:
    lost = requests.ConnectTimeout()
    assert line_failed(lost, "the search engine of this computer").message.startswith("The search engine of this")
    assert line_failed(lost, "memories.ai").message == "memories.ai cannot be reached."
    broken = line_failed(requests.ConnectionError(), "the search engine of this computer")
    assert broken.message == "The connection to the search engine of this computer broke off."


def _drips(handler: Handler) -> None:
    body = b'{"code": "0000", "data": {"unique_ids": ["default"]}}'
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body))
    for place in range(len(body)):
        handler.wfile.write(body[place : place + 1])
        handler.owner.release.wait(0.005)


def test_a_slow_answer_is_waited_for(connect: Connect) -> None:
    _, client = connect(_drips, read_timeout_s=5.0)
    assert client.list_unique_ids() == ("default",)


def test_a_connection_is_kept_for_the_next_call(connect: Connect) -> None:
    server, client = connect(envelope({"unique_ids": ["default"]}), envelope([]))
    client.list_unique_ids()
    for _ in range(3):
        client.search(SearchQuery("boat"))
    assert (len(server.seen), len(server.connections)) == (4, 1)


def test_an_answer_without_end_is_not_read_to_its_end(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_search.api.transport.ANSWER_MAX_BYTES", 300_000)
    _, client = connect(gives(b" " * 10_000_000))
    with pytest.raises(ServerError, match="far too long"):
        client.list_unique_ids()


def test_an_answer_in_chunks_and_one_that_is_compressed_are_read(connect: Connect) -> None:
    body = b'{"code": "0000", "data": {"unique_ids": ["default"]}}'
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunks = b"5\r\n" + body[:5] + b"\r\n%x\r\n" % (len(body) - 5) + body[5:] + b"\r\n0\r\n\r\n"
    server, client = connect(drips(head + chunks), gives(gzip.compress(body), Content_Encoding="gzip"))
    assert [client.list_unique_ids() for _ in range(2)] == [("default",)] * 2
    server.behaviours = [says_and_resets(head + chunks[:-5])]  # no word that this was the last chunk
    with pytest.raises(NetworkError, match="broke off"):
        client.list_unique_ids()


def test_an_answer_that_trickles_for_ever_is_given_up(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_search.api.transport.ANSWER_MAX_S", 0.2)
    _, client = connect(drips(raw_answer(b" " * 10_000), pieces=10_000))
    with pytest.raises(ServerError, match="far too long to answer"):
        client.list_unique_ids()


def test_a_retry_after_is_handed_on(connect: Connect) -> None:
    _, client = connect(gives(b"", status=429, Retry_After="7"), envelope(None, "0429", Retry_After="nonsense"))
    for seconds in (7.0, None):
        with pytest.raises(RateLimited) as caught:
            client.list_unique_ids()
        assert caught.value.retry_after_s == seconds


def test_a_redirect_is_not_followed_and_the_key_goes_nowhere_else(connect: Connect) -> None:
    other, _ = connect(envelope({"unique_ids": []}))
    server, client = connect(gives(b"", status=307, Location=f"{other.url}/serve/api/v1/list_unique_ids"))
    with pytest.raises(ServerError):
        client.list_unique_ids()
    assert (len(server.seen), other.seen) == (1, [])


def test_success_is_decided_by_the_code_alone(connect: Connect) -> None:
    names = {"unique_ids": ["default"]}
    for code in ("0000", 200, "200", "SUCCESS", 0):
        _, client = connect(envelope(names, code, status=500))
        assert client.list_unique_ids() == ("default",)


def test_cancelling_a_search_does_not_wait_for_the_server(connect: Connect) -> None:
    server, client = connect(stalls())
    token = CancelToken()
    cancel_on_arrival(server, token)
    with pytest.raises(Cancelled):
        client.search(SearchQuery("boat"), token)
    assert not server.release.is_set()


def test_no_other_credentials_and_no_cookies_are_sent(
    connect: Connect, profile_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (profile_home / ".netrc").write_text("default login someone password else\n")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")  # a proxy must not see what is for this computer
    server, client = connect(envelope(None, Set_Cookie="id=1; Path=/"))
    client.list_unique_ids()
    client.list_unique_ids()
    assert [seen.headers["Authorization"] for seen in server.seen] == [KEY, KEY]
    assert [seen.headers["Cookie"] for seen in server.seen] == [None, None]


@pytest.mark.parametrize(
    "key", ["", "  \n", "sk-mavi-a\nHost: evil", "sk-mavi-é", "sk-mavi-…", "a b", "a\x00b", "a\x7f"]
)
def test_a_key_that_cannot_be_sent_is_refused_before_sending(key: str) -> None:
    with pytest.raises(KeyRejected) as caught:
        VisualSearchClient("http://127.0.0.1:1", key)
    assert not key.strip() or key not in str(caught.value)


def test_blanks_around_a_pasted_key_do_no_harm(connect: Connect) -> None:
    server, _ = connect(envelope(None))
    client = VisualSearchClient(server.url, f" {KEY}\r\n")
    client.list_unique_ids()
    client.close()
    assert server.seen[0].headers["Authorization"] == KEY
