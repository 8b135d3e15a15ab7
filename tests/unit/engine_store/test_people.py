"""People in the record: what an earlier version knew, and what other models make of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from desktop_search.engine.people.faces import Box, SeenFace
from desktop_search.engine.store.database import Database
from desktop_search.engine.store.migrations import MIGRATIONS
from desktop_search.engine.store.people import People

BEFORE = next(number for number, step in enumerate(MIGRATIONS) if "placed_faces" in step)
FOOTAGE = (
    "INSERT INTO namespaces (id, name) VALUES (1, 'default')",
    (
        "INSERT INTO videos (id, namespace_id, name, in_place, retain, status, size_bytes, created_ms)"
        " VALUES (5, 1, 'take', 1, 1, 'PARSE', 1, 1)"
    ),
    (
        "INSERT INTO segments (id, video_id, start_ms, end_ms, keyframe_ms, words, screen_text)"
        " VALUES (3, 5, 0, 2000, 900, '{}', '')"
    ),
)


def face(number: int, left: float) -> SeenFace:
    vector = np.zeros(128, np.float32)
    vector[number] = 1
    return SeenFace(Box(left, 0.1, 0.2, 0.3), 0.9, vector, b"jpeg")


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    """With Anna in the one segment of a video, by an earlier version."""
    file = tmp_path / "library.db"
    database = Database(file, MIGRATIONS[:BEFORE])
    with database.writing() as connection:
        for statement in FOOTAGE:
            connection.execute(statement)
        vector = face(0, 0).vector.tobytes()
        connection.execute("INSERT INTO people VALUES (7, 'Anna', ?, 1)", (vector,))
        connection.execute("INSERT INTO faces VALUES (9, 5, 3, 7, 0.3, 0.9, ?, x'ff')", (vector,))
        connection.execute("INSERT INTO face_readings VALUES (5, 3, 'old')")
    database.close()
    return file


def test_who_was_known_stays_known_by_other_models(old_file: Path) -> None:
    database = Database(old_file)
    people = People(database)
    (anna,) = people.all()
    assert (anna.person_id, anna.name, anna.face_id, people.waiting("old"), people.waiting("new")) == (
        7,
        "Anna",
        9,
        [],
        [5],
    )
    (segment,) = people.segments_with(["anna"])
    assert people.keep(5, "new", {segment: [face(1, 0.1)]})  # where it was is not known, but it is the only one
    assert people.keep(5, "newer", {segment: [face(3, 0.6), face(2, 0.12)]})
    anna, somebody = people.all()
    assert (anna.person_id, anna.faces, somebody.name, somebody.faces) == (7, 1, "", 1)
    assert people.keep(5, "newer", {segment: [face(2, 0.7)]})  # her face, by the same models, in another place
    assert [(each.person_id, each.faces) for each in people.all()] == [(7, 1)]
    assert people.segments_with(["Anna"]) == {segment}
    database.close()
