"""The rows of the upload queue in the catalog."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.row_texts import details_of, details_text, facts_of, facts_text
from desktop_search.core.uploads import MediaKind, Priority, UploadItem, UploadState

_COLUMNS = (
    "library_id, path, kind, state, details, size_bytes, sent_bytes, remote_id, cause, added_ms, index_permille, "
    "maybe_sent, position, priority, fingerprint, insisted, facts, proxy_reason, proxy, part_start_ms, part_end_ms"
)
_PLACES = ", ".join("?" * (_COLUMNS.count(",") + 1))
_SELECT = f"SELECT id, {_COLUMNS} FROM uploads"  # noqa: S608 - a constant
_INSERT = f"INSERT INTO uploads ({_COLUMNS}) VALUES ({_PLACES})"  # noqa: S608 - a constant
_UPDATE = f"UPDATE uploads SET ({_COLUMNS}) = ({_PLACES}) WHERE id = ?"  # noqa: S608 - a constant


class UploadsTable:
    """What was added, in order, and how far each row is. Every method raises `CatalogProblem` or `DiskFull`."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def add(self, items: Iterable[UploadItem]) -> tuple[UploadItem, ...]:
        """Store new rows, all or none; returns them with their ids."""
        with self._catalog.writing() as connection:
            return tuple(
                replace(item, item_id=connection.execute(_INSERT, _values(item)).lastrowid or 0) for item in items
            )

    def replace_failed(self, items: Sequence[UploadItem]) -> tuple[UploadItem, ...]:
        """`add`, and drop older failed rows of the same files in the same step."""
        with self._catalog.writing() as connection:
            for item in items:
                connection.execute(
                    "DELETE FROM uploads WHERE library_id = ? AND path = ? AND state = ?",
                    (item.library_id, os.fsencode(item.path), UploadState.FAILED.value),
                )
            return self.add(items)

    def update(self, item: UploadItem) -> bool:
        """Store a row's new state. False when the row was removed meanwhile: it does not come back."""
        with self._catalog.writing() as connection:
            return connection.execute(_UPDATE, (*_values(item), item.item_id)).rowcount == 1

    def remove(self, ids: Iterable[int]) -> None:
        """Forget rows; unknown ids are ignored."""
        with self._catalog.writing() as connection:
            connection.executemany("DELETE FROM uploads WHERE id = ?", [(item_id,) for item_id in ids])

    def get(self, item_id: int) -> UploadItem | None:
        """One row."""
        return next(iter(self._select("WHERE id = ?", (item_id,))), None)

    def all(self, library_id: str | None = None) -> tuple[UploadItem, ...]:
        """Every row, oldest first; of one library if asked."""
        if library_id is None:
            return self._select("ORDER BY id", ())
        return self._select("WHERE library_id = ? ORDER BY id", (library_id,))

    def in_state(self, state: UploadState) -> tuple[UploadItem, ...]:
        """Every row in one state, oldest first."""
        return self._select("WHERE state = ? ORDER BY id", (state.value,))

    def first_waiting(self) -> tuple[UploadItem, ...]:
        """The oldest waiting row of each library, oldest first."""
        return self._select(
            "WHERE id IN (SELECT MIN(id) FROM uploads WHERE state = ? GROUP BY library_id) ORDER BY id",
            (UploadState.WAITING.value,),
        )

    def by_path(self, library_id: str, path: Path) -> tuple[UploadItem, ...]:
        """The rows of one file, oldest first."""
        return self._select("WHERE library_id = ? AND path = ? ORDER BY id", (library_id, os.fsencode(path)))

    def remote_ids(self, library_id: str) -> frozenset[str]:
        """The library's ids that rows already have."""
        with self._catalog.reading() as connection:
            rows = connection.execute(
                "SELECT remote_id FROM uploads WHERE library_id = ? AND remote_id <> ''", (library_id,)
            )
            return frozenset(row[0] for row in rows)

    def _select(self, rest: str, values: Sequence[object]) -> tuple[UploadItem, ...]:
        with self._catalog.reading() as connection:
            cursor = connection.cursor()
            cursor.row_factory = sqlite3.Row
            return tuple(_item(row) for row in cursor.execute(f"{_SELECT} {rest}", values))


def _values(item: UploadItem) -> tuple[object, ...]:
    return (
        item.library_id,
        os.fsencode(item.path),
        item.kind.value,
        item.state.value,
        details_text(item.details),
        item.size_bytes,
        item.sent_bytes,
        item.remote_id,
        item.cause,
        item.added_ms,
        item.index_permille,
        int(item.maybe_sent),
        item.position,
        int(item.priority),
        item.fingerprint,
        int(item.insisted),
        facts_text(item.facts),
        item.proxy_reason,
        os.fsencode(item.proxy) if item.proxy else None,
        item.part_start_ms,
        item.part_end_ms,
    )


def _item(row: sqlite3.Row) -> UploadItem:
    return UploadItem(
        item_id=row["id"],
        library_id=row["library_id"],
        path=Path(os.fsdecode(row["path"])),
        kind=MediaKind(row["kind"]),
        state=UploadState(row["state"]),
        details=details_of(row["details"]),
        size_bytes=row["size_bytes"],
        sent_bytes=row["sent_bytes"],
        remote_id=row["remote_id"],
        cause=row["cause"],
        added_ms=row["added_ms"],
        index_permille=row["index_permille"],
        maybe_sent=bool(row["maybe_sent"]),
        position=row["position"],
        priority=Priority(row["priority"]),
        fingerprint=row["fingerprint"],
        insisted=bool(row["insisted"]),
        facts=facts_of(row["facts"]),
        proxy_reason=row["proxy_reason"],
        proxy=Path(os.fsdecode(row["proxy"])) if row["proxy"] else None,
        part_start_ms=row["part_start_ms"],
        part_end_ms=row["part_end_ms"],
    )
