"""The videos of the library: added, listed, moved through their states, deleted."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from desktop_search.engine.store.changes import Changes
from desktop_search.engine.store.database import Database
from desktop_search.engine.store.deletions import wipe_later
from desktop_search.engine.store.filters import Filters
from desktop_search.engine.store.leftovers import belong, leave
from desktop_search.engine.store.namespaces import namespace_id
from desktop_search.engine.store.rows import FAILED, PARSE, UNPARSE, Video, path_bytes, video_of

_VIDEOS = "FROM videos AS item JOIN namespaces ON namespaces.id = item.namespace_id"
_SELECT = f"SELECT item.*, namespaces.name AS namespace {_VIDEOS}"
_INSERT = """
INSERT INTO videos (id, namespace_id, name, file, in_place, retain, status, size_bytes, created_ms, taken_ms, camera,
                    latitude, longitude, tags, callback, prompt, duration_ms, platform, post_id,
                    post_url)
VALUES (:id, :namespace_id, :name, :file, :in_place, :retain, :status, :size_bytes, :created_ms, :taken_ms, :camera,
        :latitude, :longitude, :tags, :callback, :prompt, :duration_ms, :platform, :post_id,
        :post_url)
"""


class Videos:
    """The table of videos. Ids are snowflakes; the namespace must exist."""

    def __init__(self, database: Database, changes: Changes) -> None:
        self._database, self._changes = database, changes

    def add(self, video: Video, *, callback: str = "", prompt: str = "") -> None:
        """Store a new video; on disk when this returns."""
        with self._database.writing() as connection:
            values = {
                "id": video.video_id,
                "namespace_id": namespace_id(connection, video.namespace),
                "name": video.name,
                "file": path_bytes(video.file),
                "in_place": video.in_place,
                "retain": video.retain,
                "status": video.status,
                "size_bytes": video.size_bytes,
                "created_ms": video.created_ms,
                "taken_ms": video.taken_ms,
                "camera": video.camera,
                "latitude": video.latitude,
                "longitude": video.longitude,
                "tags": json.dumps(video.tags),
                "callback": callback,
                "prompt": prompt,
                "duration_ms": video.duration_ms,
                "platform": video.post.platform if video.post else "",
                "post_id": video.post.post_id if video.post else "",
                "post_url": video.post.url if video.post else "",
            }
            connection.execute(_INSERT, values)
            belong(connection, _own_files([video]))

    def get(self, video_id: int, namespace: str | None = None) -> Video | None:
        """One video; with `namespace`, only if it lives there."""
        row = self._database.reading().execute(f"{_SELECT} WHERE item.id = ?", (video_id,)).fetchone()
        if row is None or (namespace is not None and row["namespace"] != namespace):
            return None
        return video_of(row)

    def page(self, filters: Filters, *, page: int, size: int) -> tuple[list[Video], int]:
        """One page (1-based), newest first, and how many there are in all."""
        condition, values = filters.condition()
        connection = self._database.reading()
        total = connection.execute(f"SELECT count(*) {_VIDEOS} WHERE {condition}", values).fetchone()[0]
        values |= {"size": size, "skip": (page - 1) * size}
        order = "ORDER BY item.created_ms DESC, item.id DESC LIMIT :size OFFSET :skip"
        rows = connection.execute(f"{_SELECT} WHERE {condition} {order}", values).fetchall()
        return [video_of(row) for row in rows], int(total)

    def matching(self, filters: Filters) -> list[int]:
        """The ids of all videos that pass."""
        condition, values = filters.condition()
        rows = self._database.reading().execute(f"SELECT item.id {_VIDEOS} WHERE {condition}", values)
        return [row[0] for row in rows]

    def count(self) -> int:
        """How many there are, whatever their state."""
        return int(self._database.reading().execute("SELECT count(*) FROM videos").fetchone()[0])

    def totals(self) -> list[tuple[str, str, int, int]]:
        """For each namespace and state how many there are, and how many ms they last as far as that is known."""
        rows = self._database.reading().execute(
            f"SELECT namespaces.name, item.status, count(*), coalesce(sum(item.duration_ms), 0) {_VIDEOS} GROUP BY 1, 2"
        )
        return [tuple(row) for row in rows]

    def all_ids(self) -> set[int]:
        """The ids of all there are."""
        return {row[0] for row in self._database.reading().execute("SELECT id FROM videos")}

    def searchable(self) -> list[int]:
        """The ids of all videos that are indexed."""
        rows = self._database.reading().execute("SELECT id FROM videos WHERE status = ?", (PARSE,))
        return [row[0] for row in rows]

    def some(self, video_ids: Iterable[int]) -> dict[int, Video]:
        """Those of these videos that are there, by id."""
        chosen = "item.id IN (SELECT value FROM json_each(?))"
        rows = self._database.reading().execute(f"{_SELECT} WHERE {chosen}", (json.dumps(list(video_ids)),))
        return {row["id"]: video_of(row) for row in rows}

    def to_index(self, version: int) -> list[int]:
        """Ids of what is not indexed yet, then of what an older version indexed; oldest first."""
        rows = self._database.reading().execute(
            "SELECT id FROM videos WHERE status = ?"
            " OR (status = 'PARSE' AND index_version IS NOT ? AND file IS NOT NULL)"
            " ORDER BY status = 'PARSE', id",
            (UNPARSE, version),
        )
        return [row["id"] for row in rows]

    def fail(self, video_id: int, cause: str) -> None:
        """The video could not be indexed. One that is searchable already stays so."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE videos SET status = ?, cause = ? WHERE id = ? AND status <> ?",
                (FAILED, cause, video_id, PARSE),
            )

    def forget_file(self, video: Video) -> None:
        """Nothing is kept of the file any longer; it is a leftover now."""
        with self._database.writing() as connection:
            connection.execute("UPDATE videos SET file = NULL WHERE id = ?", (video.video_id,))
            leave(connection, _own_files([video]))
            self._changes.note(connection, [video.video_id])

    def delete(self, video_ids: Sequence[int], namespace: str) -> list[Video]:
        """Delete those that live in the namespace, with all that was indexed of them; returns what was deleted.

        Their files that are the engine's own are leftovers now.
        """
        with self._database.writing() as connection:
            values = {"ids": json.dumps(list(video_ids)), "namespace": namespace}
            chosen = "item.id IN (SELECT value FROM json_each(:ids)) AND namespaces.name = :namespace"
            gone = [video_of(row) for row in connection.execute(f"{_SELECT} WHERE {chosen}", values).fetchall()]
            for table, column in (("task_items", "video_id"), ("videos", "id")):
                statement = f"DELETE FROM {table} WHERE {column} = ?"  # noqa: S608 - names of ours
                connection.executemany(statement, [(video.video_id,) for video in gone])
            leave(connection, _own_files(gone))
            if gone:
                wipe_later(connection)
            self._changes.note(connection, (video.video_id for video in gone))
        return gone


def _own_files(videos: Iterable[Video]) -> list[str]:
    return [video.file.name for video in videos if video.file is not None and not video.in_place]


def row_exists(connection: sqlite3.Connection, video_id: int) -> bool:
    """Whether the video was not deleted meanwhile."""
    return connection.execute("SELECT 1 FROM videos WHERE id = ?", (video_id,)).fetchone() is not None
