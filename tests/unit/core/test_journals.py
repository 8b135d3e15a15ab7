"""How SQLite writes: with a log on a disk of this computer, with a journal on a drive of the network."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop_search.catalog.database import Catalog
from desktop_search.core import journals
from desktop_search.core.drives import Drive
from desktop_search.engine.store.database import Database


@pytest.fixture
def far(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that counts as one on a drive of the network."""
    folder = tmp_path / "far"
    folder.mkdir()
    monkeypatch.setattr(journals, "drive_of", lambda asked: Drive("nfs4", is_network=asked.is_relative_to(folder)))
    return folder


def mode(connection: sqlite3.Connection) -> str:
    return str(connection.execute("PRAGMA journal_mode").fetchone()[0])


def test_on_a_drive_of_the_network_nothing_is_shared_in_memory(far: Path) -> None:
    with closing(Catalog(far / "catalog.db")) as catalog:
        with catalog.writing() as connection:
            connection.execute("CREATE TABLE kept (name)")
            assert mode(connection) == "truncate"
        with catalog.reading() as connection:
            assert mode(connection) == "truncate"
    with closing(Database(far / "engine.db")) as database:
        assert mode(database.reading()) == "truncate"
        database.empty_log()
    assert {path.name for path in far.iterdir() if path.suffix == ".db" or "-" in path.name} <= {
        "catalog.db", "catalog.db-journal", "engine.db", "engine.db-journal",
    }  # fmt: skip


def test_a_profile_that_is_moved_to_and_fro_keeps_what_is_in_it(far: Path, tmp_path: Path) -> None:
    near = tmp_path / "catalog.db"
    with closing(Catalog(near)) as catalog:
        with catalog.writing() as connection:
            assert mode(connection) == "wal"
            connection.execute("CREATE TABLE kept (name)")
            connection.execute("INSERT INTO kept VALUES ('one')")
        for name in ("catalog.db", "catalog.db-wal"):  # as after a crash: what is kept is in the log alone
            shutil.copy(tmp_path / name, far / name)
    with closing(Catalog(far / "catalog.db")) as first, closing(Catalog(far / "catalog.db")) as second:
        with first.writing() as connection:
            connection.execute("INSERT INTO kept VALUES ('two')")
        with second.reading() as connection:
            assert connection.execute("SELECT name FROM kept").fetchall() == [("one",), ("two",)]
        assert (first.notice, second.notice) == ("", "")
    assert not (far / "catalog.db-wal").exists()
    shutil.copy(far / "catalog.db", near)
    with closing(Catalog(near)) as catalog, catalog.reading() as connection:
        assert mode(connection) == "wal"
        assert len(connection.execute("SELECT name FROM kept").fetchall()) == 2


def test_a_damaged_file_is_set_aside_there_too(far: Path) -> None:
    (far / "catalog.db").write_bytes(b"no database at all" * 100)
    with closing(Catalog(far / "catalog.db")) as catalog:
        assert "set aside" in catalog.notice
