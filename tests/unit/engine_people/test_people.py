"""Who is who, by vectors alone; names in words; and models that cannot be right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from desktop_search.core.errors import FileProblem
from desktop_search.core.people_words import people_in, people_named
from desktop_search.engine.people.carrying import NamedFace, carried_over
from desktop_search.engine.people.faces import Box
from desktop_search.engine.people.grouping import SAME, Mean, chosen_person, mean_of, unit
from desktop_search.engine.people.reading import FaceReader
from desktop_search.engine.people.sanity import check_face, check_person
from tests.support.tiny_people import make_tiny_detector, make_tiny_recogniser


def at(*degrees: float) -> list[np.ndarray]:
    return [np.array([np.cos(np.radians(each)), np.sin(np.radians(each))], np.float32) for each in degrees]


def test_a_face_joins_the_nearest_person_unless_that_one_is_in_the_picture_already() -> None:
    anna, ben, face = at(0, 90, 30)
    people = {1: Mean(anna, 3), 2: Mean(ben, 3)}
    assert chosen_person(face, people, set()) == 1
    assert chosen_person(face, people, {1}) == 2
    assert chosen_person(face, people, {1, 2}) is None
    assert chosen_person(at(200)[0], people, set()) is None
    assert chosen_person(face, {}, set()) is None


def test_a_mean_moves_with_its_faces_and_keeps_its_length() -> None:
    first, second = at(0, 60)
    mean = mean_of([first]).with_face(second)
    assert mean.vector == pytest.approx(at(30)[0], abs=1e-6)
    assert mean.count == 2
    assert float(np.linalg.norm(mean_of([first, second, second]).vector)) == pytest.approx(1)
    assert unit(np.zeros(2, np.float32)).tolist() == [0, 0]
    assert 0.363 < SAME < 1


@pytest.mark.parametrize(
    ("query", "left", "people"),
    [
        ("person:Anna", "", ("Anna",)),
        ('a boat person:"Anna Smith" leaving', "a boat leaving", ("Anna Smith",)),
        ("Person:“Bo” person:Cy", "", ("Bo", "Cy")),
        ("ben at night", "at night", ("Ben",)),
        ("Bender at night", "Bender at night", ()),
        ("anna smith and Ben", "and", ("Anna Smith", "Ben")),
        ("person:„Dora“ am Meer", "am Meer", ("Dora",)),
        ("person:", "person:", ()),
        ("someperson:Anna x", "someperson:Anna x", ()),
    ],
)
def test_people_are_named_in_words(query: str, left: str, people: tuple[str, ...]) -> None:
    assert people_in(query, ["Ben", "Anna Smith", ""]) == (left, people)
    for name in people:
        assert people_named(f'at sea person:"{name}"') == ("at sea", (name,))


def test_models_that_are_right_pass_and_others_do_not(tmp_path: Path) -> None:
    detector, recogniser = make_tiny_detector(tmp_path / "d"), make_tiny_recogniser(tmp_path / "r")
    assert check_face(detector) > 0
    assert check_person(recogniser) > 0
    with pytest.raises(FileProblem, match="where there are none"):
        check_face(make_tiny_detector(tmp_path / "b", blind=True))
    damaged = tmp_path / "x" / "model.onnx"
    damaged.parent.mkdir()
    damaged.write_bytes(b"not a model")
    wrong = replace(detector, folder=damaged.parent, settings={"model_file": damaged.name})
    with pytest.raises(FileProblem, match="cannot be loaded"):
        FaceReader(wrong, recogniser)


def test_faces_are_found_and_told_apart(tmp_path: Path) -> None:
    reader = FaceReader(make_tiny_detector(tmp_path / "d"), make_tiny_recogniser(tmp_path / "r"))
    picture = np.full((270, 480, 3), (60, 90, 120), np.uint8)
    assert reader.faces(picture) == ()
    picture[96:160, 32:96], picture[96:160, 384:448] = (255, 0, 0), (255, 255, 0)
    first, second = reader.faces(picture)
    assert first.jpeg.startswith(b"\xff\xd8")
    assert float(first.vector @ second.vector) < SAME
    assert first.box.height == pytest.approx(256 / 270, abs=0.01)


HERE, SLIGHTLY_OFF, ELSEWHERE = Box(0.1, 0.1, 0.2, 0.3), Box(0.12, 0.09, 0.22, 0.3), Box(0.6, 0.1, 0.2, 0.3)


@pytest.mark.parametrize(
    ("found", "before", "expected"),
    [
        ([SLIGHTLY_OFF, ELSEWHERE], [NamedFace(7, ELSEWHERE), NamedFace(8, HERE)], {0: 8, 1: 7}),
        ([HERE], [NamedFace(7, ELSEWHERE)], {}),
        ([HERE, SLIGHTLY_OFF], [NamedFace(7, HERE)], {0: 7}),
        ([HERE, ELSEWHERE], [NamedFace(7, HERE), NamedFace(7, Box(0.62, 0.1, 0.2, 0.3))], {0: 7}),
        ([ELSEWHERE], [NamedFace(7, None)], {0: 7}),
        ([HERE, ELSEWHERE], [NamedFace(7, None)], {}),
        ([], [NamedFace(7, HERE)], {}),
    ],
)
def test_names_are_carried_over_to_faces_in_the_same_place(
    found: list[Box], before: list[NamedFace], expected: dict[int, int]
) -> None:
    assert carried_over(found, before) == expected
