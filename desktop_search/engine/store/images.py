"""The still images of the library."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from desktop_search.engine.indexing.results import INDEX_VERSION, ImageAnalysis
from desktop_search.engine.store.changes import Changes
from desktop_search.engine.store.database import Database
from desktop_search.engine.store.filters import Filters
from desktop_search.engine.store.leftovers import belong, leave
from desktop_search.engine.store.meanings import write_image_meaning
from desktop_search.engine.store.namespaces import namespace_id
from desktop_search.engine.store.rows import FAILED, PARSE, UNPARSE, Image, image_of

_IMAGES = "FROM images AS item JOIN namespaces ON namespaces.id = item.namespace_id"
_SELECT = f"SELECT item.*, namespaces.name AS namespace {_IMAGES}"
_INSERT = """
INSERT INTO images (id, namespace_id, name, suffix, status, size_bytes, created_ms, taken_ms, camera,
                    latitude, longitude, tags)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_SEARCHABLE = """
UPDATE images SET status = 'PARSE', taken_ms = coalesce(taken_ms, :taken_ms),
    camera = CASE WHEN camera = '' THEN :camera ELSE camera END,
    longitude = CASE WHEN latitude IS NULL THEN :longitude ELSE longitude END,
    latitude = CASE WHEN latitude IS NULL THEN :latitude ELSE latitude END,
    words = :words, screen_text = :screen_text, vector = :vector, index_version = :version
WHERE id = :id
"""


class Images:
    """The table of images. Ids are snowflakes; the namespace must exist."""

    def __init__(self, database: Database, changes: Changes) -> None:
        self._database, self._changes = database, changes

    def add(self, images: Sequence[tuple[Image, int]]) -> None:
        """Store new images, each with its size in bytes, all or none; on disk when this returns."""
        with self._database.writing() as connection:
            for image, size_bytes in images:
                connection.execute(
                    _INSERT,
                    (
                        image.image_id,
                        namespace_id(connection, image.namespace),
                        image.name,
                        image.suffix,
                        image.status,
                        size_bytes,
                        image.created_ms,
                        image.taken_ms,
                        image.camera,
                        image.latitude,
                        image.longitude,
                        json.dumps(image.tags),
                    ),
                )
            belong(connection, [image.file_name for image, _ in images])

    def get(self, image_id: int) -> Image | None:
        """One image."""
        row = self._database.reading().execute(f"{_SELECT} WHERE item.id = ?", (image_id,)).fetchone()
        return None if row is None else image_of(row)

    def to_index(self) -> list[int]:
        """Ids of what is not indexed yet, or was by an older version."""
        rows = self._database.reading().execute(
            "SELECT id FROM images WHERE status = ? OR (status = 'PARSE' AND index_version IS NOT ?) ORDER BY id",
            (UNPARSE, INDEX_VERSION),
        )
        return [row["id"] for row in rows]

    def keep(self, image_id: int, analysis: ImageAnalysis) -> None:
        """What was seen in the image; it is searchable from now on."""
        place_known = analysis.latitude is not None and analysis.longitude is not None
        values = {
            "id": image_id,
            "taken_ms": analysis.taken_ms,
            "camera": analysis.camera,
            "latitude": analysis.latitude if place_known else None,
            "longitude": analysis.longitude if place_known else None,
            "words": json.dumps(analysis.words),
            "screen_text": analysis.screen_text,
            "vector": analysis.vector.astype("<f2").tobytes(),
            "version": INDEX_VERSION,
        }
        with self._database.writing() as connection:
            is_there = connection.execute(_SEARCHABLE, values).rowcount > 0
            if is_there and analysis.meant is not None:
                write_image_meaning(connection, image_id, analysis.meant)
            self._changes.note(connection, [image_id])

    def fail(self, image_id: int) -> None:
        """The image could not be read; who sent it is told why. One that is searchable already stays so."""
        with self._database.writing() as connection:
            connection.execute("UPDATE images SET status = ? WHERE id = ? AND status = ?", (FAILED, image_id, UNPARSE))

    def delete(self, images: Sequence[Image]) -> None:
        """Take images away again; their files are leftovers now."""
        with self._database.writing() as connection:
            connection.executemany("DELETE FROM images WHERE id = ?", [(image.image_id,) for image in images])
            leave(connection, [image.file_name for image in images])
            self._changes.note(connection, (image.image_id for image in images))

    def matching(self, filters: Filters) -> list[int]:
        """The ids of all images that pass."""
        condition, values = filters.condition()
        return [
            row[0] for row in self._database.reading().execute(f"SELECT item.id {_IMAGES} WHERE {condition}", values)
        ]

    def count(self) -> int:
        """How many there are, whatever their state."""
        return int(self._database.reading().execute("SELECT count(*) FROM images").fetchone()[0])

    def searchable(self) -> list[int]:
        """The ids of all images that are indexed."""
        rows = self._database.reading().execute("SELECT id FROM images WHERE status = ?", (PARSE,))
        return [row[0] for row in rows]

    def some(self, image_ids: Iterable[int]) -> Iterator[tuple[Image, dict[str, float], str]]:
        """Those of these images that are there, each with its words and screen text."""
        chosen = "item.id IN (SELECT value FROM json_each(?))"
        for row in self._database.reading().execute(f"{_SELECT} WHERE {chosen}", (json.dumps(list(image_ids)),)):
            yield image_of(row), json.loads(row["words"]), row["screen_text"]
