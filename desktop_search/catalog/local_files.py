"""Which file of this computer a library's video or image came from."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

from desktop_search.catalog.database import Catalog

Origin = tuple[Path, int]  # the file, and the time in it, in ms, at which the video begins that the library has


class LocalFilesTable:
    """Links from a library's id to the original. Every method raises `CatalogProblem` or `DiskFull`."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def link(
        self,
        library_id: str,
        video_no: str,
        path: Path,
        size_bytes: int,
        mtime_ns: int,
        fingerprint: str,
        *,
        start_ms: int = 0,
    ) -> None:
        """Remember the original of `video_no` (or of an image id); a newer link takes the place of an older one.

        `start_ms` is where in the original the video begins that the library has: not 0 for later parts of a split one.
        """
        with self._catalog.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO local_files"
                " (library_id, video_no, path, size_bytes, mtime_ns, fingerprint, start_ms)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (library_id, video_no, os.fsencode(path), size_bytes, mtime_ns, fingerprint, start_ms),
            )

    def path_of(self, library_id: str, video_no: str) -> Path | None:
        """The original, if it is still there with the size it had."""
        place = self._place_of(library_id, video_no)
        if place is None:
            return None
        path, size_bytes = place
        try:
            return path if path.is_file() and path.stat().st_size == size_bytes else None
        except OSError:
            return None

    def last_path_of(self, library_id: str, video_no: str) -> Path | None:
        """Where the original was when it was sent, whether or not it is there now."""
        place = self._place_of(library_id, video_no)
        return place[0] if place else None

    def origins_of(self, library_id: str, video_nos: Collection[str]) -> dict[str, Origin]:
        """By id, where the original was when it was sent, and where in it the video begins; without unknown ids."""
        found: dict[str, Origin] = {}
        with self._catalog.reading() as connection:
            for video_no in video_nos:
                row = connection.execute(
                    "SELECT path, start_ms FROM local_files WHERE library_id = ? AND video_no = ?",
                    (library_id, video_no),
                ).fetchone()
                if row:
                    found[video_no] = Path(os.fsdecode(row[0])), row[1]
        return found

    def _place_of(self, library_id: str, video_no: str) -> tuple[Path, int] | None:
        with self._catalog.reading() as connection:
            row = connection.execute(
                "SELECT path, size_bytes FROM local_files WHERE library_id = ? AND video_no = ?", (library_id, video_no)
            ).fetchone()
        return (Path(os.fsdecode(row[0])), row[1]) if row else None

    def ids_of(self, library_id: str, path: Path, size_bytes: int, mtime_ns: int) -> tuple[str, ...]:
        """The ids that exactly this state of the file was sent as, newest first."""
        with self._catalog.reading() as connection:
            rows = connection.execute(
                "SELECT video_no FROM local_files WHERE library_id = ? AND path = ? AND size_bytes = ? AND mtime_ns = ?"
                " ORDER BY rowid DESC",
                (library_id, os.fsencode(path), size_bytes, mtime_ns),
            )
            return tuple(row[0] for row in rows)

    def unlink(self, library_id: str, video_no: str) -> None:
        """Forget a link, when the library no longer has the video."""
        with self._catalog.writing() as connection:
            connection.execute("DELETE FROM local_files WHERE library_id = ? AND video_no = ?", (library_id, video_no))
