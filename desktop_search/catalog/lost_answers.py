"""What may be in a library though no row of the queue says so: its row was taken away before an answer was seen."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from desktop_search.core.uploads import UploadItem

_KEEP = (
    "INSERT OR REPLACE INTO lost_answers (library_id, fingerprint, begun_ms)"
    " SELECT library_id, fingerprint, begun_ms FROM uploads WHERE {where}"
    " AND maybe_sent AND fingerprint <> '' AND kind = 'video'"  # of pictures the user decides
)


def keep_lost(connection: sqlite3.Connection, where: str, values: Sequence[object]) -> None:
    """The rows of the queue that `where` names are about to be deleted."""
    connection.execute(_KEEP.format(where=where), values)


def with_lost(connection: sqlite3.Connection, item: UploadItem) -> UploadItem:
    """A new row; if its content may have arrived it is looked up before it is sent, as the old one would have been."""
    begun_ms = forget_lost(connection, item)
    return item if begun_ms is None else replace(item, maybe_sent=True, begun_ms=begun_ms)


def forget_lost(connection: sqlite3.Connection, item: UploadItem) -> int | None:
    """From now on a row says so, or the answer came after all. Returns when the request was begun, in ms; or `None`."""
    # Read to the end, or the statement would hold up the commit.
    rows = connection.execute(
        "DELETE FROM lost_answers WHERE library_id = ? AND fingerprint = ? RETURNING begun_ms",
        (item.library_id, item.fingerprint),
    ).fetchall()
    return int(rows[0][0]) if rows else None
