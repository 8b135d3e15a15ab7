"""Marks outlive renames, indexing again and another library, for they are kept by the content of the footage."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.local_files import LocalFilesTable
from desktop_search.core.errors import CatalogProblem
from desktop_search.core.hits import Hit, ImageHit
from desktop_search.core.marks import Mark
from desktop_search.core.token import CancelToken
from desktop_search.media.fingerprint import fingerprint
from desktop_search.services.marks import Marks
from tests.clips.fixtures import ClipCache

HIT = Hit("VI1", "boat.mp4", 1000, 5000, library_id="local")


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with closing(Catalog(tmp_path / "catalog.db")) as opened:
        yield opened


def link(catalog: Catalog, hit: Hit, path: Path) -> None:
    status = path.stat()
    name = fingerprint(path, CancelToken())
    LocalFilesTable(catalog).link(hit.library_id, hit.video_no, path, status.st_size, status.st_mtime_ns, name)


def test_marks_are_kept_by_content(catalog: Catalog, clips: ClipCache, tmp_path: Path) -> None:
    original = tmp_path / "boat.mp4"
    original.write_bytes(clips.silent().path.read_bytes())
    link(catalog, HIT, original)
    Marks(catalog).change([HIT], lambda mark: mark.rated(4).noted("gulls").tagged(["sea"]), "a")

    renamed = original.rename(tmp_path / "renamed.mp4")
    again = Hit("VI77", "renamed", 1200, 4900, library_id="local")  # indexed again, the shot's edges found elsewhere
    cloud = Hit("687955883044376576", "renamed.mp4", 1000, 6000, library_id="memories.ai")
    other = Hit("VI77", "renamed", 6000, 9000, library_id="local")
    link(catalog, again, renamed)
    link(catalog, cloud, renamed)
    mark = Mark(4, "gulls", ("sea",))
    assert Marks(catalog).of([again, cloud, other]) == {again: mark, cloud: mark}
    assert Marks(catalog).tags() == ("sea",)


def test_without_an_original_the_librarys_id_counts(catalog: Catalog, clips: ClipCache) -> None:
    marks, same_id = Marks(catalog), Hit("VI1", "boat.mp4", 1000, 5000, library_id="memories.ai")
    marks.change([HIT], lambda mark: mark.rated(2), "")
    assert marks.of([HIT, same_id]) == {HIT: Mark(2)}
    link(catalog, HIT, clips.silent().path)  # the original becomes known later
    assert marks.of([HIT]) == {HIT: Mark(2)}
    marks.change([HIT], lambda mark: mark.rated(3), "")
    assert marks.of([HIT]) == {HIT: Mark(3)}


def test_many_at_once_are_one_step(catalog: Catalog, clips: ClipCache) -> None:
    marks = Marks(catalog)
    twin = Hit("9", "boat.mp4", 1100, 5000, library_id="memories.ai")
    image = ImageHit("5", "pier.jpg", library_id="local")
    link(catalog, HIT, clips.silent().path)
    link(catalog, twin, clips.silent().path)
    marks.change([image], lambda mark: mark.rated(1), "first")
    marks.change([HIT, twin, image], lambda mark: mark.rated(mark.rating + 1), "rating")
    assert marks.of([HIT, twin, image]) == {HIT: Mark(1), twin: Mark(1), image: Mark(2)}  # one moment is changed once
    assert marks.undo() == "rating"
    assert marks.of([HIT, twin, image]) == {image: Mark(1)}
    assert marks.redo() == "rating"
    assert marks.of([HIT, image]) == {HIT: Mark(1), image: Mark(2)}
    assert [marks.undo(), marks.undo(), marks.undo()] == ["rating", "first", ""]
    assert marks.of([HIT, twin, image]) == {}


def test_a_change_that_changes_nothing_is_no_step(catalog: Catalog) -> None:
    marks = Marks(catalog)
    marks.change([HIT], lambda mark: mark.rated(3), "a")
    marks.change([HIT], lambda mark: mark.rated(3), "b")
    assert [marks.undo(), marks.undo()] == ["a", ""]


def test_a_failure_changes_nothing(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path / "catalog.db")
    marks = Marks(catalog)
    catalog.close()
    with pytest.raises(CatalogProblem):
        marks.change([HIT], lambda mark: mark.rated(3), "a")
    with closing(Catalog(tmp_path / "catalog.db")) as again:
        assert Marks(again).of([HIT]) == {}
