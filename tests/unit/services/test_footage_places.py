"""Selects survive: files that are renamed, moved or on another drive are found again by their content alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path, PureWindowsPath

import pytest

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.local_files import LocalFilesTable
from desktop_search.core.errors import Cancelled, FileProblem
from desktop_search.core.hits import Hit
from desktop_search.core.relinking import folder_below, moved, roots_of
from desktop_search.core.selects import Select
from desktop_search.core.timecode import Timebase
from desktop_search.core.token import CancelToken
from desktop_search.media.fingerprint import fingerprint
from desktop_search.services.footage_places import FootagePlaces
from desktop_search.services.selects import Selects

NAMES = ("day 1/a.mov", "day 1/b.mov", "day 2/c ü.mov", "day 2/sub/d.mov")
GO = CancelToken()


def unheard(_progress: tuple[int, int]) -> None:
    pass


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with closing(Catalog(tmp_path / "catalog.db")) as opened:
        yield opened


@pytest.fixture
def card(tmp_path: Path) -> Path:
    """Files, each with its own content."""
    folder = tmp_path / "drive E" / "card"
    for name in NAMES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode() * 50)
    return folder


@pytest.fixture
def selects(catalog: Catalog, card: Path) -> Selects:
    """One select of each file, as they were found in a library."""
    kept = Selects(catalog, lambda _path: (Timebase(), 10_000), lambda path: fingerprint(path, GO))
    for number, name in enumerate(NAMES):
        link(catalog, f"VI{number}", card / name)
    hits = [Hit(f"VI{number}", name, 0, 1000 + number, library_id="local") for number, name in enumerate(NAMES)]
    kept.take(hits, kept.bins()[0].bin_id)
    return kept


def link(catalog: Catalog, video_no: str, path: Path, library_id: str = "local") -> None:
    status = path.stat()
    table = LocalFilesTable(catalog)
    table.link(library_id, video_no, path, status.st_size, status.st_mtime_ns, fingerprint(path, GO))


def all_of(selects: Selects) -> tuple[Select, ...]:
    return selects.of(selects.bins()[0].bin_id)


def test_another_root_of_all_is_known_from_one_file(catalog: Catalog, card: Path, selects: Selects) -> None:
    elsewhere = card.parents[1] / "drive F" / "archive"
    shutil.move(card, elsewhere / "card")
    places = FootagePlaces(catalog)
    before = all_of(selects)
    assert places.away(before, GO) == {card / name for name in NAMES}
    looked_at: list[tuple[int, int]] = []
    relinked = places.relink(card / NAMES[1], elsewhere / "card" / NAMES[1], GO, looked_at.append)
    assert dict(relinked.found) == {card / name: elsewhere / "card" / name for name in NAMES}
    assert (relinked.missing, relinked.refused, relinked.is_whole) == ((), (), True)
    assert looked_at[-1] == (3, 3)
    assert all_of(selects) == tuple(
        replace(one, path=elsewhere / "card" / name) for one, name in zip(before, NAMES, strict=True)
    )
    assert places.away(all_of(selects), GO) == frozenset()
    assert LocalFilesTable(catalog).path_of("local", "VI3") == elsewhere / "card" / NAMES[3]  # results too


def test_renamed_and_scattered_files_are_found_by_name_then_by_size_and_others_are_refused(
    catalog: Catalog, card: Path, selects: Selects
) -> None:
    new = card.parents[1] / "sorted"
    new.mkdir()
    shutil.move(card / NAMES[0], new / "first.mov")
    (new / "x").mkdir()
    shutil.move(card / NAMES[1], new / "x" / "B.MOV")  # another case: the name is still the same
    shutil.move(card / NAMES[2], new / "x" / "renamed.mov")  # by its size
    (new / "d.mov").write_bytes(b"another take, of the same name")
    (card / NAMES[3]).unlink()
    relinked = FootagePlaces(catalog).relink(card / NAMES[0], new / "first.mov", GO, unheard)
    assert dict(relinked.found) == {
        card / NAMES[0]: new / "first.mov",
        card / NAMES[1]: new / "x" / "B.MOV",
        card / NAMES[2]: new / "x" / "renamed.mov",
    }
    assert (relinked.missing, relinked.refused) == ((card / NAMES[3],), (new / "d.mov",))
    assert [one.name for one in all_of(selects)] == ["first.mov", "B.MOV", "renamed.mov", "d.mov"]


def test_another_file_is_refused_and_a_search_that_is_stopped_changes_nothing(
    catalog: Catalog, card: Path, selects: Selects
) -> None:
    places, before = FootagePlaces(catalog), all_of(selects)
    old = (card / NAMES[0]).rename(card / "elsewhere.mov")
    with pytest.raises(FileProblem, match="its content differs"):
        places.relink(card / NAMES[0], card / NAMES[1], GO, unheard)
    with pytest.raises(FileProblem):
        places.relink(card / NAMES[0], card / "nothing.mov", GO, unheard)
    stopped = CancelToken()
    stopped.cancel()
    with pytest.raises(Cancelled):
        places.relink(card / NAMES[0], old, stopped, unheard)
    assert all_of(selects) == before


def test_a_file_that_is_sent_again_from_its_new_place_brings_its_selects_back(
    catalog: Catalog, card: Path, selects: Selects
) -> None:
    """Indexed again: the library knows it by another id, and only the content tells that it is the same."""
    renamed = (card / NAMES[0]).rename(card / "renamed.mov")
    LocalFilesTable(catalog).unlink("local", "VI0")
    link(catalog, "VI77", renamed, library_id="memories.ai")
    places = FootagePlaces(catalog)
    assert places.away(all_of(selects), GO) == frozenset()
    assert all_of(selects)[0].path == renamed


def test_a_file_that_was_replaced_by_another_is_away(catalog: Catalog, card: Path, selects: Selects) -> None:
    (card / NAMES[0]).write_bytes(b"a proxy under the original's name")
    assert FootagePlaces(catalog).away(all_of(selects), GO) == {card / NAMES[0]}


def test_undoing_something_else_does_not_move_a_file_back(catalog: Catalog, card: Path, selects: Selects) -> None:
    bin_id = selects.bins()[0].bin_id
    selects.change(bin_id, lambda there: [one.coloured("red") for one in there], "colour")
    new = card.rename(card.with_name("card 2"))
    FootagePlaces(catalog).relink(card / NAMES[0], new / NAMES[0], GO, unheard)
    assert selects.undo() == "colour"
    assert [(one.path, one.colour) for one in all_of(selects)] == [(new / name, "") for name in NAMES]


def test_the_same_footage_of_another_library_or_sent_as_a_proxy_is_the_same_range(
    catalog: Catalog, card: Path, selects: Selects
) -> None:
    """A proxy is linked with its original; so is a part of a split one, in whose hits the original's times stand."""
    link(catalog, "VI5", card / NAMES[0], library_id="memories.ai")
    bin_id = selects.bins()[0].bin_id
    assert selects.take([Hit("VI5", "proxy.mp4", 0, 1000, library_id="memories.ai")], bin_id) == 0
    later = Hit("VI5", "proxy.mp4", 5000, 6000, library_id="memories.ai", part_start_ms=4000)
    assert selects.take([later], bin_id) == 1
    part = all_of(selects)[-1]
    assert (part.name, part.path, part.part_start_ms) == ("a.mov", card / NAMES[0], 4000)
    assert part.as_hit.in_its_video.start_ms == 1000  # where the library's part alone is there to be shown


@pytest.mark.parametrize(
    ("old", "new", "roots"),
    [
        ("E:/card/day 1/a.mov", "F:/card/day 1/a.mov", ("E:/", "F:/")),
        ("E:/card/day 1/a.mov", "F:/archive/day 1/a.mov", ("E:/card", "F:/archive")),
        ("E:/card/a.mov", "E:/card/b.mov", ("E:/", "E:/")),
        ("//nas/share/x/a.mov", "E:/x/a.mov", ("//nas/share/", "E:/")),
    ],
)
def test_what_moved_as_a_whole(old: str, new: str, roots: tuple[str, str]) -> None:
    was, now = roots_of(PureWindowsPath(old), PureWindowsPath(new))
    assert (was, now) == tuple(map(PureWindowsPath, roots))
    assert moved(PureWindowsPath(old).parent / "c.mov", was, now) == PureWindowsPath(new).parent / "c.mov"
    assert moved(PureWindowsPath("Q:/else.mov"), was, now) is None


def test_a_whole_file_system_is_never_looked_through() -> None:
    assert folder_below(Path("/media/a/card/x.mov"), Path("/card/x.mov")) == Path("/card")
    assert folder_below(Path("/media/a/card/x.mov"), Path("/media/b/card/x.mov")) == Path("/media/b")
