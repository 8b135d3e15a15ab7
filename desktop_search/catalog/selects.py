"""Selects and their bins in the catalog."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desktop_search.catalog.database import Catalog
from desktop_search.core.selects import FIRST_BIN, Bin, Select
from desktop_search.core.selects_edit import Edit

_COLUMNS = (
    *("bin_id", "fingerprint", "path", "library_id", "namespace", "video_no", "name", "start_ms", "end_ms", "note"),
    *("rating", "colour", "tags", "part_start_ms"),
)
_NO_TAGS = "[]"
_OF_THE_FILE = ("path", "name")  # which may have moved since; undoing something else does not move it back
_PUT = (
    f"INSERT INTO selects (id, position, changed_ms, {', '.join(_COLUMNS)}) VALUES (?, 0, ?{', ?' * len(_COLUMNS)})"  # noqa: S608 - ours
    f" ON CONFLICT (id) DO UPDATE SET changed_ms = excluded.changed_ms,"
    f" {', '.join(f'{column} = excluded.{column}' for column in _COLUMNS if column not in _OF_THE_FILE)}"
)


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
        paths: dict[bytes, Path] = {}  # many ranges of few files
        with self._catalog.reading() as connection:
            rows = connection.execute(
                f"SELECT id, {', '.join(_COLUMNS)} FROM selects WHERE bin_id = ? ORDER BY position, id",  # noqa: S608
                (bin_id,),
            )
            return tuple(_select(row, paths) for row in rows)

    def reserve(self, count: int) -> range:
        """So many ids that no other select has or will have."""
        with self._catalog.writing() as connection:
            row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'selects'").fetchone()
            first = 1 + (row[0] if row else 0)
            if row is None:
                connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('selects', 0)")
            connection.execute("UPDATE sqlite_sequence SET seq = seq + ? WHERE name = 'selects'", (count,))
        return range(first, first + count)

    def apply(self, edit: Edit) -> None:
        """Make it so."""
        now_ms = time.time_ns() // 1_000_000
        with self._catalog.writing() as connection:
            connection.executemany("DELETE FROM selects WHERE id = ?", ((number,) for number in edit.gone))
            connection.executemany(_PUT, ((one.select_id, now_ms, *_values(one)) for one in edit.put))
            for order in edit.orders.values():
                connection.executemany(
                    "UPDATE selects SET position = ?1 WHERE id = ?2 AND position <> ?1", enumerate(order)
                )

    def tags(self) -> tuple[str, ...]:
        """Every tag that is in use, by the alphabet."""
        with self._catalog.reading() as connection:
            rows = connection.execute("SELECT DISTINCT value FROM selects, json_each(selects.tags)")
            return tuple(sorted((row[0] for row in rows), key=str.casefold))

    def files(self) -> tuple[tuple[str, Path], ...]:
        """Of every file that some select is of: the fingerprint of its content, and where it was last."""
        with self._catalog.reading() as connection:
            rows = connection.execute(
                "SELECT DISTINCT fingerprint, path FROM selects WHERE fingerprint <> '' AND path IS NOT NULL"
            )
            return tuple((row[0], Path(os.fsdecode(row[1]))) for row in rows)

    def paths_of(self, fingerprint: str) -> tuple[Path, ...]:
        """Where files of this content were."""
        with self._catalog.reading() as connection:
            rows = connection.execute(
                "SELECT DISTINCT path FROM selects WHERE fingerprint = ? AND path IS NOT NULL", (fingerprint,)
            )
            return tuple(Path(os.fsdecode(row[0])) for row in rows)

    def relocate(self, found: Mapping[str, Path]) -> None:
        """These files, by the fingerprints of their contents, are there now."""
        with self._catalog.writing() as connection:
            connection.executemany(
                "UPDATE selects SET path = ?2, name = ?3 WHERE fingerprint = ?1 AND path IS NOT ?2",
                ((number, os.fsencode(path), _plain(path.name)) for number, path in found.items()),
            )


def _values(one: Select) -> tuple[object, ...]:
    path = None if one.path is None else os.fsencode(one.path)
    return (
        *(one.bin_id, one.fingerprint, path, *one.clip, _plain(one.name), one.start_ms, one.end_ms),
        *(one.note, one.rating, one.colour, json.dumps(one.tags) if one.tags else _NO_TAGS, one.part_start_ms),
    )


def _plain(name: str) -> str:
    return name.encode("utf-8", "replace").decode()


def _select(row: tuple[Any, ...], paths: dict[bytes, Path]) -> Select:
    number, bin_id, fingerprint, path, library_id, namespace, video_no, name, start_ms, end_ms, note, *rest = row
    rating, colour, tags, part_start_ms = rest
    return Select(
        number,
        bin_id,
        fingerprint,
        None if path is None else _path(path, paths),
        (library_id, namespace, video_no),
        name,
        start_ms,
        end_ms,
        note,
        rating,
        colour,
        tuple(json.loads(tags)) if tags != _NO_TAGS else (),
        part_start_ms,
    )


def _path(encoded: bytes, known: dict[bytes, Path]) -> Path:
    if encoded not in known:
        known[encoded] = Path(os.fsdecode(encoded))
    return known[encoded]
