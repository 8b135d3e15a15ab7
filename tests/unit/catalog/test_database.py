"""The catalog outlives crashes, damage and other versions, and never loses a row in silence."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from desktop_search.catalog import migrations
from desktop_search.catalog.database import Catalog
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.errors import CatalogProblem, DiskFull
from desktop_search.core.uploads import MediaKind, UploadItem

ITEM = UploadItem(0, "local", Path("/footage/boat.mp4"), MediaKind.VIDEO)


def test_it_is_made_with_its_folder(tmp_path: Path) -> None:
    with closing(Catalog(tmp_path / "deep" / "folder" / "catalog.db")) as catalog:
        assert catalog.notice == ""
        with catalog.reading() as connection:
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        with catalog.writing() as connection:
            assert connection.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL


def test_what_was_stored_is_there_after_a_restart(tmp_path: Path) -> None:
    with closing(Catalog(tmp_path / "catalog.db")) as catalog:
        stored = UploadsTable(catalog).add([ITEM])
    with closing(Catalog(tmp_path / "catalog.db")) as catalog:
        assert UploadsTable(catalog).all() == stored


def test_a_failed_step_changes_nothing(tmp_path: Path) -> None:
    with closing(Catalog(tmp_path / "catalog.db")) as catalog:
        table = UploadsTable(catalog)

        def add_and_fail() -> None:
            with catalog.writing():
                table.add([ITEM])
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            add_and_fail()
        assert table.all() == ()
        table.add([ITEM])
        assert len(table.all()) == 1


@pytest.mark.parametrize("damage", ["head", "middle", "cut", "noise"])
def test_a_damaged_file_is_set_aside_and_said(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "catalog.db"
    with closing(Catalog(file)) as catalog:
        UploadsTable(catalog).add([ITEM] * 500)
    data = bytearray(file.read_bytes())
    if damage == "head":
        data[:100] = bytes(100)
    elif damage == "middle":
        data[4096:-4096] = os.urandom(len(data) - 8192)
    elif damage == "cut":
        data = data[: len(data) // 2]
    else:
        data = bytearray(os.urandom(20_000))
    file.write_bytes(data)
    with closing(Catalog(file)) as catalog:
        assert "catalog.db.damaged-1" in catalog.notice
        assert "searches and marks" in catalog.notice
        assert UploadsTable(catalog).all() == ()
        UploadsTable(catalog).add([ITEM])
    assert (tmp_path / "catalog.db.damaged-1").read_bytes() == bytes(data)
    file.write_bytes(bytes(data))
    with closing(Catalog(file)) as catalog:
        assert "catalog.db.damaged-2" in catalog.notice


def test_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "catalog.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(CatalogProblem, match="newer version"):
        Catalog(file)
    assert not list(tmp_path.glob("*damaged*"))


def test_an_older_version_is_backed_up_and_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "catalog.db"
    with closing(Catalog(file)) as catalog:
        stored = UploadsTable(catalog).add([ITEM])
    more = (*migrations.MIGRATIONS, ("CREATE TABLE later (x TEXT) STRICT",))
    monkeypatch.setattr("desktop_search.catalog.database.MIGRATIONS", more)
    with closing(Catalog(file)) as catalog:
        assert UploadsTable(catalog).all() == stored
        with catalog.reading() as connection:
            assert connection.execute("SELECT count(*) FROM later").fetchone() == (0,)
    with closing(sqlite3.connect(tmp_path / f"catalog.db.backup-{len(migrations.MIGRATIONS)}")) as backup:
        assert backup.execute("SELECT count(*) FROM uploads").fetchone() == (1,)


def test_rows_of_the_first_version_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "catalog.db"
    details = '{"namespace": "default", "tags": [], "camera": "", "taken": null, "latitude": null, "longitude": null}'
    with closing(sqlite3.connect(file)) as connection:
        for statement in migrations.MIGRATIONS[0]:
            connection.execute(statement)
        connection.execute(
            "INSERT INTO uploads VALUES (7, 'local', x'2f61', 'video', 'waiting', ?, 5, 0, '', '', 1, NULL, 0)",
            (details,),
        )
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
    with closing(Catalog(file)) as catalog:
        assert UploadsTable(catalog).all() == (
            UploadItem(7, "local", Path("/a"), MediaKind.VIDEO, size_bytes=5, added_ms=1, position=7),
        )


def test_a_step_that_fails_leaves_the_version_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "catalog.db"
    Catalog(file).close()
    bad = (*migrations.MIGRATIONS, ("CREATE TABLE half (x TEXT) STRICT", "INSERT INTO nowhere VALUES (1)"))
    with monkeypatch.context() as patch:
        patch.setattr("desktop_search.catalog.database.MIGRATIONS", bad)
        with pytest.raises(CatalogProblem):
            Catalog(file)
    with closing(Catalog(file)) as catalog, catalog.reading() as connection:
        assert connection.execute("SELECT name FROM sqlite_master WHERE name = 'half'").fetchone() is None


def test_a_folder_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CatalogProblem, match="could not be opened"):
        Catalog(tmp_path / "file" / "catalog.db")
    with pytest.raises(CatalogProblem):
        Catalog(tmp_path)  # a folder


def test_a_closed_catalog_says_so(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path / "catalog.db")
    catalog.close()
    catalog.close()
    with pytest.raises(CatalogProblem):
        UploadsTable(catalog).all()


def test_many_threads_at_once(tmp_path: Path) -> None:
    with closing(Catalog(tmp_path / "catalog.db")) as catalog:
        table = UploadsTable(catalog)
        start = threading.Barrier(8)

        def work(number: int) -> int:
            start.wait(10)
            for _ in range(10):
                table.add([ITEM])
                table.all("local")
            return number

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(work, range(8)))
        assert len({item.item_id for item in table.all()}) == 80


def fill(file: Path) -> None:
    """In a process of its own, whose files the system does not let grow."""
    with closing(Catalog(file)) as catalog:
        table = UploadsTable(catalog)
        table.add([ITEM])
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
        with pytest.raises((CatalogProblem, DiskFull)):
            table.add([ITEM] * 10_000)
        assert len(table.all()) == 1


def test_a_full_disk_is_said_and_costs_nothing_stored(tmp_path: Path) -> None:
    child = multiprocessing.get_context("spawn").Process(target=fill, args=(tmp_path / "catalog.db",))
    child.start()
    child.join(60)
    assert child.exitcode == 0
    with closing(Catalog(tmp_path / "catalog.db")) as catalog:
        assert catalog.notice == ""


def test_many_open_a_new_file_at_once(tmp_path: Path) -> None:
    start = threading.Barrier(8)

    def work(_: int) -> str:
        start.wait(10)
        with closing(Catalog(tmp_path / "catalog.db")) as catalog:
            UploadsTable(catalog).add([ITEM])
            return catalog.notice

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(work, range(8))) == {""}
    with closing(Catalog(tmp_path / "catalog.db")) as catalog:
        assert len(UploadsTable(catalog).all()) == 8
