"""The record: transactions, migrations, damage, threads."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from desktop_search.engine.store.database import Database, StoreTooNew, distance_km
from desktop_search.engine.store.migrations import MIGRATIONS


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(tmp_path / "library.db")
    yield made
    made.close()


def _names(database: Database) -> list[str]:
    return [row["name"] for row in database.reading().execute("SELECT name FROM namespaces ORDER BY id")]


def test_a_block_is_kept_whole_or_not_at_all(database: Database) -> None:
    with database.writing() as connection:
        connection.execute("INSERT INTO namespaces VALUES (1, 'a')")
    with pytest.raises(sqlite3.IntegrityError), database.writing() as connection:
        connection.executemany("INSERT INTO namespaces VALUES (?, ?)", [(2, "b"), (3, "a")])
    assert _names(database) == ["a"]


def test_is_durable_and_checks_its_references(database: Database) -> None:
    with database.writing() as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2
    with pytest.raises(sqlite3.IntegrityError), database.writing() as connection:
        connection.execute("INSERT INTO frame_marks VALUES (7, 0, x'', x'')")


def test_readers_cannot_write(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError):
        database.reading().execute("INSERT INTO namespaces VALUES (1, 'a')")


def test_many_threads_write_and_read(database: Database) -> None:
    def add(number: int) -> int:
        with database.writing() as connection:
            connection.execute("INSERT INTO namespaces VALUES (?, ?)", (number, str(number)))
        return len(_names(database))

    with ThreadPoolExecutor(8) as pool:
        assert max(pool.map(add, range(100))) == 100


def test_opens_again_without_migrating_twice(tmp_path: Path) -> None:
    for _ in range(2):
        database = Database(tmp_path / "library.db")
        assert database.reading().execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
        assert not database.notice
        database.close()


def test_a_newer_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "library.db"
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreTooNew):
        Database(file)
    assert file.exists()


@pytest.mark.parametrize("damage", [b"not a database" * 500, b"SQLite format 3\x00" + b"\xff" * 8000])
def test_damage_is_set_aside_and_said(tmp_path: Path, damage: bytes) -> None:
    file = tmp_path / "library.db"
    file.write_bytes(damage)
    database = Database(file)
    assert _names(database) == []
    database.close()
    aside = next(tmp_path.glob("library.db.damaged-*"))
    assert aside.read_bytes() == damage
    assert aside.name in database.notice


def test_distances() -> None:
    assert distance_km(57.7, 11.97, 57.7, 11.97) == 0
    paris_to_london = distance_km(48.8566, 2.3522, 51.5074, -0.1278)
    assert paris_to_london is not None
    assert abs(paris_to_london - 343.5) < 1
    across_the_date_line = distance_km(0, 179.95, 0, -179.95)
    assert across_the_date_line is not None
    assert across_the_date_line < 12
    assert distance_km(None, None, 0, 0) is None
