"""The client keeps the documented limits ahead of time: an engine that has them refuses none of its calls."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from desktop_search.api import limiter
from desktop_search.api.client import VisualSearchClient
from desktop_search.api.limiter import Limiter
from desktop_search.api.patience import Patience
from desktop_search.core.calls import CallKind, CallRecord
from desktop_search.core.errors import Cancelled, RateLimited
from desktop_search.core.footage import FootageDetails
from desktop_search.core.query import SearchQuery
from desktop_search.core.token import CancelToken
from desktop_search.core.transfer_settings import DOCUMENTED_LIMITS, RateLimit
from tests.contract.engine_child import EngineChild
from tests.support.waiting import wait_until

ONCE = {kind: Patience(1, 60.0) for kind in CallKind}


class Watched(Limiter):
    """The limiter, and what it was told."""

    codes: tuple[tuple[CallKind, str], ...] = ()

    def left(self, record: CallRecord) -> None:
        self.codes += ((record.kind, record.code),)
        super().left(record)


@pytest.fixture
def limited(tmp_path: Path) -> Iterator[EngineChild]:
    with EngineChild(tmp_path / "data", "--limits", "documented") as child:
        yield child


def test_calls_of_many_threads_are_never_refused(limited: EngineChild, monkeypatch: pytest.MonkeyPatch) -> None:
    # On a busy machine a call may be under way for longer than is allowed for: here it counts once it has ended.
    monkeypatch.setattr(limiter, "ARRIVAL_S", 3600.0)
    gate = Watched(lambda: DOCUMENTED_LIMITS)
    client = VisualSearchClient(limited.url, limited.key, gate=gate)
    calls: list[tuple[int, Callable[[], object]]] = [
        (3, lambda: client.search(SearchQuery("boat"))),
        (3, lambda: client.transcript("VI1", "default")),
        (3, lambda: client.imports.task("x")),
        (12, lambda: client.list_videos("default")),
        (8, lambda: client.delete_videos(["VI1"], "default")),
    ]
    work = [call for times, call in calls for _ in range(times)]
    with ThreadPoolExecutor(len(work)) as threads:
        for done in [threads.submit(each) for each in work]:
            done.result()
    client.close()
    assert len(gate.codes) == len(work)
    assert {code for _, code in gate.codes} == {"0000"}


def test_without_the_limits_the_same_engine_refuses(limited: EngineChild) -> None:
    gate = Watched(dict)
    client = VisualSearchClient(limited.url, limited.key, gate=gate, patience=ONCE)

    def is_refused() -> bool:
        with ThreadPoolExecutor(6) as threads:
            done = [threads.submit(client.search, SearchQuery("boat")) for _ in range(6)]
        return any(isinstance(each.exception(), RateLimited) for each in done)

    wait_until(is_refused, "two of the searches come within a second", 60)
    client.close()
    assert "0429" in {code for _, code in gate.codes}


def test_a_second_upload_waits_its_turn_and_the_wait_can_be_cancelled(limited: EngineChild, tmp_path: Path) -> None:
    an_hour = {**DOCUMENTED_LIMITS, CallKind.UPLOAD: RateLimit(1, 3600.0)}  # however long the first one takes
    gate, token = Watched(lambda: an_hour), CancelToken()
    client = VisualSearchClient(limited.url, limited.key, gate=gate)
    path = tmp_path / "a.mp4"
    path.write_bytes(b"no video" * 100)
    client.upload_video(path, FootageDetails(), token=token, on_sent=lambda _: None)
    assert 0 < client.wait_s(CallKind.UPLOAD) <= 3600
    assert client.wait_s(CallKind.LIST) == 0.0
    ends: list[str] = []

    def send() -> None:
        try:
            client.upload_video(path, FootageDetails(), token=token, on_sent=lambda _: None)
        except Cancelled:
            ends.append("cancelled")

    thread = threading.Thread(target=send)
    thread.start()
    token.cancel()
    thread.join()
    assert ends == ["cancelled"]
    assert client.list_videos("default")[1] == 1
    client.close()


def test_what_a_refusal_taught_holds_for_the_next_call(limited: EngineChild, tmp_path: Path) -> None:
    gate = Watched(lambda: {CallKind.UPLOAD: RateLimit(100, 1.0)})  # the settings are wrong
    client = VisualSearchClient(limited.url, limited.key, gate=gate)
    path = tmp_path / "a.mp4"
    path.write_bytes(b"no video" * 100)
    client.upload_video(path, FootageDetails(), token=CancelToken(), on_sent=lambda _: None)
    began_s = time.monotonic()
    with pytest.raises(RateLimited, match="too many requests") as refused:
        client.upload_video(path, FootageDetails(), token=CancelToken(), on_sent=lambda _: None)
    asked_s, wait_s = refused.value.retry_after_s, client.wait_s(CallKind.UPLOAD)
    assert asked_s is not None
    assert asked_s - (time.monotonic() - began_s) <= wait_s <= asked_s
    client.close()
