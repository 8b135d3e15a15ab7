"""Faces that were seen join the people whom they are of, within a transaction of the caller."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from desktop_search.engine.people.carrying import NamedFace, carried_over
from desktop_search.engine.people.faces import Box, FaceVector, SeenFace
from desktop_search.engine.people.grouping import Mean, chosen_person, mean_of

_MODELS = "models of people"  # a setting: by which models the means of people are
_ADD = """
INSERT INTO faces (video_id, segment_id, image_id, person_id, models, x, y, width, height, score, vector, jpeg)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_NAMED = """
SELECT person_id, x, y, width, height FROM faces JOIN people ON people.id = faces.person_id
WHERE people.name <> '' AND (segment_id = ? OR image_id = ?)
"""


@dataclass(frozen=True, slots=True)
class FacesIn:
    """All faces of one picture: the key frame of a segment, or a still image."""

    faces: Sequence[SeenFace]
    video_id: int | None = None
    segment_id: int | None = None
    image_id: int | None = None


def keep_faces(connection: sqlite3.Connection, models: str, pictures: Sequence[FacesIn]) -> None:
    """Put these faces in the place of those that were known in the same pictures."""
    _use(connection, models)
    before = [_named_in(connection, picture) for picture in pictures]
    for picture in pictures:
        places = (picture.segment_id, picture.image_id)
        connection.execute("DELETE FROM faces WHERE segment_id = ? OR image_id = ?", places)
    means = _means(connection)
    for picture, named in zip(pictures, before, strict=True):
        _keep_picture(connection, models, picture, named, means)


def _keep_picture(
    connection: sqlite3.Connection,
    models: str,
    picture: FacesIn,
    named: Sequence[NamedFace],
    means: dict[int, Mean],
) -> None:
    known = carried_over([face.box for face in picture.faces], named)
    taken = set(known.values())
    for number, face in enumerate(picture.faces):
        person_id = known[number] if number in known else chosen_person(face.vector, means, taken)
        if person_id is None:
            person_id = new_person(connection)
        taken.add(person_id)
        mean = means.get(person_id)
        means[person_id] = mean_of([face.vector]) if mean is None else mean.with_face(face.vector)
        _put_mean(connection, person_id, means[person_id])
        _add(connection, models, picture, person_id, face)


def new_person(connection: sqlite3.Connection) -> int:
    """Somebody without a name and without faces; the id."""
    return connection.execute("INSERT INTO people (name, mean, count) VALUES ('', x'', 0)").lastrowid or 0


def keep_mean(connection: sqlite3.Connection, person_id: int) -> None:
    """Of the faces that a person has now, by the models in use; who has none stays as they were, to be found again."""
    rows = connection.execute(
        "SELECT vector FROM faces WHERE person_id = ? AND models = ?", (person_id, _models_in_use(connection))
    ).fetchall()
    if rows:
        _put_mean(connection, person_id, mean_of([_vector(row["vector"]) for row in rows]))


def tidy(connection: sqlite3.Connection) -> None:
    """Who has neither a face nor a name is nobody."""
    connection.execute(
        "DELETE FROM people WHERE name = '' AND NOT EXISTS (SELECT 1 FROM faces WHERE person_id = people.id)"
    )


def _use(connection: sqlite3.Connection, models: str) -> None:
    """Faces by other models are not comparable: means are those of the faces by these alone, from now on."""
    if _models_in_use(connection) == models:
        return
    connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (_MODELS, models))
    connection.execute("UPDATE people SET mean = x'', count = 0")
    rows = connection.execute("SELECT DISTINCT person_id FROM faces WHERE models = ?", (models,)).fetchall()
    for row in rows:
        keep_mean(connection, row["person_id"])


def _models_in_use(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT value FROM settings WHERE name = ?", (_MODELS,)).fetchone()
    return "" if row is None else str(row["value"])


def _named_in(connection: sqlite3.Connection, picture: FacesIn) -> list[NamedFace]:
    rows: Iterable[sqlite3.Row] = connection.execute(_NAMED, (picture.segment_id, picture.image_id))
    return [
        NamedFace(row["person_id"], None if row["x"] is None else Box(row["x"], row["y"], row["width"], row["height"]))
        for row in rows
    ]


def _add(connection: sqlite3.Connection, models: str, picture: FacesIn, person_id: int, face: SeenFace) -> None:
    box = face.box
    places = (picture.video_id, picture.segment_id, picture.image_id, person_id, models)
    values = (box.left, box.top, box.width, box.height, face.score, face.vector.tobytes(), face.jpeg)
    connection.execute(_ADD, (*places, *values))


def _means(connection: sqlite3.Connection) -> dict[int, Mean]:
    rows = connection.execute("SELECT id, mean, count FROM people WHERE count > 0")
    return {row["id"]: Mean(_vector(row["mean"]), row["count"]) for row in rows}


def _put_mean(connection: sqlite3.Connection, person_id: int, mean: Mean) -> None:
    values = mean.vector.tobytes(), mean.count, person_id
    connection.execute("UPDATE people SET mean = ?, count = ? WHERE id = ?", values)


def _vector(data: bytes) -> FaceVector:
    return np.frombuffer(data, np.float32)
