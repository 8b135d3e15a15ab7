"""Folders, and how they live together with namespaces."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.clips.fixtures import ClipCache
from tests.contract.engine_child import Answer, EngineChild


def _folders(engine: EngineChild) -> dict[int, str]:
    return {each["folder_id"]: each["folder_name"] for each in engine.get("/folders").data["folders"]}


def _create(engine: EngineChild, name: str) -> int:
    data = engine.post_form("/folders/create", [("name", name)]).data
    assert data["folder_name"] == name
    return int(data["folder_id"])


def _listed(engine: EngineChild, folder_id: int) -> list[str]:
    return [video["video_no"] for video in engine.get("/folders/videos", folder_id=folder_id).data["videos"]]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineChild]:
    """An engine for tests that are refused everything."""
    with EngineChild(tmp_path_factory.mktemp("folders") / "data") as child:
        _create(child, "taken")
        _create(child, "other")
        yield child


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A file that cannot be indexed, which is quickly known."""
    file = tmp_path / "broken.mp4"
    file.write_bytes(b"not a video at all" * 100)
    return file


def test_namespaces_are_folders(engine: EngineChild) -> None:
    assert _folders(engine) == {-1: "Default folder"}
    engine.search("boat")
    engine.search("boat", unique_id="field-work")
    made = _create(engine, "Straße ☂")
    folders = _folders(engine)
    assert list(folders.values()) == ["Default folder", "field-work", "Straße ☂"]
    assert list(folders)[2] == made > 2**53
    assert engine.get("/list_unique_ids").data["unique_ids"] == ["default", "field-work", "Straße ☂"]


def test_a_folder_is_created_renamed_and_deleted(engine: EngineChild) -> None:
    folder_id = _create(engine, "field-work")
    fields = [("folder_id", folder_id), ("new_name", "field-work-2026")]
    assert engine.post_form("/folders/rename", fields).data == {
        "folder_id": folder_id,
        "folder_name": "field-work-2026",
    }
    assert engine.post_form("/folders/rename", fields).data["folder_name"] == "field-work-2026"
    assert _folders(engine) == {-1: "Default folder", folder_id: "field-work-2026"}
    assert engine.post_form("/folders/delete", [("folder_id", folder_id)]).data is None
    assert _folders(engine) == {-1: "Default folder"}
    assert engine.post_form("/folders/delete", [("folder_id", folder_id)]).refusal == (
        "0001",
        "The folder does not exist.",
    )


def test_footage_goes_where_the_folder_says(engine: EngineChild, broken: Path) -> None:
    folder_id = _create(engine, "rushes")
    inside = engine.add_in_place(broken, folder_id=str(folder_id), unique_id="ignored")
    by_name = engine.add_in_place(broken, unique_id="rushes")
    default = engine.add_in_place(broken, folder_id="-1", unique_id="ignored")
    parts = [("file", ("a.mp4", b"not a video", "video/mp4")), ("folder_id", str(folder_id))]
    uploaded = engine.post_parts("/upload", parts).data["videoNo"]
    assert _listed(engine, folder_id) == [uploaded, by_name, inside]
    assert _listed(engine, -1) == [default]
    assert _listed(engine, -2) == []
    page = engine.get("/folders/videos", folder_id=folder_id, page=2, page_size=2).data
    assert (page["current_page"], page["page_size"], page["total_count"]) == (2, 2, 3)
    assert [video["video_no"] for video in page["videos"]] == [inside]
    assert "ignored" not in _folders(engine).values()
    for fields in ({"folder_id": folder_id, "unique_id": "other"}, {"unique_id": "rushes"}):
        assert engine.post_json("/list_videos", fields).data["total_count"] == 3
    assert engine.post_json("/list_videos", {}).data["total_count"] == 1
    assert engine.get("/get_metadata", video_no=inside, folder_id=folder_id).data["video_no"] == inside


def test_moved_footage_is_found_in_its_new_folder(engine: EngineChild, clips: ClipCache) -> None:
    video_no = engine.add_in_place(clips.silent().path)
    assert engine.wait_indexed(video_no)["status"] == "PARSE"
    assert engine.search("purple")
    folder_id = _create(engine, "picked")
    body = {"folder_id": folder_id, "video_nos": [video_no, video_no, "VI1", "nonsense"]}
    assert engine.post_json("/folders/move", body).data is None
    assert engine.search("purple") == []
    assert engine.search("purple", folder_id=-1) == []
    for fields in ({"folder_id": folder_id}, {"unique_id": "picked"}):
        assert {hit["videoNo"] for hit in engine.search("purple", **fields)} == {video_no}
    refusal = engine.post_form("/folders/delete", [("folder_id", folder_id)]).refusal
    assert refusal == ("0001", "The folder still holds footage. Delete or move it first.")
    assert engine.post_json("/folders/move", {"folder_id": -1, "video_nos": [video_no]}).data is None
    assert engine.search("purple")
    assert engine.post_form("/folders/delete", [("folder_id", folder_id)]).data is None


def test_what_failed_outlives_its_folder(engine: EngineChild, broken: Path) -> None:
    video_no = engine.add_in_place(broken, unique_id="bin")
    assert engine.wait_indexed(video_no, "bin")["status"] == "FAILED"
    folder_id = next(each for each, name in _folders(engine).items() if name == "bin")
    assert engine.post_form("/folders/delete", [("folder_id", folder_id)]).data is None
    assert _listed(engine, -1) == [video_no]


def test_a_folder_survives_a_restart(tmp_path: Path) -> None:
    with EngineChild(tmp_path / "data") as first:
        folder_id = _create(first, "rushes")
    with EngineChild(tmp_path / "data") as second:
        assert _folders(second)[folder_id] == "rushes"
        assert _create(second, "more") > folder_id


@pytest.mark.parametrize("name", ["", " ", "x" * 101, "default", "Default folder", "taken", "a\x1eb"])
def test_names_that_are_refused(shared: EngineChild, name: str) -> None:
    other = next(each for each, name in _folders(shared).items() if name == "other")
    assert shared.post_form("/folders/create", [("name", name)]).refusal[0] == "0001"
    assert shared.post_form("/folders/rename", [("folder_id", other), ("new_name", name)]).refusal[0] == "0001"
    assert list(_folders(shared).values()) == ["Default folder", "taken", "other"]


def test_the_longest_name_is_accepted(engine: EngineChild) -> None:
    _create(engine, "ж" * 100)


@pytest.mark.parametrize("folder_id", ["", "0", "-1", "-2", "-3", "7", "x", "9" * 18])
def test_folders_that_cannot_be_changed(shared: EngineChild, folder_id: str) -> None:
    for path in ("/folders/rename", "/folders/delete"):
        fields = [("folder_id", folder_id), ("new_name", "new")]
        assert shared.post_form(path, fields).refusal[0] in ("0001", "0003")
        assert shared.post_form(path, [("new_name", "new")]).refusal[0] == "0001"


def test_the_default_folder_stays_by_its_own_number_too(engine: EngineChild) -> None:
    engine.search("boat")
    engine.search("boat", folder_id=-2)
    assert list(_folders(engine).values()) == ["Default folder"]
    assert engine.get("/list_unique_ids").data["unique_ids"] == ["default"]


_MOVES: list[Any] = [
    {"folder_id": -2, "video_nos": ["VI1"]},
    {"folder_id": 0, "video_nos": ["VI1"]},
    {"folder_id": 7, "video_nos": ["VI1"]},
    {"folder_id": -1, "video_nos": []},
    {"folder_id": -1, "video_nos": ["VI1"] * 501},
    {"folder_id": -1},
    {"video_nos": ["VI1"]},
    {"folder_id": "-1", "video_nos": ["VI1"]},
    [],
]


@pytest.mark.parametrize("body", _MOVES)
def test_moves_that_are_refused(shared: EngineChild, body: Any) -> None:
    assert shared.post_json("/folders/move", body).refusal[0] in ("0001", "0003")


def test_nothing_goes_into_the_legacy_folder(engine: EngineChild, broken: Path) -> None:
    fields = [("url", broken.as_uri()), ("folder_id", "-2")]
    assert engine.post_form("/upload_url", fields).refusal == ("0001", "The legacy folder is read-only.")
    assert engine.search("boat", folder_id=-2) == []


@pytest.mark.parametrize("query", [{}, {"folder_id": 0}, {"folder_id": 5}, {"folder_id": -1, "page": 0}])
def test_pages_that_are_refused(shared: EngineChild, query: dict[str, int]) -> None:
    assert shared.get("/folders/videos", **query).refusal[0] == "0001"


def test_the_encoding_must_be_a_form(engine: EngineChild, tmp_path: Path) -> None:
    assert engine.post_json("/folders/create", {"name": "a"}).refusal[0] == "0001"
    with EngineChild(tmp_path / "lenient", "--lenient") as lenient:
        assert lenient.post_json("/folders/create", {"name": "a"}).data["folder_name"] == "a"


def test_numbers_of_nineteen_digits_are_read(shared: EngineChild) -> None:
    largest = str(2**63 - 1)
    assert shared.get("/folders/videos", folder_id=largest).refusal == ("0001", "The folder does not exist.")
    assert shared.get("/folders/videos", folder_id=str(2**63)).refusal[0] == "0003"
    for number in (largest, str(2**63), "0", "9" * 30):
        for bucket, blob in (("desktop-image", f"{number}.jpg"), ("desktop-video", f"VI{number}.mp4")):
            assert shared.get("/download", bucket=bucket, blob=blob).refusal == ("0001", "Resource does not exist")


def _asked_meanwhile(uses: Mapping[str, Callable[[], Answer]], act: Callable[[], None]) -> list[tuple[str, Answer]]:
    """What threads that ask again and again are answered while something is done."""
    over = threading.Event()
    answers: list[tuple[str, Answer]] = []

    def use(name: str, what: Callable[[], Answer]) -> None:
        while not over.is_set():
            answers.append((name, what()))

    with ThreadPoolExecutor(len(uses)) as pool:
        users = [pool.submit(use, name, what) for name, what in uses.items()]
        try:
            act()
        finally:
            over.set()
        for user in users:
            user.result(120)
    return answers


def test_folders_that_go_while_they_are_used_cost_no_answer(engine: EngineChild, broken: Path) -> None:
    """Folders are made, renamed and deleted by one client while others put footage into them, and search them."""
    answers: list[tuple[str, Answer]] = []
    folder_ids = [_create(engine, "first")]

    def rearrange() -> None:
        for number in range(40):
            folder_id = folder_ids[-1]
            fields = [("folder_id", folder_id), ("new_name", f"name {number}")]
            answers.append(("rename", engine.post_form("/folders/rename", fields)))
            answers.append(("delete", engine.post_form("/folders/delete", [("folder_id", folder_id)])))
            answer = engine.post_form("/folders/create", [("name", "first")])
            answers.append(("create", answer))
            if answer.envelope["code"] == "0000":
                folder_ids.append(answer.data["folder_id"])

    def add(**scope: Any) -> Answer:
        return engine.post_form("/upload_url", [("url", broken.as_uri()), *scope.items()])

    uses = {
        "add by name": lambda: add(unique_id="first"),
        "add by number": lambda: add(folder_id=folder_ids[-1]),
        "move": lambda: engine.post_json("/folders/move", {"folder_id": folder_ids[-1], "video_nos": ["VI1"]}),
        "rename again": lambda: engine.post_form(
            "/folders/rename", [("folder_id", folder_ids[-1]), ("new_name", "other")]
        ),
    }
    answers += _asked_meanwhile(uses, rearrange)
    assert [(name, answer.body) for name, answer in answers if answer.status != 200] == []
    assert "Traceback" not in engine.log
