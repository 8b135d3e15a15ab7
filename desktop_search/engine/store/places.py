"""Where the user's own files are, and by what they are known again: indexed in place, they may move or change."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from desktop_search.engine.store.changes import Changes
from desktop_search.engine.store.database import Database
from desktop_search.engine.store.rows import path_bytes
from desktop_search.engine.store.videos import row_exists

_SELECT = """
SELECT videos.id, videos.name, videos.file, videos.index_version, places.size_bytes, places.mtime_ns,
       coalesce(places.fingerprint, '') AS fingerprint, coalesce(places.offline, 0) AS offline
FROM videos LEFT JOIN places ON places.video_id = videos.id
WHERE videos.in_place AND videos.file IS NOT NULL
"""
_KEEP = """
INSERT INTO places (video_id, size_bytes, mtime_ns, fingerprint, offline) VALUES (?, ?, ?, ?, 0)
ON CONFLICT (video_id) DO UPDATE SET size_bytes = excluded.size_bytes, mtime_ns = excluded.mtime_ns,
    fingerprint = excluded.fingerprint, offline = 0
"""
_OFFLINE = """
INSERT INTO places (video_id, size_bytes, mtime_ns, fingerprint, offline)
SELECT id, -1, 0, '', :offline FROM videos WHERE id IN (SELECT value FROM json_each(:ids))
ON CONFLICT (video_id) DO UPDATE SET offline = excluded.offline
"""
_TWINS = """
SELECT gone.video_id, videos.file FROM places AS gone
JOIN places AS there ON there.fingerprint = gone.fingerprint AND NOT there.offline
JOIN videos ON videos.id = there.video_id
WHERE gone.offline AND gone.fingerprint <> '' LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Stamp:
    """By what a change of a file is noticed without reading it."""

    size_bytes: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Place:
    """One video that was indexed in place.

    Attributes:
        stamp: of the file when it was read last; `None` before that.
        fingerprint: of its content then; "" where it could not be taken.
        offline: the file was not there when it was looked for last.
    """

    video_id: int
    name: str
    file: Path
    index_version: int | None
    stamp: Stamp | None
    fingerprint: str
    offline: bool


def stamp_of(file: Path) -> Stamp:
    """The stamp of a file as it is now. Raises OSError where it is away."""
    found = file.stat()
    return Stamp(found.st_size, found.st_mtime_ns)


class Places:
    """The table of places. A video that was indexed by an older version has none yet."""

    def __init__(self, database: Database, changes: Changes) -> None:
        self._database, self._changes = database, changes

    def page(self, after_id: int, limit: int) -> list[Place]:
        """The next of all videos indexed in place, by id."""
        condition = f"{_SELECT} AND videos.id > ? ORDER BY videos.id LIMIT ?"
        return [_place_of(row) for row in self._database.reading().execute(condition, (after_id, limit))]

    def offline(self, limit: int = -1) -> list[Place]:
        """Those whose file is away; the newest first. All of them with a negative limit."""
        rows = self._database.reading().execute(
            f"{_SELECT} AND places.offline ORDER BY videos.id DESC LIMIT ?", (limit,)
        )
        return [_place_of(row) for row in rows]

    def offline_count(self) -> int:
        """How many files are away."""
        return int(self._database.reading().execute("SELECT count(*) FROM places WHERE offline").fetchone()[0])

    def twins(self, limit: int) -> list[tuple[int, Path]]:
        """Videos whose file is away, each with the file of another video that has the same content."""
        rows = self._database.reading().execute(_TWINS, (limit,))
        return [(row["video_id"], Path(os.fsdecode(row["file"]))) for row in rows]

    def keep(self, video_id: int, stamp: Stamp, fingerprint: str) -> None:
        """The file was read, and is there."""
        with self._database.writing() as connection:
            if row_exists(connection, video_id):
                connection.execute(_KEEP, (video_id, stamp.size_bytes, stamp.mtime_ns, fingerprint))

    def set_offline(self, video_ids: Collection[int], offline: bool) -> None:
        """These files are away, or are back."""
        if video_ids:
            with self._database.writing() as connection:
                connection.execute(_OFFLINE, {"ids": json.dumps(list(video_ids)), "offline": offline})

    def move(self, video_id: int, file: Path, stamp: Stamp) -> None:
        """The same content was found at another place."""
        with self._database.writing() as connection:
            values = path_bytes(file), video_id
            if connection.execute("UPDATE videos SET file = ? WHERE id = ? AND in_place", values).rowcount:
                statement = "UPDATE places SET size_bytes = ?, mtime_ns = ?, offline = 0 WHERE video_id = ?"
                connection.execute(statement, (stamp.size_bytes, stamp.mtime_ns, video_id))
                self._changes.note(connection, [video_id])  # the name of its folder is a word to search by


def _place_of(row: sqlite3.Row) -> Place:
    return Place(
        video_id=row["id"],
        name=row["name"],
        file=Path(os.fsdecode(row["file"])),
        index_version=row["index_version"],
        stamp=None if row["size_bytes"] is None else Stamp(row["size_bytes"], row["mtime_ns"]),
        fingerprint=row["fingerprint"],
        offline=bool(row["offline"]),
    )
