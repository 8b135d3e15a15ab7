"""Selects are kept in bins, in their order, by the file's content; every change can be taken back and made again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.local_files import LocalFilesTable
from desktop_search.core.errors import RequestRejected
from desktop_search.core.hits import Hit
from desktop_search.core.selects import FIRST_BIN
from desktop_search.services.selects import Selects
from tests.clips.fixtures import ClipCache

HITS = tuple(Hit("VI1", "boat", at_ms, at_ms + 900, library_id="local") for at_ms in (0, 1000, 2000))
LENGTH_MS = 2_500


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with closing(Catalog(tmp_path / "catalog.db")) as opened:
        yield opened


@pytest.fixture
def selects(catalog: Catalog, clips: ClipCache) -> Selects:
    path = clips.silent().path
    status = path.stat()
    LocalFilesTable(catalog).link("local", "VI1", path, status.st_size, status.st_mtime_ns, "abc")
    return Selects(catalog, lambda _path: LENGTH_MS)


def starts(selects: Selects, bin_id: int) -> list[int]:
    return [one.start_ms for one in selects.of(bin_id)]


def test_they_are_taken_with_the_file_s_name_and_content_and_end_where_it_ends(
    selects: Selects, clips: ClipCache
) -> None:
    (first,) = selects.bins()
    assert first.name == FIRST_BIN
    taken = selects.take(HITS, first.bin_id)
    path = clips.silent().path
    assert {(one.name, one.path, one.fingerprint) for one in taken} == {(path.name, path, "abc")}
    assert [(one.start_ms, one.end_ms) for one in taken] == [(0, 900), (1000, 1900), (2000, LENGTH_MS)]
    assert selects.take(HITS[:1], first.bin_id) == taken  # the same range is there once
    assert [one.start_ms for one in selects.take([replace(HITS[1], start_ms=50)], first.bin_id)] == [0, 1000, 2000, 50]


def test_handles_reach_as_far_as_the_clip(selects: Selects) -> None:
    (first,) = selects.bins()
    taken = selects.take([HITS[0], HITS[2]], first.bin_id, handle_ms=300)
    assert [(one.start_ms, one.end_ms) for one in taken] == [(0, 1200), (1700, LENGTH_MS)]


def test_everything_is_undone_and_redone(selects: Selects) -> None:
    (first,) = selects.bins()
    bin_id = first.bin_id
    taken = selects.take(HITS, bin_id)
    selects.change(bin_id, lambda there: there[::-1], "moving")
    selects.change(bin_id, lambda there: [there[0].noted("gulls\n cry"), *there[1:]], "note")
    selects.change(bin_id, lambda there: there[1:], "removing 1")
    second = selects.add_bin("Interviews")
    selects.take(HITS[:1], second.bin_id)
    renamed = selects.rename_bin(second, "  Talks ")
    selects.remove_bin(renamed)
    assert [one.name for one in selects.bins()] == [FIRST_BIN]
    words = [selects.undo() for _ in range(7)]
    assert words == [
        "removing “Talks”",
        "renaming “Interviews”",
        "adding 1",
        "removing 1",
        "note",
        "moving",
        "adding 3",
    ]
    assert (selects.undo(), starts(selects, bin_id)) == ("", [])
    assert selects.redo() == "adding 3"
    assert selects.of(bin_id) == taken
    for _ in range(3):
        selects.redo()
    assert starts(selects, bin_id) == [1000, 0]
    while selects.redo():
        pass
    assert [one.name for one in selects.bins()] == [FIRST_BIN]


def test_they_outlive_the_program(selects: Selects, catalog: Catalog) -> None:
    (first,) = selects.bins()
    taken = selects.take(HITS, first.bin_id)
    selects.change(first.bin_id, lambda there: [one.rated(3) for one in there], "rating")
    again = Selects(catalog, lambda _path: None)
    assert again.of(first.bin_id) == tuple(replace(one, rating=3) for one in taken)


def test_all_of_a_search_each_range_once(selects: Selects) -> None:
    (first,) = selects.bins()
    many = [replace(HITS[0], start_ms=at_ms, end_ms=at_ms + 1) for at_ms in range(1_000)]
    assert len(selects.take(many * 2, first.bin_id)) == 1_000


@pytest.mark.parametrize("name", ["", " \n", FIRST_BIN.upper(), f" {FIRST_BIN} "])
def test_names_that_are_none_or_taken(selects: Selects, name: str) -> None:
    selects.bins()
    with pytest.raises(RequestRejected):
        selects.add_bin(name)
