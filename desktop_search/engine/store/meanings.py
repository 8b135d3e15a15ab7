"""Vectors of what is meant, from whichever model made them: one packed matrix for each video and kind."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Literal

import numpy as np
import numpy.typing as npt

from desktop_search.engine.indexing.results import Meant
from desktop_search.engine.store.changes import Changes
from desktop_search.engine.store.database import Database
from desktop_search.engine.vectors.block import ItemRows
from desktop_search.engine.vectors.codes import Coded, dim_of_one, packed, unpacked

Matrix = npt.NDArray[np.float16]
Part = Literal["seen", "said"]
_ROWS_OF: dict[Part, str] = {"seen": "segments", "said": "utterances"}
_MADE = """
SELECT model, count(*) AS items FROM (
    SELECT model FROM meanings WHERE part = :part UNION ALL SELECT model FROM image_meanings WHERE :part = 'seen'
) GROUP BY model
"""
_TEXTS = "SELECT text FROM utterances WHERE video_id = ? ORDER BY start_ms, id"

# One statement sees one state of the record: vectors never meet rows that came after them.
_WITH_ROWS = """
SELECT video_id, dim, vectors, (
    SELECT json_group_array(json_array(id, start_ms))
    FROM (SELECT id, start_ms FROM {table} WHERE video_id = meanings.video_id ORDER BY start_ms, id)
) AS rows
FROM meanings
WHERE part = ? AND model = ? AND video_id IN (SELECT value FROM json_each(?))
    AND EXISTS (SELECT 1 FROM videos WHERE id = meanings.video_id AND status = 'PARSE')
"""


class Meanings:
    """The tables of vectors. What is indexed again loses its vectors with its segments."""

    def __init__(self, database: Database, video_changes: Changes, image_changes: Changes) -> None:
        self._database, self._video_changes, self._image_changes = database, video_changes, image_changes

    def keep(
        self, video_id: int, part: Part, model: str, vectors: Matrix, *, texts: tuple[str, ...] | None = None
    ) -> bool:
        """Keep the vectors of a video; `texts` are the utterances that they were made of.

        False when they do not fit: it was deleted, indexed or listened to again meanwhile.
        """
        with self._database.writing() as connection:
            count = f"SELECT count(*) FROM {_ROWS_OF[part]} WHERE video_id = ?"  # noqa: S608 - one of two names of ours
            searchable = "SELECT 1 FROM videos WHERE id = ? AND status = 'PARSE'"
            if connection.execute(searchable, (video_id,)).fetchone() is None:
                return False
            if connection.execute(count, (video_id,)).fetchone()[0] != len(vectors):
                return False
            if texts is not None and texts != tuple(row["text"] for row in connection.execute(_TEXTS, (video_id,))):
                return False
            write_meaning(connection, video_id, part, Meant(model, vectors))
            self._video_changes.note(connection, [video_id])
        return True

    def rows(self, video_ids: Iterable[int], part: Part, model: str) -> Iterator[ItemRows]:
        """The vectors that model made of each of these searchable videos, as far as there are some.

        Each has the id and start of its segment or utterance; they are in order of their start, then their id.
        """
        statement = _WITH_ROWS.format(table=_ROWS_OF[part])
        for row in self._database.reading().execute(statement, (part, model, json.dumps(list(video_ids)))):
            places = np.array(json.loads(row["rows"]), dtype=np.int64).reshape(-1, 2)
            vectors = unpacked(row["vectors"], row["dim"])
            if len(places) == len(vectors.codes):
                yield ItemRows(row["video_id"], places[:, 0], places[:, 1], vectors)

    def image_rows(self, image_ids: Iterable[int], model: str) -> Iterator[ItemRows]:
        """The vectors that model made of these images, as far as there are some."""
        for image_id, vector in self._images(image_ids, model):
            yield ItemRows(image_id, np.array([image_id]), np.array([0]), vector)

    def has(self, video_id: int, part: Part, model: str) -> bool:
        """Whether that model has made vectors of a video."""
        asked = "SELECT 1 FROM meanings WHERE video_id = ? AND part = ? AND model = ?"
        return self._database.reading().execute(asked, (video_id, part, model)).fetchone() is not None

    def missing(self, part: Part, model: str) -> list[int]:
        """Searchable videos of which that model has made no vectors yet; the newest first."""
        rows = self._database.reading().execute(
            "SELECT id FROM videos WHERE status = 'PARSE' AND NOT EXISTS"
            " (SELECT 1 FROM meanings WHERE video_id = videos.id AND part = ? AND model = ?) ORDER BY id DESC",
            (part, model),
        )
        return [row["id"] for row in rows]

    def models(self, part: Part) -> dict[str, int]:
        """How many videos, and images for what is seen, each model has made vectors of."""
        return {row["model"]: row["items"] for row in self._database.reading().execute(_MADE, {"part": part})}

    def forget_model(self, part: Part, model: str) -> None:
        """Drop all that a model has made: another has taken its place."""
        with self._database.writing() as connection:
            gone = connection.execute(
                "DELETE FROM meanings WHERE part = ? AND model = ? RETURNING video_id", (part, model)
            )
            self._video_changes.note(connection, {row["video_id"] for row in gone})
            if part == "seen":
                gone = connection.execute("DELETE FROM image_meanings WHERE model = ? RETURNING image_id", (model,))
                self._image_changes.note(connection, {row["image_id"] for row in gone})

    def keep_image(self, image_id: int, model: str, vector: Matrix) -> bool:
        """Keep the vector (dim) of a still image. False when it was deleted meanwhile."""
        with self._database.writing() as connection:
            if connection.execute("SELECT 1 FROM images WHERE id = ?", (image_id,)).fetchone() is None:
                return False
            write_image_meaning(connection, image_id, Meant(model, vector[None, :]))
            self._image_changes.note(connection, [image_id])
        return True

    def images_missing(self, model: str) -> list[int]:
        """Searchable images of which that model has made no vector yet; the newest first."""
        rows = self._database.reading().execute(
            "SELECT id FROM images WHERE status = 'PARSE' AND NOT EXISTS"
            " (SELECT 1 FROM image_meanings WHERE image_id = images.id AND model = ?) ORDER BY id DESC",
            (model,),
        )
        return [row["id"] for row in rows]

    def _images(self, image_ids: Iterable[int], model: str) -> Iterator[tuple[int, Coded]]:
        chosen = "SELECT * FROM image_meanings WHERE model = ? AND image_id IN (SELECT value FROM json_each(?))"
        for row in self._database.reading().execute(chosen, (model, json.dumps(list(image_ids)))):
            yield row["image_id"], unpacked(row["vector"], dim_of_one(row["vector"]))


def write_meaning(connection: sqlite3.Connection, video_id: int, part: Part, meant: Meant) -> None:
    """Put the vectors of a video into the open transaction."""
    values = video_id, part, meant.model, meant.vectors.shape[1], packed(meant.vectors)
    connection.execute("INSERT OR REPLACE INTO meanings VALUES (?, ?, ?, ?, ?)", values)


def write_image_meaning(connection: sqlite3.Connection, image_id: int, meant: Meant) -> None:
    """Put the vector of a still image into the open transaction."""
    values = image_id, meant.model, packed(meant.vectors[:1])
    connection.execute("INSERT OR REPLACE INTO image_meanings VALUES (?, ?, ?)", values)
