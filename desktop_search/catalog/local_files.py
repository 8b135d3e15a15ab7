"""Which file of this computer a library's video or image came from."""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from desktop_search.catalog.database import Catalog

Origin = tuple[Path, int]  # the file, and the time in it, in ms, at which the video begins that the library has


@dataclass(frozen=True, slots=True)
class Link:
    """What a file was sent as, and when. `namespace` is "" and `linked_ms` 0 for links of older versions."""

    video_no: str
    path: Path
    start_ms: int
    namespace: str
    linked_ms: int


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
        namespace: str = "",
    ) -> None:
        """Remember the original of `video_no` (or of an image id); a newer link takes the place of an older one.

        `start_ms` is where in the original the video begins that the library has: not 0 for later parts of a split one.
        """
        with self._catalog.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO local_files"
                " (library_id, video_no, path, size_bytes, mtime_ns, fingerprint, start_ms, namespace, linked_ms)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    library_id,
                    video_no,
                    os.fsencode(path),
                    size_bytes,
                    mtime_ns,
                    fingerprint,
                    start_ms,
                    namespace,
                    time.time_ns() // 1_000_000,
                ),
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

    def fingerprints_of(self, ids: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """By library and id, the fingerprint of the original; without those of which none is known."""
        found: dict[tuple[str, str], str] = {}
        with self._catalog.reading() as connection:
            for key in set(ids):
                row = connection.execute(
                    "SELECT fingerprint FROM local_files WHERE library_id = ? AND video_no = ? AND fingerprint <> ''",
                    key,
                ).fetchone()
                if row:
                    found[key] = row[0]
        return found

    def _place_of(self, library_id: str, video_no: str) -> tuple[Path, int] | None:
        with self._catalog.reading() as connection:
            row = connection.execute(
                "SELECT path, size_bytes FROM local_files WHERE library_id = ? AND video_no = ?", (library_id, video_no)
            ).fetchone()
        return (Path(os.fsdecode(row[0])), row[1]) if row else None

    def twins(self, library_id: str, fingerprint: str) -> tuple[Link, ...]:
        """What files with the same content were sent as, newest first."""
        with self._catalog.reading() as connection:
            rows = connection.execute(
                "SELECT video_no, path, start_ms, namespace, linked_ms FROM local_files"
                " WHERE library_id = ? AND fingerprint = ? AND fingerprint <> '' ORDER BY rowid DESC",
                (library_id, fingerprint),
            )
            return tuple(Link(row[0], Path(os.fsdecode(row[1])), *row[2:]) for row in rows)

    def ids(self, library_id: str) -> frozenset[str]:
        """Every id of the library that a file of this computer became."""
        with self._catalog.reading() as connection:
            rows = connection.execute("SELECT video_no FROM local_files WHERE library_id = ?", (library_id,))
            return frozenset(row[0] for row in rows)

    def relocate(self, library_id: str, video_no: str, path: Path, size_bytes: int, mtime_ns: int) -> None:
        """The original is elsewhere now."""
        with self._catalog.writing() as connection:
            connection.execute(
                "UPDATE local_files SET path = ?, size_bytes = ?, mtime_ns = ? WHERE library_id = ? AND video_no = ?",
                (os.fsencode(path), size_bytes, mtime_ns, library_id, video_no),
            )

    def paths_of(self, fingerprint: str) -> tuple[Path, ...]:
        """Where files of this content were, whatever library they were sent to; newest first."""
        with self._catalog.reading() as connection:
            rows = connection.execute(
                "SELECT DISTINCT path FROM local_files WHERE fingerprint = ? AND fingerprint <> '' ORDER BY rowid DESC",
                (fingerprint,),
            )
            return tuple(Path(os.fsdecode(row[0])) for row in rows)

    def sizes_of(self, fingerprints: Iterable[str]) -> dict[str, set[int]]:
        """By fingerprint, how many bytes such a file has; without those of which that is not known."""
        sizes: dict[str, set[int]] = {}
        with self._catalog.reading() as connection:
            for fingerprint in set(fingerprints):
                rows = connection.execute(
                    "SELECT size_bytes FROM local_files WHERE fingerprint = ? AND fingerprint <> ''", (fingerprint,)
                )
                if found := {row[0] for row in rows}:
                    sizes[fingerprint] = found
        return sizes

    def relocate_content(self, fingerprint: str, path: Path, size_bytes: int, mtime_ns: int) -> None:
        """The original of this content is elsewhere now, for every library."""
        with self._catalog.writing() as connection:
            connection.execute(
                "UPDATE local_files SET path = ?, size_bytes = ?, mtime_ns = ? WHERE fingerprint = ?",
                (os.fsencode(path), size_bytes, mtime_ns, fingerprint),
            )

    def unlink(self, library_id: str, video_no: str) -> None:
        """Forget a link, when the library no longer has the video."""
        with self._catalog.writing() as connection:
            connection.execute("DELETE FROM local_files WHERE library_id = ? AND video_no = ?", (library_id, video_no))
