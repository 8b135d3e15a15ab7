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
    assert table.ids_of("local", file, 5, 7) == ("VI1",)
    assert table.ids_of("local", file, 5, 8) == ()


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
    assert table.ids_of("local", tmp_path / "b.mp4", 1, 7) == ("VI2", "VI1")
    table.unlink("local", "VI2")
    assert table.ids_of("local", tmp_path / "b.mp4", 1, 7) == ("VI1",)
