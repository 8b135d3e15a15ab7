"""People in a real engine with models of a few kilobytes: off at first, gathered, named, found, and all forgotten."""

from __future__ import annotations

import base64
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from desktop_search.engine.http.people import PEOPLE_PATH
from tests.clips import Scene, Shape
from tests.clips.fixtures import ClipCache
from tests.clips.scenes import draw_scene
from tests.contract.engine_child import EngineChild
from tests.support.tiny_models import install
from tests.support.tiny_people import make_tiny_detector, make_tiny_recogniser
from tests.support.waiting import wait_until

RED, YELLOW = "red", "yellow"


@pytest.fixture
def videos(engine: EngineChild, clips: ClipCache, tmp_path: Path) -> tuple[str, str]:
    """Somebody red and nobody; somebody red and somebody yellow."""
    models = tmp_path / "data" / "models"
    install(models, make_tiny_detector(tmp_path / "faces"))
    install(models, make_tiny_recogniser(tmp_path / "persons"))
    first = clips.get("one.mp4", [_with(RED), Scene(2, "gray")])
    second = clips.get("two.mp4", [_with(RED, "black"), _with(YELLOW, "gray"), Scene(2, "blue")])
    return _indexed(engine, first.path), _indexed(engine, second.path)


def _with(colour: str, ground: str = "blue") -> Scene:
    return Scene(2, ground, shape=Shape.BALL, shape_color=colour)


def _indexed(engine: EngineChild, path: Path) -> str:
    video_no = engine.add_in_place(path)
    engine.wait_indexed(video_no)
    return video_no


def people(engine: EngineChild) -> Any:
    return engine.get(PEOPLE_PATH).data


def change(engine: EngineChild, what: str, **values: Any) -> Any:
    return engine.post_json(PEOPLE_PATH + what, values).data


def switched_on(engine: EngineChild, total: int = 2) -> list[dict[str, Any]]:
    """Everybody, once all footage was looked through."""
    assert change(engine, "", on=True)["on"] is True
    done = {"done": total, "total": total}
    wait_until(lambda: people(engine)["progress"] == done, f"all is looked through: {engine.log}", 60)
    return list(people(engine)["people"])


def picture_of(engine: EngineChild, face_id: int) -> bytes:
    return base64.b64decode(engine.get(f"{PEOPLE_PATH}/pictures", face_ids=face_id).data[str(face_id)])


def starts(hits: list[dict[str, Any]]) -> list[tuple[str, int]]:
    return sorted((hit["videoNo"], int(hit["startTime"])) for hit in hits)


def test_nothing_is_looked_at_before_it_is_switched_on(engine: EngineChild, videos: tuple[str, str]) -> None:
    found = people(engine)
    assert (found["on"], found["progress"], found["people"]) == (False, None, [])
    assert found["models"] == {"face": True, "person": True}
    database = engine.data_dir / "library.db"
    assert database.is_file()
    assert engine.search("person:Anna red"), "without people these are words like others"
    asked = engine.post_json("/search", {"search_param": "red", "people": ["Anna"]})
    assert asked.refusal[1] == "People are switched off on this computer."


def test_people_are_named_found_by_their_names_merged_and_split(engine: EngineChild, videos: tuple[str, str]) -> None:
    one, two = videos
    known = switched_on(engine)
    assert sorted(each["videos"] for each in known) == [1, 2]
    red, yellow = sorted(known, key=lambda each: -each["videos"])
    faces = engine.get(f"{PEOPLE_PATH}/faces", person_id=red["person_id"]).data
    assert {face["video_no"] for face in faces} == {one, two}
    assert picture_of(engine, red["face_id"]).startswith(b"\xff\xd8")

    change(engine, "/name", person_id=red["person_id"], name=" Anna  Smith ")
    change(engine, "/name", person_id=yellow["person_id"], name="Ben")
    expected = sorted([(one, 0), (two, 0)])
    assert starts(engine.search('person:"anna smith"')) == expected
    assert starts(engine.search("Anna Smith")) == expected  # the name alone
    assert starts(engine.search("black", people=["Anna Smith"])) == [(two, 0)]
    assert starts(engine.search("person:Ben")) == [(two, 2)]
    assert engine.search("person:Ben person:“Anna Smith”") == []  # never together
    assert engine.search("person:Carla") == []
    assert engine.search("Ben", search_type="BY_AUDIO") == []

    change(engine, "/merge", into=yellow["person_id"], person_ids=[str(red["person_id"])])
    (everybody,) = people(engine)["people"]
    assert (everybody["name"], everybody["videos"]) == ("Ben", 2)
    elsewhere = next(face for face in faces if face["video_no"] == one)
    split = change(engine, "/split", face_ids=[str(elsewhere["face_id"])])
    assert len(split["people"]) == 2
    change(engine, "/remove_faces", face_ids=[str(elsewhere["face_id"])])
    (left,) = people(engine)["people"]
    assert left["person_id"] == yellow["person_id"]


def test_all_of_it_is_forgotten_also_in_the_file(engine: EngineChild, videos: tuple[str, str]) -> None:
    red = max(switched_on(engine), key=lambda each: each["videos"])
    change(engine, "/name", person_id=red["person_id"], name="Annemarie Unforgettable")
    picture = picture_of(engine, red["face_id"])
    files = [engine.data_dir / f"library.db{ending}" for ending in ("", "-wal")]
    assert any(b"Annemarie" in file.read_bytes() for file in files)
    after = change(engine, "/delete")
    assert (after["on"], after["people"], after["progress"]) == (False, [], None)
    assert engine.get(f"{PEOPLE_PATH}/pictures", face_ids=f"{red['face_id']},x,{'9' * 30}").data == {}
    assert engine.stop() == 0
    for file in (each for each in files if each.exists()):
        content = file.read_bytes()
        assert b"Annemarie" not in content
        assert picture[200:400] not in content


def test_what_goes_with_a_video_and_what_stays(engine: EngineChild, videos: tuple[str, str]) -> None:
    switched_on(engine)
    assert engine.post_json("/delete_videos", [videos[1]]).data is None
    assert [each["videos"] for each in people(engine)["people"]] == [1]
    change(engine, "", on=False)
    assert people(engine)["progress"] is None
    assert len(people(engine)["people"]) == 1, "switched off, it is kept until it is deleted"


def test_stills_are_looked_at_and_found(engine: EngineChild, videos: tuple[str, str]) -> None:
    picture = BytesIO()
    draw_scene(_with(RED, "gray"), 0.5, (640, 360)).save(picture, "PNG")
    parts = [("files", (name, picture.getvalue(), "image/png")) for name in ("portrait.png", "another.png")]
    first, second = (str(each["id"]) for each in engine.post_parts("/upload_img", parts).data)
    red, _yellow = sorted(switched_on(engine, total=4), key=lambda each: -each["faces"])
    assert (red["faces"], red["videos"]) == (4, 2)
    faces = engine.get(f"{PEOPLE_PATH}/faces", person_id=red["person_id"]).data
    stills = {face["image_id"]: face for face in faces if "image_id" in face}
    assert set(stills) == {first, second}
    assert (stills[first]["image_name"], stills[first]["blob"]) == ("portrait.png", f"{first}.png")
    assert picture_of(engine, stills[first]["face_id"]).startswith(b"\xff\xd8")

    change(engine, "/name", person_id=red["person_id"], name="Anna")
    for words in ("person:Anna", "Anna portrait"):
        found = engine.search(words, search_type="BY_IMAGE")["item"]
        assert [str(each["id"]) for each in found][-1:] == [first], words
    assert len(engine.search("person:Anna", search_type="BY_IMAGE", top_k=1)["item"]) == 1
    assert engine.search("person:Ben", search_type="BY_IMAGE")["item"] == []
    assert len(starts(engine.search("person:Anna"))) == 2


def test_names_stay_with_their_faces_when_another_model_is_in_use(
    engine: EngineChild, videos: tuple[str, str], tmp_path: Path
) -> None:
    one, two = videos
    red, yellow = sorted(switched_on(engine), key=lambda each: -each["videos"])
    change(engine, "/name", person_id=red["person_id"], name="Anna")
    before = {face["face_id"] for face in engine.get(f"{PEOPLE_PATH}/faces", person_id=red["person_id"]).data}
    another = replace(make_tiny_recogniser(tmp_path / "other"), model_id="other-persons", revision="6" * 40)
    install(tmp_path / "data" / "models", another)

    def is_renewed() -> bool:
        now = {face["face_id"] for face in engine.get(f"{PEOPLE_PATH}/faces", person_id=red["person_id"]).data}
        assert starts(engine.search("person:Anna")) == sorted([(one, 0), (two, 0)])  # also meanwhile
        return not before & now

    wait_until(is_renewed, f"the other model has looked at all: {engine.log}", 60)
    known = {each["name"]: each for each in people(engine)["people"]}
    assert set(known) == {"Anna", ""}
    assert (known["Anna"]["person_id"], known["Anna"]["videos"]) == (red["person_id"], 2)
    assert known[""]["person_id"] != yellow["person_id"]  # who has no name is gathered anew


@pytest.mark.parametrize(
    ("what", "values", "words"),
    [
        ("", {}, "on"),
        ("", {"on": "yes"}, "true or false"),
        ("/name", {"person_id": 1, "name": "x" * 101}, "name"),
        ("/name", {"person_id": 404, "name": "Anna"}, "no such person"),
        ("/name", {"person_id": 1, "name": 'An"na'}, "quotation marks"),
        ("/name", {"name": "Anna"}, "person_id"),
        ("/merge", {"into": 404, "person_ids": ["405"]}, "no such person"),
        ("/merge", {"into": 1, "person_ids": ["x"]}, "numbers"),
        ("/split", {"face_ids": []}, "numbers"),
        ("/split", {"face_ids": ["404"]}, "no such"),
        ("/remove_faces", {"face_ids": ["9" * 30]}, "numbers"),
    ],
)
def test_what_cannot_be_is_refused(engine: EngineChild, what: str, values: dict[str, Any], words: str) -> None:
    code, message = engine.post_json(PEOPLE_PATH + what, values).refusal
    assert code != "0000"
    assert words in message
