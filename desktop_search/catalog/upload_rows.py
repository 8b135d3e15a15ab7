"""How a row of the upload queue lies in the catalog."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from desktop_search.catalog.row_texts import details_of, details_text, facts_of, facts_text
from desktop_search.core.uploads import MediaKind, Priority, UploadItem, UploadState

# What the user decides is written by the user's actions alone; the queue at work writes the rest, so that neither
# takes back what the other has changed meanwhile.
_USERS = "library_id, path, kind, details, added_ms, position, priority, insisted, started"
_WORKS = (
    "state, size_bytes, sent_bytes, remote_id, cause, index_permille, maybe_sent, fingerprint, facts, "
    "proxy_reason, proxy, part_start_ms, part_end_ms, begun_ms"
)
COLUMNS = f"id, {_USERS}, {_WORKS}"
SELECT = f"SELECT {COLUMNS} FROM uploads"  # noqa: S608 - constants, as below


def _places(columns: str) -> str:
    return ", ".join("?" * (columns.count(",") + 1))


INSERT = f"INSERT INTO uploads ({_USERS}, {_WORKS}) VALUES ({_places(_USERS)}, {_places(_WORKS)})"  # noqa: S608
UPDATE = f"UPDATE uploads SET ({_WORKS}) = ({_places(_WORKS)})"  # noqa: S608


def users_values(item: UploadItem) -> tuple[object, ...]:
    """What the user decided about a row."""
    return (
        item.library_id,
        os.fsencode(item.path),
        item.kind.value,
        details_text(item.details),
        item.added_ms,
        item.position,
        int(item.priority),
        int(item.insisted),
        int(item.started),
    )


def works_values(item: UploadItem) -> tuple[object, ...]:
    """What the queue found out and did about a row."""
    return (
        item.state.value,
        item.size_bytes,
        item.sent_bytes,
        item.remote_id,
        item.cause,
        item.index_permille,
        int(item.maybe_sent),
        item.fingerprint,
        facts_text(item.facts),
        item.proxy_reason,
        os.fsencode(item.proxy) if item.proxy else None,
        item.part_start_ms,
        item.part_end_ms,
        item.begun_ms,
    )


def read_items(connection: sqlite3.Connection, statement: str, values: Sequence[object]) -> tuple[UploadItem, ...]:
    """The rows that a statement gives, which selects or returns `COLUMNS`."""
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    return tuple(_item(row) for row in cursor.execute(statement, values))


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
        started=bool(row["started"]),
        begun_ms=row["begun_ms"],
    )
