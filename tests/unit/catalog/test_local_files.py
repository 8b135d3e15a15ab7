"""A library's id leads to the original, as long as that is what it was."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.local_files import LocalFilesTable


@pytest.fixture
def table(tmp_path: Path) -> Iterator[LocalFilesTable]:
    with closing(Catalog(tmp_path / "catalog.db")) as catalog:
        yield LocalFilesTable(catalog)


def test_a_link_leads_to_the_file(table: LocalFilesTable, tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode(b"caf\xe9.mp4")
    file.write_bytes(b"12345")
    table.link("local", "VI1", file, 5, 7, "f")
    assert table.path_of("local", "VI1") == file
    assert table.path_of("memories.ai", "VI1") is None
    assert table.path_of("local", "VI2") is None


def test_a_file_that_is_gone_or_another_is_not_it(table: LocalFilesTable, tmp_path: Path) -> None:
    file = tmp_path / "boat.mp4"
    file.write_bytes(b"12345")
    table.link("local", "VI1", file, 5, 7, "f")
    file.write_bytes(b"123456")
    assert table.path_of("local", "VI1") is None
    file.unlink()
    assert table.path_of("local", "VI1") is None
    file.mkdir()
    assert table.path_of("local", "VI1") is None


def test_a_newer_link_takes_the_place_of_the_older(table: LocalFilesTable, tmp_path: Path) -> None:
    for name in ("a.mp4", "b.mp4"):
        (tmp_path / name).write_bytes(b"1")
        table.link("local", "VI1", tmp_path / name, 1, 7, "f")
    assert table.path_of("local", "VI1") == tmp_path / "b.mp4"
    table.link("local", "VI2", tmp_path / "b.mp4", 1, 7, "f")
    assert table.ids("local") == {"VI1", "VI2"}
    table.unlink("local", "VI2")
    assert table.ids("local") == {"VI1"}


def test_files_of_the_same_content_are_found_and_may_move(table: LocalFilesTable, tmp_path: Path) -> None:
    table.link("local", "VI1", tmp_path / "a.mp4", 5, 7, "same", namespace="field-work")
    table.link("local", "VI2", tmp_path / "b.mp4", 5, 8, "same", start_ms=60_000)
    table.link("local", "VI3", tmp_path / "c.mp4", 5, 9, "")
    newest, oldest = table.twins("local", "same")
    assert (newest.video_no, newest.path, newest.start_ms, newest.namespace) == ("VI2", tmp_path / "b.mp4", 60_000, "")
    assert (oldest.video_no, oldest.namespace) == ("VI1", "field-work")
    assert oldest.linked_ms > 0
    assert table.twins("memories.ai", "same") == table.twins("local", "") == ()
    (tmp_path / "moved.mp4").write_bytes(b"12345")
    table.relocate("local", "VI1", tmp_path / "moved.mp4", 5, 10)
    assert table.path_of("local", "VI1") == tmp_path / "moved.mp4"
