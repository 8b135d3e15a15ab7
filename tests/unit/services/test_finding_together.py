"""Several libraries asked together: what fails spoils nothing, what was paid for is not paid for again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_search.catalog.answers import AnswersTable
from desktop_search.catalog.database import Catalog
from desktop_search.catalog.local_files import LocalFilesTable
from desktop_search.core import library as libraries_core
from desktop_search.core.accounts import Server
from desktop_search.core.errors import Cancelled, KeyRejected, NetworkError, RequestRejected
from desktop_search.core.findings import Findings
from desktop_search.core.query import SearchFilters, SearchQuery
from desktop_search.core.query_texts import query_text
from desktop_search.core.token import CancelToken
from desktop_search.core.transfer_settings import PriceTable, TransferSettings
from desktop_search.services.finding import Finder
from desktop_search.services.finding_together import TogetherFinder
from desktop_search.services.libraries import Libraries
from desktop_search.settings.preferences import PreferencesStore
from desktop_search.settings.secrets import SecretStore
from desktop_search.transfers.origins import Origins
from tests.support.fault_server import FaultServer, envelope, gives, resets
from tests.unit.services.conftest import Serve

BOAT = SearchQuery("boat")
PRICES = TransferSettings(prices=PriceTable(search_per_1000=2.0))


def found(video: str) -> object:
    return envelope([{"videoNo": video, "videoName": video, "startTime": "3", "endTime": "5"}])


@pytest.fixture
def together(finder: Finder, libraries: Libraries, catalog: Catalog) -> TogetherFinder:
    return TogetherFinder(finder, libraries, AnswersTable(catalog), Origins(catalog), lambda: PRICES)


@pytest.fixture
def paid(serve: Serve, libraries: Libraries, monkeypatch: pytest.MonkeyPatch) -> Callable[..., FaultServer]:
    """Makes a server the one that costs money."""

    def start(*behaviours: object) -> FaultServer:
        server = serve(*behaviours)
        libraries.keep_key(server.url, "sk")
        monkeypatch.setattr(libraries_core, "CLOUD_URL", server.url)
        return server

    return start


def ask(together: TogetherFinder, *servers: FaultServer, query: SearchQuery = BOAT, anew: bool = False) -> Findings:
    ids = tuple(server.url for server in servers)
    return together.find(ids, query, CancelToken(), lambda _part: None, asks_anew=anew)


def names(findings: Findings) -> list[str]:
    return [hit.name for hit in findings.answer.hits]


def test_a_library_that_fails_spoils_nothing_and_can_be_asked_alone_again(
    together: TogetherFinder, libraries: Libraries, serve: Serve
) -> None:
    good, bad = serve(found("VI1")), serve(resets(), resets(), resets(), found("VI2"))
    for server in (good, bad):
        libraries.keep_key(server.url, "sk")
    findings = ask(together, good, bad)
    assert names(findings) == ["VI1"]
    assert findings.answer.hits[0].found_in == (good.url.removeprefix("http://"),)
    assert isinstance(findings.asked[1].problem, NetworkError)
    after = together.again(findings, bad.url, BOAT, CancelToken(), lambda _part: None)
    assert sorted(names(after)) == ["VI1", "VI2"]
    assert len(good.seen) == 1
    assert [part.problem for part in after.asked] == [None, None]


def test_alone_it_raises_and_without_a_key_nothing_is_asked(
    together: TogetherFinder, libraries: Libraries, serve: Serve
) -> None:
    server = serve(found("VI1"))
    with pytest.raises(KeyRejected):
        ask(together, server)
    assert not server.seen


def test_all_that_the_user_has_a_key_for_are_asked(
    together: TogetherFinder, libraries: Libraries, serve: Serve, preferences: PreferencesStore
) -> None:
    server = serve(found("VI1"))
    preferences.update(servers=(Server(server.url),))
    assert [library.library_id for library in libraries.with_keys()] == ["local"]
    libraries.keep_key(server.url, "sk")
    assert [library.library_id for library in libraries.with_keys()] == ["local", server.url]


def test_what_came_is_told_while_a_slow_one_is_waited_for_and_cancelling_ends_all(
    together: TogetherFinder, libraries: Libraries, serve: Serve
) -> None:
    quick, slow = serve(found("VI1")), serve(gives(b"", status=429, Retry_After="5"))
    for server in (quick, slow):
        libraries.keep_key(server.url, "sk")
    token, told, ends = CancelToken(), threading.Event(), []
    parts: list[Findings] = []

    def report(part: Findings) -> None:
        parts.append(part)
        told.set()

    def search() -> None:
        try:
            together.find((quick.url, slow.url), BOAT, token, report)
        except Cancelled:
            ends.append("cancelled")

    thread = threading.Thread(target=search)
    thread.start()
    assert told.wait(20)
    token.cancel()
    thread.join(20)
    assert ends == ["cancelled"]
    assert [names(part) for part in parts] == [["VI1"]]
    assert [part.is_waiting for part in parts[0].asked] == [False, True]


def test_an_answer_that_was_paid_for_is_not_paid_for_again_until_asked_anew(
    together: TogetherFinder, paid: Callable[..., FaultServer], catalog: Catalog
) -> None:
    server = paid(found("VI1"))
    first = ask(together, server)
    assert (first.asked[0].kept_ms, first.asked[0].cost) == (None, 0.002)
    LocalFilesTable(catalog).link(server.url, "VI1", Path("/card/A001.mxf"), 1, 1, "", start_ms=60_000)
    kept = ask(together, server)
    assert (kept.asked[0].cost, kept.asked[0].is_outdated, len(server.seen)) == (0.0, False, 1)
    assert kept.asked[0].kept_ms is not None
    (hit,) = kept.answer.hits
    assert (hit.name, hit.start_ms, hit.library_id) == ("A001.mxf", 63_000, server.url)  # as it is called by now
    ask(together, server, query=SearchQuery("boat "))  # in other words, even if hardly so
    assert len(server.seen) == 2
    together.outdate(server.url)
    assert ask(together, server).asked[0].is_outdated
    fresh = ask(together, server, anew=True)
    assert (fresh.asked[0].kept_ms, len(server.seen)) == (None, 3)
    assert not ask(together, server).asked[0].is_outdated


def test_nothing_is_kept_where_the_user_does_not_want_it(
    finder: Finder, libraries: Libraries, catalog: Catalog, paid: Callable[..., FaultServer]
) -> None:
    server = paid(found("VI1"))
    origins = Origins(catalog)
    together = TogetherFinder(finder, libraries, AnswersTable(catalog), origins, lambda: PRICES, lambda: False)
    for _ in range(2):
        assert ask(together, server).asked[0].cost == 0.002
    assert len(server.seen) == 2


def test_another_picture_at_the_same_place_is_another_query(
    together: TogetherFinder, paid: Callable[..., FaultServer], tmp_path: Path
) -> None:
    server = paid(found("VI1"))
    picture = tmp_path / "a.png"
    for content in (b"one", b"one", b"another"):
        if not picture.exists() or picture.read_bytes() != content:
            picture.write_bytes(content)
        ask(together, server, query=SearchQuery(picture=picture))
    assert len(server.seen) == 2


def test_answers_of_a_library_that_costs_nothing_are_not_kept(
    together: TogetherFinder, libraries: Libraries, serve: Serve
) -> None:
    server = serve(found("VI1"))
    libraries.keep_key(server.url, "sk")
    for _ in range(2):
        assert ask(together, server).asked[0].kept_ms is None
    assert len(server.seen) == 2


def test_with_another_key_nothing_of_the_account_before_is_shown(
    together: TogetherFinder, libraries: Libraries, catalog: Catalog, paid: Callable[..., FaultServer]
) -> None:
    server = paid(found("VI1"))
    ask(together, server)
    assert AnswersTable(catalog).get(server.url, query_text(BOAT)) is not None
    mine = Libraries(libraries._engine, SecretStore(), libraries._preferences, key_changes=AnswersTable(catalog).forget)
    mine.keep_key(server.url, "sk-of-another-account")
    mine.close()
    assert AnswersTable(catalog).get(server.url, query_text(BOAT)) is None
    ask(together, server)
    assert len(server.seen) == 2


@pytest.mark.parametrize("query", [SearchQuery("person:Anna"), SearchQuery(filters=SearchFilters(people=("Anna",)))])
def test_no_library_but_this_computer_is_asked_for_people(
    together: TogetherFinder, libraries: Libraries, serve: Serve, paid: Callable[..., FaultServer], query: SearchQuery
) -> None:
    first, second = paid(), serve()
    libraries.keep_key(second.url, "sk")
    findings = ask(together, first, second, query=query)
    assert (first.seen, second.seen) == ([], [])
    assert [part.cost for part in findings.asked] == [0, 0]
    assert "this computer alone" in str(findings.problem)
    with pytest.raises(RequestRejected, match="this computer alone"):
        ask(together, first, query=query)
