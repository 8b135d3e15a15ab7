"""Selects and their bins in the catalog."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop_search.catalog.database import Catalog
from desktop_search.core.selects import FIRST_BIN, Bin, Select

_COLUMNS = (
    "bin_id, fingerprint, path, library_id, namespace, video_no, name, start_ms, end_ms, note, rating, colour, tags"
)
_PLACES = ", ".join("?" * 13)


class SelectsTable:
    """Every method raises `CatalogProblem` or `DiskFull`."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def bins(self) -> tuple[Bin, ...]:
        """All bins in their order; there is always one."""
        with self._catalog.writing() as connection:
            if connection.execute("SELECT 1 FROM bins").fetchone() is None:
                connection.execute("INSERT INTO bins (name) VALUES (?)", (FIRST_BIN,))
            return tuple(Bin(*row) for row in connection.execute("SELECT id, name FROM bins ORDER BY id"))

    def add_bin(self, name: str) -> Bin:
        """A new one, at the end."""
        with self._catalog.writing() as connection:
            number = connection.execute("INSERT INTO bins (name) VALUES (?)", (name,)).lastrowid
        return Bin(number or 0, name)

    def put_bin(self, one: Bin) -> None:
        """Rename one, or bring back one that was removed."""
        with self._catalog.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO bins (id, name) VALUES (?, ?)", (one.bin_id, one.name))

    def remove_bin(self, bin_id: int) -> None:
        """With all that is in it."""
        with self._catalog.writing() as connection:
            connection.execute("DELETE FROM selects WHERE bin_id = ?", (bin_id,))
            connection.execute("DELETE FROM bins WHERE id = ?", (bin_id,))

    def of(self, bin_id: int) -> tuple[Select, ...]:
        """What is in a bin, in its order."""
        with self._catalog.reading() as connection:
            rows = connection.execute(
                f"SELECT id, {_COLUMNS} FROM selects WHERE bin_id = ? ORDER BY position, id",  # noqa: S608 - ours
                (bin_id,),
            )
            return tuple(_select(row) for row in rows)

    def set_bin(self, bin_id: int, selects: Sequence[Select]) -> tuple[Select, ...]:
        """Let exactly these be in a bin, in this order; new ones are given their ids."""
        now_ms = time.time_ns() // 1_000_000
        with self._catalog.writing() as connection:
            connection.execute("DELETE FROM selects WHERE bin_id = ?", (bin_id,))
            return tuple(self._insert(connection, one, number, now_ms) for number, one in enumerate(selects))

    @staticmethod
    def _insert(connection: sqlite3.Connection, one: Select, position: int, now_ms: int) -> Select:
        path = None if one.path is None else os.fsencode(one.path)
        values = (
            *(one.bin_id, one.fingerprint, path, *one.clip, one.name, one.start_ms, one.end_ms),
            *(one.note, one.rating, one.colour, json.dumps(one.tags)),
        )
        number = connection.execute(
            f"INSERT INTO selects (id, position, changed_ms, {_COLUMNS}) VALUES (?, ?, ?, {_PLACES})",  # noqa: S608
            (one.select_id or None, position, now_ms, *values),
        ).lastrowid
        return replace(one, select_id=number or 0)


def _select(row: tuple[Any, ...]) -> Select:
    number, bin_id, fingerprint, path, library_id, namespace, video_no, name, start_ms, end_ms, note, *rest = row
    rating, colour, tags = rest
    return Select(
        number,
        bin_id,
        fingerprint,
        None if path is None else Path(os.fsdecode(path)),
        (library_id, namespace, video_no),
        name,
        start_ms,
        end_ms,
        note,
        rating,
        colour,
        tuple(json.loads(tags)),
    )
