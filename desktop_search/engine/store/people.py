"""Faces, the people they are of, and which footage was looked through for them.

Vectors lie as 32-bit numbers. What is deleted is overwritten (`secure_delete`), and what the log of transactions has
of it is wiped soon after (`store/deletions.py`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop_search.engine.people.faces import SeenFace
from desktop_search.engine.store.database import Database
from desktop_search.engine.store.deletions import wipe_later
from desktop_search.engine.store.keeping_faces import FacesIn, keep_faces, keep_mean, new_person, tidy

_OWN = "instr(namespaces.name, char(30)) = 0"  # of the engine's own account (library/accounts.py)
_VIDEOS = f"FROM videos JOIN namespaces ON namespaces.id = videos.namespace_id WHERE videos.status = 'PARSE' AND {_OWN}"
_IMAGES = f"FROM images JOIN namespaces ON namespaces.id = images.namespace_id WHERE images.status = 'PARSE' AND {_OWN}"
_WAITING = f"""
SELECT videos.id {_VIDEOS} AND NOT EXISTS (
    SELECT 1 FROM face_readings JOIN segments ON segments.id = face_readings.segment_id
    WHERE face_readings.video_id = videos.id AND face_readings.models = ?
) ORDER BY videos.id DESC
"""  # noqa: S608 - constants
_IMAGES_WAITING = f"""
SELECT images.id {_IMAGES} AND NOT EXISTS (
    SELECT 1 FROM image_face_readings WHERE image_id = images.id AND models = ?
) ORDER BY images.id DESC
"""  # noqa: S608 - constants
_TOTAL = f"SELECT (SELECT count(*) {_VIDEOS}) + (SELECT count(*) {_IMAGES})"
_PEOPLE = """
SELECT people.id, people.name, count(faces.id) AS faces, count(DISTINCT faces.video_id) AS videos, (
    SELECT id FROM faces WHERE person_id = people.id ORDER BY score * height DESC, id LIMIT 1
) AS face_id
FROM people LEFT JOIN faces ON faces.person_id = people.id GROUP BY people.id
ORDER BY people.name = '', people.name COLLATE NOCASE, faces DESC, people.id
"""
_FACES = """
SELECT faces.id, faces.video_id, faces.image_id, coalesce(videos.name, images.name), namespaces.name AS scope,
    coalesce(segments.start_ms, 0), coalesce(segments.keyframe_ms, 0)
FROM faces LEFT JOIN segments ON segments.id = faces.segment_id LEFT JOIN videos ON videos.id = faces.video_id
LEFT JOIN images ON images.id = faces.image_id
JOIN namespaces ON namespaces.id = coalesce(videos.namespace_id, images.namespace_id)
WHERE faces.person_id = ? ORDER BY faces.score * faces.height DESC, faces.id LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, with the number of faces and of videos, and the face that shows them best; `name` may be ""."""

    person_id: int
    name: str
    faces: int
    videos: int
    face_id: int | None


@dataclass(frozen=True, slots=True)
class FacePlace:
    """Where a face was seen: in a segment of a video, or in an image."""

    face_id: int
    video_id: int | None
    image_id: int | None
    name: str
    scope: str
    start_ms: int
    at_ms: int


class People:
    """The tables `people`, `faces`, `face_readings` and `image_face_readings`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def waiting(self, models: str) -> list[int]:
        """Searchable videos that were not looked through by these models; the newest first."""
        return [row["id"] for row in self._database.reading().execute(_WAITING, (models,))]

    def images_waiting(self, models: str) -> list[int]:
        """Searchable images that were not looked at by these models; the newest first."""
        return [row["id"] for row in self._database.reading().execute(_IMAGES_WAITING, (models,))]

    def total(self) -> int:
        """How many videos and images there are to be looked through."""
        return int(self._database.reading().execute(_TOTAL).fetchone()[0])

    def keep(self, video_id: int, models: str, seen: Mapping[int, Sequence[SeenFace]]) -> bool:
        """Keep the faces of a video by its segments. False where these are not its segments any longer.

        Faces of it by other models go; who had a name there keeps it, where a face is in the same place.
        """
        with self._database.writing() as connection:
            rows = connection.execute("SELECT id FROM segments WHERE video_id = ?", (video_id,))
            if not seen or {row["id"] for row in rows} != seen.keys():
                return False
            pictures = [FacesIn(faces, segment_id=segment_id, video_id=video_id) for segment_id, faces in seen.items()]
            keep_faces(connection, models, pictures)
            values = (video_id, next(iter(seen)), models)
            connection.execute("INSERT OR REPLACE INTO face_readings VALUES (?, ?, ?)", values)
            tidy(connection)
        return True

    def keep_image(self, image_id: int, models: str, faces: Sequence[SeenFace]) -> bool:
        """Keep the faces of an image, as `keep`. False where there is no such image any longer."""
        with self._database.writing() as connection:
            if connection.execute("SELECT 1 FROM images WHERE id = ?", (image_id,)).fetchone() is None:
                return False
            keep_faces(connection, models, [FacesIn(faces, image_id=image_id)])
            connection.execute("INSERT OR REPLACE INTO image_face_readings VALUES (?, ?)", (image_id, models))
            tidy(connection)
        return True

    def all(self) -> list[Person]:
        """Everybody: those with a name by it, then the others, who is seen most first."""
        rows = self._database.reading().execute(_PEOPLE)
        return [Person(row["id"], row["name"], row["faces"], row["videos"], row["face_id"]) for row in rows]

    def names(self) -> list[str]:
        """The names that were given."""
        return [row["name"] for row in self._database.reading().execute("SELECT name FROM people WHERE name <> ''")]

    def faces_of(self, person_id: int, limit: int) -> list[FacePlace]:
        """Where somebody was seen, best first."""
        return [FacePlace(*row) for row in self._database.reading().execute(_FACES, (person_id, limit))]

    def pictures(self, face_ids: Sequence[int]) -> dict[int, bytes]:
        """Faces as JPEG, as far as they are there."""
        asked = "SELECT id, jpeg FROM faces WHERE id IN (SELECT value FROM json_each(?))"
        rows = self._database.reading().execute(asked, (json.dumps(list(face_ids)),))
        return {row["id"]: bytes(row["jpeg"]) for row in rows}

    def segments_with(self, names: Iterable[str]) -> set[int]:
        """The segments in which all of these people are; none where one of the names is nobody's."""
        return self._with(names, "segment_id")

    def images_with(self, names: Iterable[str]) -> set[int]:
        """The images in which all of these people are, as `segments_with`."""
        return self._with(names, "image_id")

    def _with(self, names: Iterable[str], column: str) -> set[int]:
        found: set[int] | None = None
        asked = (
            f"SELECT {column} FROM faces"  # noqa: S608 - a name of ours
            f" WHERE {column} IS NOT NULL AND person_id IN (SELECT value FROM json_each(?))"
        )
        for name in names:
            ids = _ids_of(self._database.reading(), name)
            rows = {row[column] for row in self._database.reading().execute(asked, (json.dumps(ids),))}
            found = rows if found is None else found & rows
        return found or set()

    def rename(self, person_id: int, name: str) -> bool:
        """Give somebody a name, or take it with ""; whether there is such a person."""
        with self._database.writing() as connection:
            changed = connection.execute("UPDATE people SET name = ? WHERE id = ?", (name, person_id))
            return changed.rowcount > 0

    def merge(self, into: int, others: Sequence[int]) -> bool:
        """These are all the same person, who keeps the name of the first that has one. False where one is not there."""
        with self._database.writing() as connection:
            ids = [into, *(each for each in others if each != into)]
            names = dict(
                connection.execute(
                    "SELECT id, name FROM people WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(ids),)
                ).fetchall()
            )
            if len(names) != len(set(ids)):
                return False
            name = next((names[each] for each in ids if names[each]), "")
            for each in ids[1:]:
                connection.execute("UPDATE faces SET person_id = ? WHERE person_id = ?", (into, each))
                connection.execute("DELETE FROM people WHERE id = ?", (each,))
            connection.execute("UPDATE people SET name = ? WHERE id = ?", (name, into))
            keep_mean(connection, into)
        return True

    def split(self, face_ids: Sequence[int]) -> int | None:
        """These faces are of somebody else, who is new; that person, `None` where a face is not there."""
        with self._database.writing() as connection:
            before = _people_of(connection, face_ids)
            if before is None:
                return None
            person_id = new_person(connection)
            connection.executemany(
                "UPDATE faces SET person_id = ? WHERE id = ?", [(person_id, each) for each in face_ids]
            )
            for each in (person_id, *before):
                keep_mean(connection, each)
            tidy(connection)
        return person_id

    def remove_faces(self, face_ids: Sequence[int]) -> bool:
        """Forget these faces: they are none, or nobody wants them. False where one is not there."""
        with self._database.writing() as connection:
            before = _people_of(connection, face_ids)
            if before is None:
                return False
            connection.executemany("DELETE FROM faces WHERE id = ?", [(each,) for each in face_ids])
            for each in before:
                keep_mean(connection, each)
            tidy(connection)
            wipe_later(connection)
        return True

    def delete_all(self) -> None:
        """Forget every face, every person, and what was looked through."""
        with self._database.writing() as connection:
            for table in ("faces", "face_readings", "image_face_readings", "people"):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours
            wipe_later(connection)


def _ids_of(connection: sqlite3.Connection, name: str) -> list[int]:
    """Everybody of that name; capitals do not matter."""
    wanted = name.casefold()
    rows = connection.execute("SELECT id, name FROM people WHERE name <> ''")
    return [row["id"] for row in rows if row["name"].casefold() == wanted]


def _people_of(connection: sqlite3.Connection, face_ids: Sequence[int]) -> set[int] | None:
    asked = "SELECT id, person_id FROM faces WHERE id IN (SELECT value FROM json_each(?))"
    rows = connection.execute(asked, (json.dumps(list(face_ids)),)).fetchall()
    return {row["person_id"] for row in rows} if rows and len(rows) == len(set(face_ids)) else None
