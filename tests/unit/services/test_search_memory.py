"""Saved searches at work: pictures kept with them, new hits counted, and nothing asked quietly that costs money."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_search.catalog.answers import AnswersTable
from desktop_search.catalog.database import Catalog
from desktop_search.core import library as libraries_core
from desktop_search.core.errors import FileProblem, NetworkError, RequestRejected
from desktop_search.core.query import SearchFilters, SearchQuery
from desktop_search.core.token import CancelToken
from desktop_search.core.transfer_settings import TransferSettings
from desktop_search.core.when import Clock
from desktop_search.services.finding import Finder
from desktop_search.services.finding_together import TogetherFinder
from desktop_search.services.libraries import Libraries
from desktop_search.services.search_memory import SearchMemory
from desktop_search.settings.preferences import PreferencesStore
from desktop_search.transfers.origins import Origins
from tests.support.fault_server import FaultServer, envelope, resets
from tests.unit.services.conftest import Serve

BOAT = SearchQuery("boat")


def found(*starts_s: int) -> object:
    return envelope([{"videoNo": "VI1", "startTime": str(start), "endTime": str(start + 2)} for start in starts_s])


@pytest.fixture
def together(finder: Finder, libraries: Libraries, catalog: Catalog) -> TogetherFinder:
    return TogetherFinder(finder, libraries, AnswersTable(catalog), Origins(catalog), TransferSettings)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "searches"


class Calendar:
    """The time that the memory is told."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 18, 12, tzinfo=UTC)

    def __call__(self) -> Clock:
        return Clock(self.now, UTC)


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def memory(
    catalog: Catalog,
    together: TogetherFinder,
    libraries: Libraries,
    preferences: PreferencesStore,
    folder: Path,
    calendar: Calendar,
) -> SearchMemory:
    return SearchMemory(catalog, together, libraries, preferences, folder, calendar)


@pytest.fixture
def keyed(serve: Serve, libraries: Libraries) -> Callable[..., FaultServer]:
    def start(*behaviours: object) -> FaultServer:
        server = serve(*behaviours)
        libraries.keep_key(server.url, "sk")
        return server

    return start


def fresh(memory: SearchMemory) -> list[int]:
    return [len(saved.fresh) for saved in memory.saved()]


def test_new_hits_are_counted_until_the_answer_was_looked_at(
    memory: SearchMemory, together: TogetherFinder, keyed: Callable[..., FaultServer]
) -> None:
    server = keyed(found(3), found(3, 9, 20), found(3, 9, 20))
    seen = together.find((server.url,), BOAT, CancelToken(), lambda _part: None)
    memory.save("boats", BOAT, (server.url,), seen)
    memory.save("elsewhere", BOAT, ("local",), None)
    memory.count_in(server.url, CancelToken())
    assert fresh(memory) == [2, 0]
    assert len(server.seen) == 2  # the other one asks another library
    now = together.find((server.url,), BOAT, CancelToken(), lambda _part: None)
    memory.looked(memory.saved()[0].search_id, now)
    assert fresh(memory) == [0, 0]


def test_a_library_that_costs_money_is_asked_on_request_alone(
    memory: SearchMemory, keyed: Callable[..., FaultServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = keyed(found(3))
    monkeypatch.setattr(libraries_core, "CLOUD_URL", server.url)
    (saved,) = memory.save("boats", BOAT, (server.url,), None)
    memory.count_in(server.url, CancelToken())
    assert not server.seen
    for calls in (1, 2):  # each time anew, whatever is kept
        memory.count(saved.search_id, CancelToken(), lambda _part: None)
        assert len(server.seen) == calls
    assert fresh(memory) == [1]


def test_a_library_that_fails_leaves_the_count_as_it_was_and_the_others_are_counted(
    memory: SearchMemory, keyed: Callable[..., FaultServer]
) -> None:
    server = keyed(resets(), resets(), resets(), found(3), resets())
    memory.save("a", BOAT, (server.url,), None)
    (_first, second) = memory.save("b", SearchQuery("quay"), (server.url,), None)
    memory.count_in(server.url, CancelToken())
    assert fresh(memory) == [0, 1]
    with pytest.raises(NetworkError):
        memory.count(second.search_id, CancelToken(), lambda _part: None)
    assert fresh(memory) == [0, 1]
    assert memory.count(999, CancelToken(), lambda _part: None) == memory.saved()


def test_a_picture_is_kept_as_long_as_a_search_has_it(memory: SearchMemory, folder: Path, tmp_path: Path) -> None:
    picture = tmp_path / "ü # 100%.PNG"
    picture.write_bytes(b"picture")
    for name in ("a", "b"):
        memory.save(name, SearchQuery(picture=picture), ("local",), None)
    picture.unlink()
    first, second = memory.saved()
    assert first.query.picture == second.query.picture
    assert first.query.picture is not None
    assert first.query.picture.read_bytes() == b"picture"
    memory.change(first.search_id, first.query, ("local",), None)  # its own picture is there already
    memory.remove(first.search_id)
    assert len(list(folder.iterdir())) == 1
    memory.change(second.search_id, BOAT, ("local",), None)
    assert list(folder.iterdir()) == []


def test_what_cannot_be_kept_leaves_nothing(memory: SearchMemory, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="could not be kept"):
        memory.save("gone", SearchQuery(picture=tmp_path / "gone.png"), ("local",), None)
    huge = tmp_path / "huge.png"
    with huge.open("wb") as file:
        file.truncate(65 * 1024**2)
    with pytest.raises(FileProblem, match="too large"):
        memory.save("huge", SearchQuery(picture=huge), ("local",), None)
    with pytest.raises(RequestRejected):
        memory.save(" ", BOAT, ("local",), None)
    assert memory.saved() == ()


def test_the_last_search_is_offered_without_a_picture_that_is_gone(memory: SearchMemory, tmp_path: Path) -> None:
    assert memory.last() is None
    picture = tmp_path / "a.png"
    picture.write_bytes(b"picture")
    memory.note(SearchQuery("boat", picture=picture))
    assert memory.last() == SearchQuery("boat", picture=picture)
    picture.unlink()
    assert memory.last() == SearchQuery("boat")
    memory.set_remembers(False)
    memory.note(SearchQuery("secret"))
    assert memory.last() is None
    assert [each.query.words for each in memory.recent()] == ["boat"]


def test_words_for_a_time_mean_what_they_mean_on_the_day_of_asking(
    memory: SearchMemory, calendar: Calendar, keyed: Callable[..., FaultServer]
) -> None:
    server = keyed(found(3), found(3))
    week = SearchFilters().with_taken(day(16), None, "this week")
    dates = week.with_taken(day(16), None)
    for number, filters in enumerate((week, dates)):
        memory.save(f"{number}", replace(BOAT, filters=filters), (server.url,), None)
        memory.note(replace(BOAT, filters=filters))
    calendar.now += timedelta(7)
    moved = week.with_taken(day(23), None, "this week")
    assert [saved.query.filters for saved in memory.saved()] == [moved, dates]
    assert [recent.query.filters for recent in memory.recent()] == [dates, moved]
    memory.note(replace(BOAT, filters=moved))  # the same as the one of a week ago
    assert [recent.query.filters for recent in memory.recent()] == [moved, dates]
    assert memory.last() == replace(BOAT, filters=moved)

    saved = memory.saved()[0]
    memory.count(saved.search_id, CancelToken(), lambda _part: None)
    assert server.seen[0].json["datetime_taken"] == "2026-11-23 00:00:00"
    assert fresh(memory) == [1, 0]


def test_words_for_a_time_that_nobody_understands_leave_the_dates(memory: SearchMemory) -> None:
    strange = SearchFilters().with_taken(day(9), day(16), "fortnight of the harvest")
    memory.save("a", replace(BOAT, filters=strange), ("local",), None)
    assert memory.saved()[0].query.filters == SearchFilters(taken_after=day(9), taken_before=day(16))


def day(number: int) -> datetime:
    return datetime(2026, 11, number)  # noqa: DTZ001 - wall time in UTC by the contract
