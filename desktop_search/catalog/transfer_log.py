"""The transfer log in the catalog. Lines are only ever added; they outlive the rows of the queue."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from desktop_search.catalog.database import Catalog
from desktop_search.core.transfer_log import LogEntry, SentAs, joint_rate
from desktop_search.core.uploads import MediaKind

_COLUMNS = (
    "library_id, path, kind, sent_as, size_bytes, fingerprint, remote_id, began_ms, ended_ms, part_start_ms, "
    "part_end_ms, cost"
)
_INSERT = f"INSERT INTO transfer_log ({_COLUMNS}, searchable) VALUES ({', '.join('?' * 13)})"  # noqa: S608 - a constant
_SELECT = f"SELECT id, {_COLUMNS} FROM transfer_log"  # noqa: S608 - a constant

_RECENT = 20  # uploads that tell how fast the line is


class TransferLogTable:
    """What reached a library, line by line. Every method raises `CatalogProblem` or `DiskFull`."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def add(self, entry: LogEntry) -> None:
        """Write a line down; inside a transaction of the caller it is part of that."""
        with self._catalog.writing() as connection:
            connection.execute(_INSERT, (*_values(entry), _searchable(entry)))

    def ids(self, text: str = "") -> tuple[int, ...]:
        """The lines that hold `text` in path, library, ids or shape, whatever its case; newest first."""
        wanted = _plain(text)
        where, values = ("WHERE instr(searchable, ?) > 0", (wanted,)) if wanted else ("", ())
        with self._catalog.reading() as connection:
            rows = connection.execute(f"SELECT id FROM transfer_log {where} ORDER BY id DESC", values)  # noqa: S608
            return tuple(row[0] for row in rows)

    def entries(self, ids: Sequence[int]) -> tuple[LogEntry, ...]:
        """Lines by id, a few hundred at most, in the order of `ids`; unknown ones are left out."""
        places = ", ".join("?" * len(ids))
        with self._catalog.reading() as connection:
            rows = connection.execute(f"{_SELECT} WHERE id IN ({places})", tuple(ids)).fetchall()
        by_id = {row[0]: _entry(row) for row in rows}
        return tuple(by_id[entry_id] for entry_id in ids if entry_id in by_id)

    def arrived_by_day(self) -> dict[str, dict[date, int]]:
        """How many bytes each library got on each day of the user's calendar; what was indexed in place is none."""
        found: dict[str, dict[date, int]] = {}
        with self._catalog.reading() as connection:
            rows = connection.execute(
                "SELECT library_id, date(ended_ms / 1000, 'unixepoch', 'localtime'), SUM(size_bytes) FROM transfer_log"
                " WHERE sent_as <> ? GROUP BY 1, 2",
                (SentAs.IN_PLACE.value,),
            )
            for library_id, day, size_bytes in rows:
                found.setdefault(library_id, {})[date.fromisoformat(day)] = size_bytes
        return found

    def recent_rate(self, library_ids: Sequence[str]) -> float | None:
        """Bytes per second at which the latest files were sent to these libraries together; `None` when none were."""
        places = ", ".join("?" * len(library_ids))
        latest = (
            f"SELECT began_ms, ended_ms, size_bytes FROM transfer_log WHERE library_id IN ({places})"  # noqa: S608
            " AND began_ms < ended_ms AND sent_as <> ? ORDER BY id DESC LIMIT ?"
        )
        with self._catalog.reading() as connection:
            spans = connection.execute(latest, (*library_ids, SentAs.IN_PLACE.value, _RECENT)).fetchall()
        return joint_rate(spans)


def _plain(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8").casefold()


def _searchable(entry: LogEntry) -> str:
    return _plain(f"{entry.path}\n{entry.library_id}\n{entry.remote_id}\n{entry.fingerprint}\n{entry.sent_as.value}")


def _values(entry: LogEntry) -> tuple[object, ...]:
    return (
        entry.library_id,
        os.fsencode(entry.path),
        entry.kind.value,
        entry.sent_as.value,
        entry.size_bytes,
        entry.fingerprint,
        entry.remote_id,
        entry.began_ms,
        entry.ended_ms,
        entry.part_start_ms,
        entry.part_end_ms,
        entry.cost,
    )


def _entry(row: Sequence[object] | sqlite3.Row) -> LogEntry:
    entry_id, library_id, path, kind, sent_as, *rest = row
    return LogEntry(entry_id, library_id, Path(os.fsdecode(path)), MediaKind(kind), SentAs(sent_as), *rest)  # type: ignore[arg-type]
