"""One search: checked before it is sent, asked again after a stumble, and not for ever."""

from __future__ import annotations

import threading

import pytest

from desktop_search.core.errors import Cancelled, KeyRejected, NetworkError, RateLimited, RequestRejected, ServerError
from desktop_search.core.query import SearchFilters, SearchQuery
from desktop_search.core.token import CancelToken
from desktop_search.services.finding import Finder
from desktop_search.services.libraries import Libraries
from tests.support.fault_server import Behaviour, envelope, gives, resets
from tests.unit.services.conftest import Serve

FOUND = envelope([{"videoNo": "VI1", "startTime": "3"}])
HICCUP = envelope(None, "0001", "network abnormal", Retry_After="0")
TOO_FAST = gives(b"", status=429, Retry_After="0")


@pytest.mark.parametrize("stumble", [HICCUP, TOO_FAST])
def test_a_stumble_is_got_over(libraries: Libraries, serve: Serve, stumble: Behaviour) -> None:
    server = serve(stumble, FOUND)
    libraries.keep_key(server.url, "sk")
    answer = Finder(libraries).search(server.url, SearchQuery("boat"), CancelToken())
    assert [hit.video_no for hit in answer.hits] == ["VI1"]
    assert len(server.seen) == 2


@pytest.mark.parametrize(
    ("failure", "kind", "times"),
    [
        (HICCUP, ServerError, 3),
        (TOO_FAST, RateLimited, 3),
        (gives(b"", status=429, Retry_After="60"), RateLimited, 1),
        (envelope(None, "0001", "top_k"), RequestRejected, 1),
        (envelope(None, "0401", "key"), KeyRejected, 1),
        (gives(b"", status=503, Retry_After="0"), ServerError, 3),
        (resets(), NetworkError, 3),
    ],
)
def test_nothing_is_asked_for_ever(
    libraries: Libraries, serve: Serve, failure: Behaviour, kind: type[Exception], times: int
) -> None:
    server = serve(failure)
    libraries.keep_key(server.url, "sk")
    with pytest.raises(kind):
        Finder(libraries).search(server.url, SearchQuery("boat"), CancelToken())
    assert len(server.seen) == times


def test_a_query_with_problems_is_not_sent(libraries: Libraries, serve: Serve) -> None:
    server = serve(FOUND)
    libraries.keep_key(server.url, "sk")
    for query, words in (
        (SearchQuery(" "), "Type what you are looking for"),
        (SearchQuery("boat", filters=SearchFilters(latitude=91, longitude=0)), "Between −90 and 90"),
    ):
        with pytest.raises(RequestRejected, match=words):
            Finder(libraries).search(server.url, query, CancelToken())
    assert not server.seen


def test_the_pause_before_the_second_try_can_be_cancelled(libraries: Libraries, serve: Serve) -> None:
    server = serve(gives(b"", status=429, Retry_After="3"))
    libraries.keep_key(server.url, "sk")
    token = CancelToken()
    ends: list[str] = []

    def search() -> None:
        try:
            Finder(libraries).search(server.url, SearchQuery("boat"), token)
        except Cancelled:
            ends.append("cancelled")

    thread = threading.Thread(target=search)
    thread.start()
    token.cancel()
    thread.join(20)
    assert ends == ["cancelled"]
