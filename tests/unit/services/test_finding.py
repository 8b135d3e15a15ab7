"""One search: checked before it is sent, asked again after a stumble, and not for ever."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.local_files import LocalFilesTable
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
def test_a_stumble_is_got_over(libraries: Libraries, finder: Finder, serve: Serve, stumble: Behaviour) -> None:
    server = serve(stumble, FOUND)
    libraries.keep_key(server.url, "sk")
    answer = finder.search(server.url, SearchQuery("boat"), CancelToken())
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
    libraries: Libraries, finder: Finder, serve: Serve, failure: Behaviour, kind: type[Exception], times: int
) -> None:
    server = serve(failure)
    libraries.keep_key(server.url, "sk")
    with pytest.raises(kind):
        finder.search(server.url, SearchQuery("boat"), CancelToken())
    assert len(server.seen) == times


def test_a_query_with_problems_is_not_sent(libraries: Libraries, finder: Finder, serve: Serve) -> None:
    server = serve(FOUND)
    libraries.keep_key(server.url, "sk")
    for query, words in (
        (SearchQuery(" "), "Type what you are looking for"),
        (SearchQuery("boat", filters=SearchFilters(latitude=91, longitude=0)), "Between −90 and 90"),
    ):
        with pytest.raises(RequestRejected, match=words):
            finder.search(server.url, query, CancelToken())
    assert not server.seen


def test_the_pause_before_the_second_try_can_be_cancelled(libraries: Libraries, finder: Finder, serve: Serve) -> None:
    server = serve(gives(b"", status=429, Retry_After="3"))
    libraries.keep_key(server.url, "sk")
    token = CancelToken()
    ends: list[str] = []

    def search() -> None:
        try:
            finder.search(server.url, SearchQuery("boat"), token)
        except Cancelled:
            ends.append("cancelled")

    thread = threading.Thread(target=search)
    thread.start()
    token.cancel()
    thread.join(20)
    assert ends == ["cancelled"]


def test_hits_are_told_in_terms_of_the_originals(
    libraries: Libraries, finder: Finder, serve: Serve, catalog: Catalog
) -> None:
    rows = [
        {"videoNo": "VI1", "videoName": "A001 part 2 of 2", "startTime": "3", "endTime": "5"},
        {"videoNo": "VI2", "videoName": "B002", "startTime": "3"},
    ]
    server = serve(envelope(rows))
    libraries.keep_key(server.url, "sk")
    links = LocalFilesTable(catalog)
    links.link(server.url, "VI1", Path("/card/A001.mxf"), 1, 1, "", start_ms=60_000)
    links.link("elsewhere", "VI2", Path("/card/C003.mxf"), 1, 1, "", start_ms=60_000)
    first, second = finder.search(server.url, SearchQuery("boat"), CancelToken()).hits
    assert (first.name, first.start_ms, first.end_ms) == ("A001.mxf", 63_000, 65_000)
    assert (first.in_its_video.start_ms, first.in_its_video.end_ms) == (3000, 5000)
    assert (first.original, second.original) == (Path("/card/A001.mxf"), None)
    assert (second.name, second.start_ms, second.end_ms) == ("B002", 3000, None)


def test_a_search_inside_a_clip_goes_to_the_library_of_the_clip(
    libraries: Libraries, finder: Finder, serve: Serve
) -> None:
    server = serve(FOUND)
    libraries.keep_key(server.url, "sk")
    query = SearchQuery("boat", inside=(server.url, "field", "VI1"))
    (hit,) = finder.search("local", query, CancelToken()).hits
    assert hit.clip == (server.url, "field", "VI1")
    assert (server.seen[0].json["video_nos"], server.seen[0].json["unique_id"]) == (["VI1"], "field")
