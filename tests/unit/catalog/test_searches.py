"""Recent and saved searches, and answers that were paid for, in the catalog."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop_search.catalog import answers
from desktop_search.catalog.answers import AnswersTable
from desktop_search.catalog.database import Catalog
from desktop_search.catalog.searches import RecentTable, SavedTable
from desktop_search.core.errors import RequestRejected
from desktop_search.core.hits import BlobRef, Hit, ImageHit, SearchAnswer
from desktop_search.core.query import Scope, SearchFilters, SearchQuery

PIER = SearchQuery("pier", Scope.SAID, SearchFilters(tag="sea"))
KEY = ("local", "default", "VI1", 5)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "catalog.db"


@pytest.fixture
def catalog(file: Path) -> Iterator[Catalog]:
    with closing(Catalog(file)) as made:
        yield made


def test_recent_searches_are_kept_once_each_newest_first_and_a_hundred_of_them(catalog: Catalog) -> None:
    table = RecentTable(catalog)
    table.add(PIER, 1)
    for number in range(99):
        table.add(SearchQuery(f"{number}"), 2)
    table.add(PIER, 3)
    assert [each.query.words for each in table.all()][:2] == ["pier", "98"]
    assert (table.all()[0].query, table.all()[0].asked_ms, len(table.all())) == (PIER, 3, 100)
    table.add(SearchQuery("one more"), 4)
    assert len(table.all()) == 100
    assert "0" not in {each.query.words for each in table.all()}
    table.remove(table.all()[0].search_id)
    table.remove(12345)
    assert table.all()[0].query == PIER
    table.clear()
    assert table.all() == ()


def test_saved_searches_come_back_after_a_restart(file: Path) -> None:
    with closing(Catalog(file)) as catalog:
        table = SavedTable(catalog)
        table.add("  The pier\nat dawn ", PIER, ("local",))
        table.looked(table.add("b", SearchQuery("b"), ()), frozenset({KEY}), 7)
    with closing(Catalog(file)) as catalog:
        second, first = SavedTable(catalog).all()
        assert (first.name, first.query, first.library_ids) == ("The pier at dawn", PIER, ("local",))
        assert (second.name, second.seen, second.fresh, second.looked_ms) == ("b", frozenset({KEY}), frozenset(), 7)


@pytest.mark.parametrize(("name", "words"), [(" \n", "needs a name"), ("x" * 101, "at most 100"), (" PIER", "already")])
def test_a_name_that_cannot_be_changes_nothing(catalog: Catalog, name: str, words: str) -> None:
    table = SavedTable(catalog)
    table.add("pier", PIER, ())
    other = table.add("other", PIER, ())
    with pytest.raises(RequestRejected, match=words):
        table.add(name, PIER, ())
    with pytest.raises(RequestRejected, match=words):
        table.rename(other, name)
    table.rename(other, "Other")
    assert [each.name for each in table.all()] == ["Other", "pier"]


def test_a_count_is_void_when_the_user_has_looked_or_changed_the_search_meanwhile(catalog: Catalog) -> None:
    table = SavedTable(catalog)
    number = table.add("pier", PIER, ("local",))
    (before,) = table.all()
    table.counted(before, frozenset({KEY}), 5)
    assert table.all()[0].fresh == {KEY}
    table.looked(number, frozenset({KEY}), 6)
    table.counted(before, frozenset({KEY}), 7)
    assert table.all()[0].fresh == frozenset()
    (looked,) = table.all()
    table.change(number, SearchQuery("quay"), ())
    table.counted(looked, frozenset({KEY}), 8)
    assert (table.all()[0].fresh, table.all()[0].seen) == (frozenset(), frozenset())
    table.remove(number)
    assert table.get(number) is None


HITS = SearchAnswer(
    (
        Hit(
            "VI1",
            "A001\nü",
            63_000,
            65_000,
            0.5,
            "“ahoy”",
            Scope.SAID,
            "field",
            BlobRef("b", "k.jpg"),
            None,
            60_000,
            (Scope.SEEN,),
            Path("/card/A001.mxf"),
            "memories.ai",
        ),
    )
)


def test_an_answer_is_kept_as_the_library_gave_it(catalog: Catalog) -> None:
    table = AnswersTable(catalog)
    table.keep("memories.ai", "pier", HITS)
    kept = table.get("memories.ai", "pier")
    assert kept is not None
    (hit,) = kept.answer.hits
    assert (hit.start_ms, hit.end_ms, hit.original, hit.library_id) == (3000, 5000, None, "")
    assert (hit.name, hit.excerpt, hit.keyframe) == ("A001\nü", "“ahoy”", BlobRef("b", "k.jpg"))
    assert (hit.found_by, hit.also_found_by) == (Scope.SAID, (Scope.SEEN,))
    assert not kept.is_outdated
    assert table.get("memories.ai", "quay") is table.get("other", "pier") is None
    table.outdate("other")
    table.forget("other")
    table.outdate("memories.ai")
    kept = table.get("memories.ai", "pier")
    assert kept is not None
    assert kept.is_outdated
    table.keep("memories.ai", "pier", HITS)
    kept = table.get("memories.ai", "pier")
    assert kept is not None
    assert not kept.is_outdated
    table.forget()
    assert table.get("memories.ai", "pier") is None


def test_no_signed_address_is_kept(catalog: Catalog, file: Path) -> None:
    table = AnswersTable(catalog)
    address = "https://storage.example/pier.jpg?sig=secret"
    table.keep("memories.ai", "pier", SearchAnswer(images=(ImageHit("1", "pier", address, blob=BlobRef("b", "p")),)))
    kept = table.get("memories.ai", "pier")
    assert kept is not None
    assert kept.answer.images == (ImageHit("1", "pier", blob=BlobRef("b", "p")),)
    assert not [path for path in file.parent.iterdir() if b"sig=secret" in path.read_bytes()]


def test_answers_are_bounded_in_number_size_and_age(
    catalog: Catalog, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = AnswersTable(catalog)
    monkeypatch.setattr(answers, "ANSWERS_MAX", 3)
    for number in range(5):
        table.keep("memories.ai", str(number), HITS)
    assert [table.get("memories.ai", str(number)) is not None for number in range(5)] == [
        False,
        False,
        True,
        True,
        True,
    ]
    with closing(sqlite3.connect(file)) as other:
        (size_bytes,) = other.execute("SELECT MAX(size_bytes) FROM answers").fetchone()
    monkeypatch.setattr(answers, "BYTES_MAX", 2 * size_bytes)
    table.keep("memories.ai", "5", HITS)
    assert [table.get("memories.ai", str(number)) is not None for number in range(6)] == [False] * 4 + [True] * 2
    monkeypatch.setattr(answers, "BYTES_MAX", size_bytes - 1)
    table.keep("memories.ai", "6", HITS)
    assert table.get("memories.ai", "6") is None
    monkeypatch.setattr(answers, "AGE_MAX_MS", -1)
    assert table.get("memories.ai", "5") is None
