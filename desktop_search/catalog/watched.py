"""The watched folders in the catalog, and which state of which of their files was seen to."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.row_texts import details_of, details_text
from desktop_search.core.watched import FileStamp, WatchedFolder

_COLUMNS = "library_id, path, details, has_begun, added_ms"


class WatchedTable:
    """Every method raises `CatalogProblem` or `DiskFull`. Paths of files are below their folder's."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def add(self, folder: WatchedFolder) -> WatchedFolder | None:
        """Store a folder; `None` when it is watched for this library already."""
        values = (
            folder.library_id,
            os.fsencode(folder.path),
            details_text(folder.details),
            int(folder.has_begun),
            folder.added_ms,
        )
        with self._catalog.writing() as connection:
            cursor = connection.execute(
                f"INSERT OR IGNORE INTO watched_folders ({_COLUMNS}) VALUES (?, ?, ?, ?, ?)",  # noqa: S608 - a constant
                values,
            )
            return replace(folder, folder_id=cursor.lastrowid or 0) if cursor.rowcount == 1 else None

    def remove(self, folder_id: int) -> None:
        """Forget a folder and its files."""
        with self._catalog.writing() as connection:
            connection.execute("DELETE FROM watched_folders WHERE id = ?", (folder_id,))

    def all(self) -> tuple[WatchedFolder, ...]:
        """Every folder, oldest first."""
        with self._catalog.reading() as connection:
            rows = connection.execute(f"SELECT id, {_COLUMNS} FROM watched_folders ORDER BY id")  # noqa: S608
            return tuple(
                WatchedFolder(row[0], row[1], Path(os.fsdecode(row[2])), details_of(row[3]), bool(row[4]), row[5])
                for row in rows
            )

    def files(self, folder_id: int) -> dict[str, FileStamp]:
        """The files that were seen to, each with the state it was in."""
        with self._catalog.reading() as connection:
            rows = connection.execute(
                "SELECT path, size_bytes, mtime_ns FROM watched_files WHERE folder_id = ?", (folder_id,)
            )
            return {os.fsdecode(path): FileStamp(size_bytes, mtime_ns) for path, size_bytes, mtime_ns in rows}

    def seen_to(self, folder_id: int, files: Mapping[str, FileStamp], *, begin: bool = False) -> bool:
        """Remember these states as seen to; `begin`: the folder's first look is done. False: it was removed."""
        with self._catalog.writing() as connection:
            if not connection.execute("SELECT 1 FROM watched_folders WHERE id = ?", (folder_id,)).fetchone():
                return False
            connection.executemany(
                "INSERT OR REPLACE INTO watched_files VALUES (?, ?, ?, ?)",
                [(folder_id, os.fsencode(path), stamp.size_bytes, stamp.mtime_ns) for path, stamp in files.items()],
            )
            if begin:
                connection.execute("UPDATE watched_folders SET has_begun = 1 WHERE id = ?", (folder_id,))
            return True
