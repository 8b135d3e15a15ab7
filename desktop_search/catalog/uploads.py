"""The rows of the upload queue in the catalog."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.lost_answers import forget_lost, keep_lost, with_lost
from desktop_search.catalog.upload_rows import COLUMNS, INSERT, SELECT, UPDATE, read_items, users_values, works_values
from desktop_search.core.coverage import Amount
from desktop_search.core.uploads import MediaKind, UploadItem, UploadState

_IN_ORDER = "ORDER BY priority DESC, position, id"
_SENDABLE = "(proxy_reason = '' OR proxy IS NOT NULL)"
_GIVE_WAY = (UploadState.FAILED, UploadState.CANCELLED)


class UploadsTable:
    """What was added, in order, and how far each row is. Every method raises `CatalogProblem` or `DiskFull`."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def add(self, items: Iterable[UploadItem]) -> tuple[UploadItem, ...]:
        """Store new rows at the end, all or none; returns them with their ids and positions.

        Content whose answer was lost with an older row is marked, so that it is not sent without looking.
        """
        with self._catalog.writing() as connection:
            last = float(connection.execute("SELECT COALESCE(MAX(position), 0) FROM uploads").fetchone()[0])
            placed = [
                with_lost(connection, replace(item, position=last + 1 + number)) for number, item in enumerate(items)
            ]
            return tuple(
                replace(
                    item,
                    item_id=connection.execute(INSERT, (*users_values(item), *works_values(item))).lastrowid or 0,
                )
                for item in placed
            )

    def replace_failed(self, items: Sequence[UploadItem]) -> tuple[UploadItem, ...]:
        """`add`, and drop older failed and cancelled rows of the same files in the same step."""
        with self._catalog.writing() as connection:
            for item in items:
                where = "library_id = ? AND path = ? AND state IN (?, ?)"
                values = (item.library_id, os.fsencode(item.path), *(state.value for state in _GIVE_WAY))
                keep_lost(connection, where, values)
                connection.execute(f"DELETE FROM uploads WHERE {where}", values)  # noqa: S608 - a constant
            return self.add(items)

    def answered(self, item: UploadItem) -> None:
        """The library has the row's content, though the row may have been taken off the list meanwhile."""
        with self._catalog.writing() as connection:
            forget_lost(connection, item)

    def update(self, item: UploadItem, *, was: UploadState | None = None) -> UploadItem | None:
        """Store what the work on a row has come to; what the user decides about it is left alone.

        Returns the row as it is now. `None`, and nothing is stored, when it was removed meanwhile, or is no longer
        in the state `was` because the user halted it.
        """
        condition = "WHERE id = ?" if was is None else "WHERE id = ? AND state = ?"
        values = (*works_values(item), item.item_id, *(() if was is None else (was.value,)))
        with self._catalog.writing() as connection:
            rows = read_items(connection, f"{UPDATE} {condition} RETURNING {COLUMNS}", values)
        return next(iter(rows), None)

    def split(self, item: UploadItem, parts: Sequence[UploadItem], *, was: UploadState) -> tuple[UploadItem, ...]:
        """Let the row become the first of `parts`, followed at its place by new rows for the others, in one step.

        What the user decided about the row holds for all. Nothing, when the row is not in the state `was` any more.
        """
        with self._catalog.writing() as connection:
            first = self.update(replace(parts[0], item_id=item.item_id), was=was)
            if first is None:
                return ()
            following = connection.execute(
                "SELECT MIN(position) FROM uploads WHERE position > ?", (first.position,)
            ).fetchone()[0]
            gap = ((following or first.position + 1) - first.position) / len(parts)
            rows = [first]
            for number, part in enumerate(parts[1:], 1):
                values = (*users_values(replace(first, position=first.position + gap * number)), *works_values(part))
                rows += read_items(connection, f"{INSERT} RETURNING {COLUMNS}", values)
            return tuple(rows)

    def get(self, item_id: int) -> UploadItem | None:
        """One row."""
        return next(iter(self._select("WHERE id = ?", (item_id,))), None)

    def all(self, library_id: str | None = None) -> tuple[UploadItem, ...]:
        """Every row in the order in which they are worked on; of one library if asked."""
        if library_id is None:
            return self._select(_IN_ORDER, ())
        return self._select(f"WHERE library_id = ? {_IN_ORDER}", (library_id,))

    def totals(self, library_id: str) -> dict[UploadState, Amount]:
        """How many videos of a library are in each state, and how long they are as far as that is known."""
        with self._catalog.reading() as connection:
            rows = connection.execute(
                "SELECT state, count(*), COALESCE(sum(json_extract(facts, '$.duration_ms')), 0) FROM uploads"
                " WHERE library_id = ? AND kind = ? GROUP BY state",
                (library_id, MediaKind.VIDEO.value),
            )
            return {UploadState(state): Amount(count, int(duration_ms)) for state, count, duration_ms in rows}

    def taken_ms(self, library_id: str, remote_ids: Iterable[str]) -> dict[str, int]:
        """By the library's id, when rows of the queue were captured, as UTC instants in ms; without unknown ones."""
        with self._catalog.reading() as connection:
            rows = connection.execute(
                "SELECT remote_id, json_extract(details, '$.taken') AS taken FROM uploads"
                " WHERE library_id = ? AND remote_id IN (SELECT value FROM json_each(?)) AND taken IS NOT NULL",
                (library_id, json.dumps(list(remote_ids))),
            )
            return {row[0]: _utc_ms(row[1]) for row in rows}

    def in_state(self, state: UploadState) -> tuple[UploadItem, ...]:
        """Every row in one state, oldest first."""
        return self._select("WHERE state = ? ORDER BY id", (state.value,))

    def libraries_in(self, state: UploadState) -> tuple[str, ...]:
        """The libraries that have rows in one state."""
        with self._catalog.reading() as connection:
            rows = connection.execute("SELECT DISTINCT library_id FROM uploads WHERE state = ?", (state.value,))
            return tuple(row[0] for row in rows)

    def indexing(self, library_id: str, count: int, skipped: int = 0) -> tuple[UploadItem, ...]:
        """Rows of a library that are being indexed, oldest first, without the first `skipped`."""
        rest = "WHERE library_id = ? AND state = ? ORDER BY id LIMIT ? OFFSET ?"
        return self._select(rest, (library_id, UploadState.INDEXING.value, count, skipped))

    def next_waiting(self, library_id: str, count: int) -> tuple[UploadItem, ...]:
        """The rows of a library that wait to be sent and are next."""
        return self._select(
            f"WHERE library_id = ? AND state = ? AND {_SENDABLE} {_IN_ORDER} LIMIT ?",
            (library_id, UploadState.WAITING.value, count),
        )

    def next_unprepared(self, library_id: str) -> UploadItem | None:
        """The row of a library that waits for its proxy and is next."""
        rest = f"WHERE library_id = ? AND state = ? AND NOT {_SENDABLE} {_IN_ORDER} LIMIT 1"
        return next(iter(self._select(rest, (library_id, UploadState.WAITING.value))), None)

    def proxies(self, library_id: str | None = None) -> tuple[Path, ...]:
        """The proxies of all rows; with a library, of those alone that go there as soon as they can."""
        with self._catalog.reading() as connection:
            rows = connection.execute(
                "SELECT proxy FROM uploads WHERE proxy IS NOT NULL"
                " AND (? IS NULL OR (library_id = ? AND state IN ('waiting', 'sending')))",
                (library_id, library_id),
            )
            return tuple(Path(os.fsdecode(row[0])) for row in rows)

    def begun_since(self, library_id: str, since_ms: int) -> tuple[int, ...]:
        """When requests to a library were begun from then on, in ms of the wall clock, oldest first.

        Pictures that went together are one request. Rows that were taken off the list are in the transfer log, if they
        arrived.
        """
        with self._catalog.reading() as connection:
            rows = connection.execute(
                "SELECT begun_ms FROM uploads WHERE library_id = ?1 AND begun_ms >= ?2"
                " UNION SELECT began_ms FROM transfer_log WHERE library_id = ?1 AND began_ms >= ?2 ORDER BY 1",
                (library_id, since_ms),
            )
            return tuple(row[0] for row in rows)

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
            return read_items(connection, f"{SELECT} {rest}", values)


def _utc_ms(taken: str) -> int:
    """Details keep wall time in UTC, whole seconds."""
    return round(datetime.fromisoformat(taken).replace(tzinfo=UTC).timestamp() * 1000)
