"""Every request passes the account's gate, with true numbers; what may be repeated is, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_search.api.client import VisualSearchClient
from desktop_search.api.patience import Patience
from desktop_search.core.calls import CallKind, CallRecord
from desktop_search.core.errors import Cancelled, NetworkError, NoCredit, RateLimited, ServerError
from desktop_search.core.footage import FootageDetails
from desktop_search.core.query import SearchQuery
from desktop_search.core.token import CancelToken
from tests.support.fault_server import Behaviour, FaultServer, envelope, gives, resets, stalls
from tests.unit.api.conftest import Connect

SIX = {kind: Patience(6, 60.0) for kind in CallKind}
BUSY = envelope(None, "0429", Retry_After="0")
NAMES = envelope({"unique_ids": ["default"]})


class Notebook:
    """A gate that lets everything through, or waits for so long, and writes everything down."""

    def __init__(self, wait_s: float = 0.0) -> None:
        self.entered: list[CallKind] = []
        self.records: list[CallRecord] = []
        self._wait_s = wait_s

    def enter(self, kind: CallKind, token: CancelToken) -> None:
        self.entered.append(kind)
        token.wait(self._wait_s)

    def wait_s(self, kind: CallKind, spare: int = 0) -> float:
        return self._wait_s

    def left(self, record: CallRecord) -> None:
        self.records.append(record)


class NoMoney(Notebook):
    def enter(self, kind: CallKind, token: CancelToken) -> None:
        raise NoCredit("The budget of this month is used up.")


def _upload(client: VisualSearchClient, path: Path, token: CancelToken | None = None) -> str:
    return client.upload_video(path, FootageDetails(), token=token or CancelToken(), on_sent=lambda _: None)


def _clip(tmp_path: Path, size_bytes: int = 100_000) -> Path:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"x" * size_bytes)
    return path


def _body_bytes(server: FaultServer) -> list[int]:
    return [len(seen.body) for seen in server.seen]


def test_bytes_and_codes_of_every_kind_of_call_are_told(connect: Connect, tmp_path: Path) -> None:
    gate = Notebook()
    server, client = connect(
        envelope([]),
        envelope({"videoNo": "VI1"}),
        gives(b"film" * 50_000, content_type="application/octet-stream"),
        envelope(None, "0001", "video not found"),
        gives(b"", status=429, Retry_After="7"),
        gate=gate,
    )
    client.search(SearchQuery("boat"))
    _upload(client, _clip(tmp_path))
    target, token = tmp_path / "b.mp4", CancelToken()
    client.download_video("VI1", "default", target, token=token, on_received=lambda *_: None)
    with pytest.raises(Exception, match="does not have this file"):
        client.download_video("VI1", "default", target, token=token, on_received=lambda *_: None)
    with pytest.raises(RateLimited):
        client.list_unique_ids()
    assert gate.entered == [record.kind for record in gate.records]
    assert [record.sent_bytes for record in gate.records] == _body_bytes(server)
    told = [(record.endpoint, record.code, record.retry_after_s) for record in gate.records]
    assert told == [
        ("/search", "0000", None),
        ("/upload", "0000", None),
        ("/download", "0000", None),
        ("/download", "0001", None),
        ("/list_unique_ids", "0429", 7.0),
    ]
    assert [record.received_bytes for record in gate.records][2] == 200_000
    assert [record.succeeded for record in gate.records] == [True, True, True, False, False]


def test_a_broken_call_is_told_without_a_code(connect: Connect, tmp_path: Path) -> None:
    gate = Notebook()
    server, client = connect(resets(), resets(b'{"code": "0000",'), gate=gate)
    for _ in range(2):
        with pytest.raises(NetworkError):
            _upload(client, _clip(tmp_path))
    assert [record.code for record in gate.records] == ["", ""]
    assert [record.sent_bytes for record in gate.records] == _body_bytes(server)


def test_what_the_gate_forbids_is_not_sent(connect: Connect, tmp_path: Path) -> None:
    gate = NoMoney()
    server, client = connect(gate=gate)
    with pytest.raises(NoCredit):
        client.search(SearchQuery("boat"))
    with pytest.raises(NoCredit):
        _upload(client, _clip(tmp_path))
    assert (server.seen, gate.records) == ([], [])


def test_a_call_that_changes_nothing_is_tried_again_each_try_through_the_gate(connect: Connect) -> None:
    gate = Notebook()
    server, client = connect(BUSY, gives(b"", status=503, Retry_After="0"), BUSY, NAMES, gate=gate, patience=SIX)
    assert client.list_unique_ids() == ("default",)
    assert len(server.seen) == len(gate.records) == 4


def test_a_connection_that_was_dropped_is_asked_again_after_a_while(connect: Connect) -> None:
    server, client = connect(resets(), NAMES, patience=SIX)
    assert client.list_unique_ids() == ("default",)
    assert len(server.seen) == 2


def test_six_tries_are_enough(connect: Connect, tmp_path: Path) -> None:
    server, client = connect(BUSY, patience=SIX)
    with pytest.raises(RateLimited):
        client.list_unique_ids()
    assert len(server.seen) == 6
    picture = tmp_path / "a.jpg"
    picture.write_bytes(b"x")
    with pytest.raises(RateLimited):
        client.search(SearchQuery(picture=picture))
    assert _body_bytes(server)[6:] == [len(server.seen[6].body)] * 6


def test_an_upload_is_never_repeated(connect: Connect, tmp_path: Path) -> None:
    server, client = connect(BUSY, patience=SIX)
    with pytest.raises(RateLimited):
        _upload(client, _clip(tmp_path))
    with pytest.raises(RateLimited):
        client.upload_url("https://example.org/a.mp4", FootageDetails())
    assert len(server.seen) == 2


def test_a_wait_that_would_be_too_long_is_told_instead(connect: Connect) -> None:
    long = envelope(None, "0429", Retry_After="50")
    server, client = connect(long, patience={kind: Patience(6, 5.0) for kind in CallKind})
    with pytest.raises(RateLimited) as caught:
        client.list_unique_ids()
    assert (len(server.seen), caught.value.retry_after_s) == (1, 50.0)
    server, client = connect(NAMES, gate=Notebook(40.2), patience={kind: Patience(6, 5.0) for kind in CallKind})
    with pytest.raises(RateLimited, match="Wait 41 seconds") as caught:
        client.list_unique_ids()
    assert (server.seen, caught.value.retry_after_s, client.wait_s(CallKind.LIST)) == ([], 40.2, 40.2)


def test_a_try_that_took_its_time_is_the_last(connect: Connect) -> None:
    server, client = connect(stalls(), read_timeout_s=0.3, patience={kind: Patience(6, 0.2) for kind in CallKind})
    with pytest.raises(NetworkError, match="did not answer in time"):
        client.list_unique_ids()
    assert len(server.seen) == 1


def test_the_wait_between_two_tries_ends_when_it_is_cancelled(connect: Connect) -> None:
    token = CancelToken()

    class Cancelling(Notebook):
        def left(self, record: CallRecord) -> None:
            token.cancel()

    server, client = connect(
        envelope(None, "0429", Retry_After="60"), gate=Cancelling(), patience={k: Patience(6, 99.0) for k in CallKind}
    )
    with pytest.raises(Cancelled):
        client.list_unique_ids(token=token)
    assert len(server.seen) == 1


def test_the_wait_at_the_gate_ends_when_it_is_cancelled(connect: Connect) -> None:
    token = CancelToken()

    class Closed(Notebook):
        def enter(self, kind: CallKind, own: CancelToken) -> None:
            token.cancel()
            own.wait(60.0)

    server, client = connect(gate=Closed())
    with pytest.raises(Cancelled):
        client.list_unique_ids(token=token)
    assert server.seen == []


@pytest.mark.parametrize(
    "strange",
    [
        gives(b"<html>Log in</html>", content_type="text/html"),
        gives(b"", status=302, Location="http://127.0.0.1:1/elsewhere"),
        gives(b"nothing here", status=404),
    ],
)
def test_what_is_no_library_is_told_at_once_though_it_may_be_one_later(connect: Connect, strange: Behaviour) -> None:
    server, client = connect(strange, patience=SIX)
    with pytest.raises(ServerError) as caught:
        client.list_unique_ids()
    assert (len(server.seen), caught.value.retryable) == (1, True)


def test_a_failing_service_is_asked_again_only_where_that_may_help(connect: Connect) -> None:
    server, client = connect(envelope(None, "0402", "no points"), patience=SIX)
    with pytest.raises(NoCredit):
        client.list_unique_ids()
    server, client = connect(gives(b"<html>", status=503, Retry_After="0"), patience=SIX)
    with pytest.raises(ServerError):
        client.list_unique_ids()
    assert len(server.seen) == 6
