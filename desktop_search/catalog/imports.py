"""The imports from the web in the catalog: what was asked, under which task, and what came of it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.row_texts import details_of, details_text
from desktop_search.core.imports import ImportedVideo, ImportItem, ImportKind, ImportState, ImportWish

_COLUMNS = (
    "library_id, kind, subjects, is_public, count, quality, details, state, task_id, videos, cause, added_ms, "
    "changed_ms, asked_ms"
)
_PLACES = ", ".join("?" * (_COLUMNS.count(",") + 1))
_SELECT = f"SELECT id, {_COLUMNS} FROM imports"  # noqa: S608 - a constant
_INSERT = f"INSERT INTO imports ({_COLUMNS}) VALUES ({_PLACES})"  # noqa: S608 - a constant
_UPDATE = f"UPDATE imports SET ({_COLUMNS}) = ({_PLACES}) WHERE id = ?"  # noqa: S608 - a constant


class ImportsTable:
    """The rows in the order they were asked for. Every method raises `CatalogProblem` or `DiskFull`."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def add(self, items: Iterable[ImportItem]) -> tuple[ImportItem, ...]:
        """Store new rows, all or none; returns them with their ids."""
        with self._catalog.writing() as connection:
            return tuple(
                replace(item, item_id=connection.execute(_INSERT, _values(item)).lastrowid or 0) for item in items
            )

    def update(self, item: ImportItem) -> bool:
        """Store a row's new state. False when the row was removed meanwhile: it does not come back."""
        with self._catalog.writing() as connection:
            return connection.execute(_UPDATE, (*_values(item), item.item_id)).rowcount == 1

    def remove(self, ids: Iterable[int]) -> None:
        """Forget rows; unknown ids are ignored."""
        with self._catalog.writing() as connection:
            connection.executemany("DELETE FROM imports WHERE id = ?", [(item_id,) for item_id in ids])

    def get(self, item_id: int) -> ImportItem | None:
        """One row."""
        return next(iter(self._select("WHERE id = ?", (item_id,))), None)

    def all(self) -> tuple[ImportItem, ...]:
        """Every row, oldest first."""
        return self._select("ORDER BY id", ())

    def in_state(self, state: ImportState) -> tuple[ImportItem, ...]:
        """Every row in one state, oldest first."""
        return self._select("WHERE state = ? ORDER BY id", (state.value,))

    def _select(self, rest: str, values: Sequence[object]) -> tuple[ImportItem, ...]:
        with self._catalog.reading() as connection:
            cursor = connection.cursor()
            cursor.row_factory = sqlite3.Row
            return tuple(_item(row) for row in cursor.execute(f"{_SELECT} {rest}", values))


def _values(item: ImportItem) -> tuple[object, ...]:
    wish = item.wish
    return (
        wish.library_id,
        wish.kind.value,
        json.dumps(wish.subjects),
        int(wish.is_public),
        wish.count,
        wish.quality,
        details_text(wish.details),
        item.state.value,
        item.task_id,
        json.dumps([asdict(video) for video in item.videos]),
        item.cause,
        item.added_ms,
        item.changed_ms,
        item.asked_ms,
    )


def _item(row: sqlite3.Row) -> ImportItem:
    wish = ImportWish(
        library_id=row["library_id"],
        kind=ImportKind(row["kind"]),
        subjects=tuple(json.loads(row["subjects"])),
        is_public=bool(row["is_public"]),
        count=row["count"],
        quality=row["quality"],
        details=details_of(row["details"]),
    )
    return ImportItem(
        item_id=row["id"],
        wish=wish,
        state=ImportState(row["state"]),
        task_id=row["task_id"],
        videos=tuple(ImportedVideo(**video) for video in json.loads(row["videos"])),
        cause=row["cause"],
        added_ms=row["added_ms"],
        changed_ms=row["changed_ms"],
        asked_ms=row["asked_ms"],
    )
