"""Selects are kept in bins, in their order, by the file's content; every change can be taken back and made again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.local_files import LocalFilesTable
from desktop_search.core.errors import RequestRejected
from desktop_search.core.handles import Handles
from desktop_search.core.hits import Hit
from desktop_search.core.selects import FIRST_BIN, Select
from desktop_search.core.timecode import Timebase
from desktop_search.services.selects import Selects
from tests.clips.fixtures import ClipCache

HITS = tuple(Hit("VI1", "boat", at_ms, at_ms + 900, library_id="local") for at_ms in (0, 1000, 2000))
LENGTH_MS = 2_500


def look(_path: Path) -> tuple[Timebase, int]:
    return Timebase(), LENGTH_MS


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with closing(Catalog(tmp_path / "catalog.db")) as opened:
        yield opened


@pytest.fixture
def selects(catalog: Catalog, clips: ClipCache) -> Selects:
    path = clips.silent().path
    status = path.stat()
    LocalFilesTable(catalog).link("local", "VI1", path, status.st_size, status.st_mtime_ns, "abc")
    return Selects(catalog, look, lambda _path: "of the file")


def starts(selects: Selects, bin_id: int) -> list[int]:
    return [one.start_ms for one in selects.of(bin_id)]


def test_they_are_taken_with_the_file_s_name_and_content_and_end_where_it_ends(
    selects: Selects, clips: ClipCache
) -> None:
    (first,) = selects.bins()
    assert first.name == FIRST_BIN
    assert selects.take(HITS, first.bin_id) == 3
    taken = selects.of(first.bin_id)
    path = clips.silent().path
    assert {(one.name, one.path, one.fingerprint) for one in taken} == {(path.name, path, "abc")}
    assert [(one.start_ms, one.end_ms) for one in taken] == [(0, 900), (1000, 1900), (2000, LENGTH_MS)]
    assert selects.take(HITS[:1], first.bin_id) == 0  # the same range is there once
    assert selects.of(first.bin_id) == taken
    assert selects.take([replace(HITS[1], start_ms=50)], first.bin_id) == 1
    assert starts(selects, first.bin_id) == [0, 1000, 2000, 50]


def test_handles_reach_as_far_as_the_clip(selects: Selects) -> None:
    (first,) = selects.bins()
    selects.take([HITS[0], HITS[2]], first.bin_id, Handles(8))
    assert [(one.start_ms, one.end_ms) for one in selects.of(first.bin_id)] == [(0, 1200), (1680, LENGTH_MS)]


def test_footage_whose_file_was_never_sent_from_here_is_named_by_its_content(
    selects: Selects, clips: ClipCache
) -> None:
    (first,) = selects.bins()
    selects.take([Hit("VI9", "boat", 0, 900, library_id="other", original=clips.silent().path)], first.bin_id)
    selects.take([Hit("VI8", "boat", 0, 900, library_id="other")], first.bin_id)
    assert [one.fingerprint for one in selects.of(first.bin_id)] == ["of the file", ""]


def noting_first(there: tuple[Select, ...]) -> list[Select]:
    return [there[0].marked(lambda mark: mark.noted("gulls\n cry")), *there[1:]]


def test_everything_is_undone_and_redone(selects: Selects) -> None:
    (first,) = selects.bins()
    bin_id = first.bin_id
    selects.take(HITS, bin_id)
    taken = selects.of(bin_id)
    selects.change(bin_id, lambda there: there[::-1], "moving")
    selects.change(bin_id, noting_first, "note")
    selects.change(bin_id, lambda there: there[1:], "removing 1")
    second = selects.add_bin("Interviews")
    selects.take(HITS[:1], second.bin_id)
    renamed = selects.rename_bin(second, "  Talks ")
    selects.remove_bin(renamed)
    assert [one.name for one in selects.bins()] == [FIRST_BIN]
    words = [selects.undo() for _ in range(8)]
    assert words == [
        "removing “Talks”",
        "renaming “Interviews”",
        "taking 1 range",
        "making “Interviews”",
        "removing 1",
        "note",
        "moving",
        "taking 3 ranges",
    ]
    assert (selects.undo(), starts(selects, bin_id)) == ("", [])
    assert selects.redo() == "taking 3 ranges"
    assert selects.of(bin_id) == taken
    for _ in range(3):
        selects.redo()
    assert starts(selects, bin_id) == [1000, 0]
    while selects.redo():
        pass
    assert [one.name for one in selects.bins()] == [FIRST_BIN]


def test_they_outlive_the_program(selects: Selects, catalog: Catalog) -> None:
    (first,) = selects.bins()
    selects.take(HITS, first.bin_id)
    taken = selects.of(first.bin_id)
    selects.change(first.bin_id, lambda there: [one.marked(lambda mark: mark.rated(3)) for one in there], "rating")
    selects.change(first.bin_id, lambda there: [one.coloured("cyan") for one in there], "colour")
    again = Selects(catalog, look, str)
    assert again.of(first.bin_id) == tuple(replace(one, rating=3, colour="cyan") for one in taken)


def test_all_of_a_search_each_range_once(selects: Selects) -> None:
    (first,) = selects.bins()
    many = [replace(HITS[0], start_ms=at_ms, end_ms=at_ms + 1) for at_ms in range(1_000)]
    assert selects.take(many * 2, first.bin_id) == 1_000
    assert len(selects.of(first.bin_id)) == 1_000


def test_ranges_are_moved_and_copied_to_another_bin_and_back(selects: Selects) -> None:
    (first,) = selects.bins()
    selects.take(HITS, first.bin_id)
    before = selects.of(first.bin_id)
    second = selects.add_bin("Talks")
    selects.take(HITS[:1], second.bin_id)
    selects.move_to(frozenset({before[0].select_id, before[2].select_id}), first.bin_id, second.bin_id)
    assert (starts(selects, first.bin_id), starts(selects, second.bin_id)) == ([1000], [0, 2000])
    selects.copy_to(frozenset({before[1].select_id}), first.bin_id, second.bin_id)
    assert (starts(selects, first.bin_id), starts(selects, second.bin_id)) == ([1000], [0, 2000, 1000])
    assert selects.undo() == "copying 1 range"
    assert selects.undo() == "moving 2 ranges"
    assert selects.of(first.bin_id) == before
    assert starts(selects, second.bin_id) == [0]
    selects.redo()
    selects.redo()
    assert starts(selects, second.bin_id) == [0, 2000, 1000]


def test_a_name_that_is_no_unicode_is_taken_all_the_same(selects: Selects, tmp_path: Path) -> None:
    (first,) = selects.bins()
    odd = tmp_path / os.fsdecode(b"caf\xe9.mp4")
    selects.take([Hit("VI7", "boat", 0, 900, library_id="other", original=odd)], first.bin_id)
    assert [one.path for one in selects.of(first.bin_id)] == [odd]


@pytest.mark.parametrize("name", ["", " \n", FIRST_BIN.upper(), f" {FIRST_BIN} "])
def test_names_that_are_none_or_taken(selects: Selects, name: str) -> None:
    selects.bins()
    with pytest.raises(RequestRejected):
        selects.add_bin(name)
