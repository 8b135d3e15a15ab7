"""Faces, the people they are of, and which footage was looked through for them.

Vectors lie as 32-bit numbers. What is deleted is overwritten (`secure_delete`), and what the log of transactions has
of it is wiped soon after (`store/deletions.py`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from desktop_search.engine.people.faces import FaceVector, SeenFace
from desktop_search.engine.people.grouping import Mean, chosen_person, mean_of
from desktop_search.engine.store.database import Database
from desktop_search.engine.store.deletions import wipe_later

_OWN = "instr(namespaces.name, char(30)) = 0"  # of the engine's own account (library/accounts.py)
_WAITING = f"""
SELECT videos.id FROM videos JOIN namespaces ON namespaces.id = videos.namespace_id
WHERE videos.status = 'PARSE' AND {_OWN} AND NOT EXISTS (
    SELECT 1 FROM face_readings JOIN segments ON segments.id = face_readings.segment_id
    WHERE face_readings.video_id = videos.id AND face_readings.models = ?
) ORDER BY videos.id DESC
"""  # noqa: S608 - constants
_TOTAL = (
    "SELECT count(*) FROM videos JOIN namespaces ON namespaces.id = videos.namespace_id"  # noqa: S608 - as above
    f" WHERE videos.status = 'PARSE' AND {_OWN}"
)
_PEOPLE = """
SELECT people.id, people.name, count(faces.id) AS faces, count(DISTINCT faces.video_id) AS videos, (
    SELECT id FROM faces WHERE person_id = people.id ORDER BY score * height DESC, id LIMIT 1
) AS face_id
FROM people LEFT JOIN faces ON faces.person_id = people.id GROUP BY people.id
ORDER BY people.name = '', people.name COLLATE NOCASE, faces DESC, people.id
"""
_FACES = """
SELECT faces.id, faces.video_id, videos.name, namespaces.name AS scope, segments.start_ms, segments.keyframe_ms
FROM faces JOIN segments ON segments.id = faces.segment_id JOIN videos ON videos.id = faces.video_id
JOIN namespaces ON namespaces.id = videos.namespace_id
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
    """Where a face was seen."""

    face_id: int
    video_id: int
    name: str
    scope: str
    start_ms: int
    at_ms: int


class People:
    """The tables `people`, `faces` and `face_readings`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def waiting(self, models: str) -> list[int]:
        """Searchable videos that were not looked through by these models; the newest first."""
        return [row["id"] for row in self._database.reading().execute(_WAITING, (models,))]

    def total(self) -> int:
        """How many videos there are to be looked through."""
        return int(self._database.reading().execute(_TOTAL).fetchone()[0])

    def keep(self, video_id: int, models: str, seen: Mapping[int, Sequence[SeenFace]]) -> bool:
        """Keep the faces of a video by its segments. False where these are not its segments any longer.

        Faces by other models are not comparable, and go, with the people who have no name.
        """
        with self._database.writing() as connection:
            rows = connection.execute("SELECT id FROM segments WHERE video_id = ?", (video_id,))
            if not seen or {row["id"] for row in rows} != seen.keys():
                return False
            _forget_other_models(connection, models)
            connection.execute("DELETE FROM faces WHERE video_id = ?", (video_id,))
            means = _means(connection)
            for segment_id, faces in seen.items():
                taken: set[int] = set()
                for face in faces:
                    person_id = chosen_person(face.vector, means, taken)
                    if person_id is None:
                        person_id = _new_person(connection)
                    known = means.get(person_id)
                    means[person_id] = mean_of([face.vector]) if known is None else known.with_face(face.vector)
                    taken.add(person_id)
                    _add_face(connection, video_id, segment_id, person_id, face)
            values = (video_id, next(iter(seen)), models)
            connection.execute("INSERT OR REPLACE INTO face_readings VALUES (?, ?, ?)", values)
            _tidy(connection)
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
        found: set[int] | None = None
        for name in names:
            ids = _ids_of(self._database.reading(), name)
            asked = "SELECT segment_id FROM faces WHERE person_id IN (SELECT value FROM json_each(?))"
            rows = {row["segment_id"] for row in self._database.reading().execute(asked, (json.dumps(ids),))}
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
            _keep_mean(connection, into)
        return True

    def split(self, face_ids: Sequence[int]) -> int | None:
        """These faces are of somebody else, who is new; that person, `None` where a face is not there."""
        with self._database.writing() as connection:
            before = _people_of(connection, face_ids)
            if before is None:
                return None
            person_id = _new_person(connection)
            connection.executemany(
                "UPDATE faces SET person_id = ? WHERE id = ?", [(person_id, each) for each in face_ids]
            )
            for each in (person_id, *before):
                _keep_mean(connection, each)
            _tidy(connection)
        return person_id

    def remove_faces(self, face_ids: Sequence[int]) -> bool:
        """Forget these faces: they are none, or nobody wants them. False where one is not there."""
        with self._database.writing() as connection:
            before = _people_of(connection, face_ids)
            if before is None:
                return False
            connection.executemany("DELETE FROM faces WHERE id = ?", [(each,) for each in face_ids])
            for each in before:
                _keep_mean(connection, each)
            _tidy(connection)
            wipe_later(connection)
        return True

    def delete_all(self) -> None:
        """Forget every face, every person, and what was looked through."""
        with self._database.writing() as connection:
            for table in ("faces", "face_readings", "people"):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours
            wipe_later(connection)


def _ids_of(connection: sqlite3.Connection, name: str) -> list[int]:
    """Everybody of that name; capitals do not matter."""
    wanted = name.casefold()
    rows = connection.execute("SELECT id, name FROM people WHERE name <> ''")
    return [row["id"] for row in rows if row["name"].casefold() == wanted]


def _new_person(connection: sqlite3.Connection) -> int:
    return connection.execute("INSERT INTO people (name, mean, count) VALUES ('', x'', 0)").lastrowid or 0


def _add_face(connection: sqlite3.Connection, video_id: int, segment_id: int, person_id: int, face: SeenFace) -> None:
    values = (video_id, segment_id, person_id, face.height, face.score, face.vector.tobytes(), face.jpeg)
    connection.execute(
        "INSERT INTO faces (video_id, segment_id, person_id, height, score, vector, jpeg) VALUES (?, ?, ?, ?, ?, ?, ?)",
        values,
    )
    row = connection.execute("SELECT mean, count FROM people WHERE id = ?", (person_id,)).fetchone()
    known = Mean(_vector(row["mean"]), row["count"]) if row["count"] else None
    _put_mean(connection, person_id, mean_of([face.vector]) if known is None else known.with_face(face.vector))


def _means(connection: sqlite3.Connection) -> dict[int, Mean]:
    rows = connection.execute("SELECT id, mean, count FROM people WHERE count > 0")
    return {row["id"]: Mean(_vector(row["mean"]), row["count"]) for row in rows}


def _keep_mean(connection: sqlite3.Connection, person_id: int) -> None:
    """Of the faces that a person has now; who has none stays as they were, to be found again."""
    rows = connection.execute("SELECT vector FROM faces WHERE person_id = ?", (person_id,)).fetchall()
    if rows:
        _put_mean(connection, person_id, mean_of([_vector(row["vector"]) for row in rows]))


def _put_mean(connection: sqlite3.Connection, person_id: int, mean: Mean) -> None:
    values = mean.vector.tobytes(), mean.count, person_id
    connection.execute("UPDATE people SET mean = ?, count = ? WHERE id = ?", values)


def _people_of(connection: sqlite3.Connection, face_ids: Sequence[int]) -> set[int] | None:
    asked = "SELECT id, person_id FROM faces WHERE id IN (SELECT value FROM json_each(?))"
    rows = connection.execute(asked, (json.dumps(list(face_ids)),)).fetchall()
    return {row["person_id"] for row in rows} if rows and len(rows) == len(set(face_ids)) else None


def _forget_other_models(connection: sqlite3.Connection, models: str) -> None:
    if connection.execute("SELECT 1 FROM face_readings WHERE models <> ? LIMIT 1", (models,)).fetchone() is not None:
        connection.execute(
            "DELETE FROM faces WHERE video_id IN (SELECT video_id FROM face_readings WHERE models <> ?)", (models,)
        )
        connection.execute("DELETE FROM face_readings WHERE models <> ?", (models,))
        connection.execute("UPDATE people SET mean = x'', count = 0")
        _tidy(connection)


def _tidy(connection: sqlite3.Connection) -> None:
    """Who has neither a face nor a name is nobody."""
    connection.execute(
        "DELETE FROM people WHERE name = '' AND NOT EXISTS (SELECT 1 FROM faces WHERE person_id = people.id)"
    )


def _vector(data: bytes) -> FaceVector:
    return np.frombuffer(data, np.float32)
