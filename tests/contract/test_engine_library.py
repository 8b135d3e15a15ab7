"""Lists, metadata, deleting, namespaces."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from tests.clips.fixtures import ClipCache
from tests.contract.conftest import Harbour
from tests.contract.engine_child import EngineChild
from tests.support.waiting import wait_until


def test_lists_newest_first_with_the_casing_of_lists(harbour: Harbour) -> None:
    data = harbour.engine.post_json("/list_videos", {}).data
    assert (data["current_page"], data["page_size"], data["total_count"]) == (1, 200, 2)
    assert [video["video_no"] for video in data["videos"]] == [harbour.silent_no, harbour.video_no]
    record = data["videos"][1]
    assert record == {
        "video_no": harbour.video_no,
        "video_name": "harbour",
        "duration": 12,
        "size": harbour.clip.path.stat().st_size,
        "status": "PARSE",
        "create_time": record["create_time"],
        "datetime_taken": 1773480000000,
        "camera_model": "X100",
        "latitude": 57.7,
        "longitude": 11.97,
        "tags": ["sea", "boat", "api"],
        "width": 640,
        "height": 360,
        "fps": 25,
        "frameRate": "25",
        "keyframe_bucket": record["keyframe_bucket"],
        "keyframe_blob": record["keyframe_blob"],
        "bucket": record["bucket"],
        "blob": f"{harbour.video_no}.mp4",
    }
    picture = harbour.engine.get("/download", bucket=record["keyframe_bucket"], blob=record["keyframe_blob"])
    assert picture.body.startswith(b"\xff\xd8")
    assert abs(record["create_time"] - time.time() * 1000) < 86_400_000  # the library is made once for all tests


def test_ids_tell_when_they_were_made(harbour: Harbour) -> None:
    created = harbour.engine.metadata(harbour.video_no)["create_time"]
    number = int(harbour.video_no.removeprefix("VI"))
    assert len(str(number)) == 18
    assert 0 <= created - ((number >> 22) + 1609459200000) < 1000


def test_metadata_adds_the_technical_fields(harbour: Harbour) -> None:
    record = harbour.engine.metadata(harbour.video_no)
    assert (record["width"], record["height"], record["fps"]) == (640, 360, 25)
    assert record["resolution_label"] == "360P"


@pytest.mark.parametrize("video_no", ["VI1", "nonsense", "VI-1", "VI" + "9" * 30, "PI-1", "VI٣", "%"])
def test_an_unknown_video_is_an_empty_success(harbour: Harbour, video_no: str) -> None:
    assert harbour.engine.get("/get_metadata", video_no=video_no).data is None
    assert harbour.engine.get("/get_audio_transcription", video_no=video_no).data is None


def test_another_namespace_knows_nothing(harbour: Harbour) -> None:
    engine, video_no = harbour.engine, harbour.video_no
    assert engine.get("/get_metadata", video_no=video_no, unique_id="other").data is None
    assert engine.get("/get_audio_transcription", video_no=video_no, unique_id="other").data is None
    assert engine.get("/search_audio_transcripts", query="boat", unique_id="other").data["videos"] == []
    assert engine.post_json("/list_videos", {"unique_id": "other"}).data["videos"] == []
    assert engine.post_json("/download", {"video_no": video_no, "unique_id": "other"}).refusal == (
        "0001",
        "video not found",
    )
    body = f'["{video_no}"]'.encode()
    headers = {"Content-Type": "application/json"}
    assert engine.send("POST", "/delete_videos?unique_id=other", body, headers).data is None
    assert engine.metadata(video_no)


@pytest.mark.parametrize("path", ["/get_metadata", "/get_audio_transcription"])
@pytest.mark.parametrize("query", [{}, {"video_no": ""}, {"video_no": "VI1", "unique_id": ""}])
def test_missing_parameters_are_refused(harbour: Harbour, path: str, query: dict[str, str]) -> None:
    assert harbour.engine.get(path, **query).refusal[0] == "0001"


_FOUND: list[dict[str, Any]] = [
    {"video_name": "harbour"},
    {"tag": "boat"},
    {"camera_model": "X100"},
    {"datetime_taken": 1773480000000},
    {"latitude": 57.7, "longitude": 12.0},
    {"status": "PARSE", "tag": "sea"},
    {"size": 1, "page": 2},
]
_NOT_FOUND: list[dict[str, Any]] = [
    {"video_name": "harb"},
    {"tag": "boa"},
    {"camera_model": "x100"},
    {"datetime_taken": 1773480000001, "tag": "boat"},
    {"latitude": 57.7, "longitude": 13.0},
    {"status": "UNPARSE"},
    {"status": "FAIL"},
    {"page": 3, "size": 1},
    {"video_no": "VI1"},
    {"video_nos": ["VI1"]},
]


@pytest.mark.parametrize("fields", _FOUND)
def test_list_filters_that_find_it(harbour: Harbour, fields: dict[str, Any]) -> None:
    videos = harbour.engine.post_json("/list_videos", fields).data["videos"]
    assert [video["video_no"] for video in videos] == [harbour.video_no]


@pytest.mark.parametrize("fields", _NOT_FOUND)
def test_list_filters_that_do_not(harbour: Harbour, fields: dict[str, Any]) -> None:
    assert harbour.engine.post_json("/list_videos", fields).data["videos"] == []


def test_lists_by_id(harbour: Harbour) -> None:
    for fields in ({"video_no": harbour.video_no}, {"video_nos": [harbour.video_no, "VI5"]}):
        data = harbour.engine.post_json("/list_videos", fields).data
        assert [video["video_no"] for video in data["videos"]] == [harbour.video_no]
        assert data["total_count"] == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"page": 0},
        {"size": 0},
        {"page": "1"},
        {"status": "DONE"},
        {"unique_id": ""},
        {"datetime_taken": "2026-03-14 09:20:00"},
        {"latitude": 1},
        {"video_nos": "VI1"},
    ],
)
def test_list_refuses(harbour: Harbour, fields: dict[str, Any]) -> None:
    assert harbour.engine.post_json("/list_videos", fields).refusal[0] in ("0001", "0003")


def test_a_namespace_exists_from_its_first_use(engine: EngineChild) -> None:
    engine.post_json("/list_videos", {"unique_id": "b listed"})
    engine.search("boat", unique_id="a searched")
    engine.search("boat", unique_id="ñ 'quoted'")
    engine.search("boat")
    names = engine.get("/list_unique_ids").data["unique_ids"]
    assert names == ["b listed", "a searched", "ñ 'quoted'", "default"]


def test_deleting_leaves_nothing_but_the_original(engine: EngineChild, clips: ClipCache, tmp_path: Path) -> None:
    clip = clips.silent().path
    in_place = engine.add_in_place(clip)
    with clip.open("rb") as file:
        parts = [("file", ("copy.mp4", file.read(), "video/mp4"))]
    uploaded = str(engine.post_parts("/upload", parts).data["videoNo"])
    for video_no in (in_place, uploaded):
        assert engine.wait_indexed(video_no)["status"] == "PARSE"
    body = f'["{in_place}", "{uploaded}", "VI1", "nonsense"]'.encode()
    headers = {"Content-Type": "application/json"}
    for _ in range(2):  # the second time there is nothing left to delete, which is no error
        assert engine.send("POST", "/delete_videos", body, headers).data is None
    assert engine.post_json("/list_videos", {}).data["total_count"] == 0
    assert engine.search("purple") == []
    assert clip.exists()
    left = [path for path in (tmp_path / "data").rglob("*") if path.is_file() and "VI" in str(path)]
    assert left == []


def test_deleting_stops_indexing(engine: EngineChild, clips: ClipCache) -> None:
    video_no = engine.add_in_place(clips.harbour().path)
    engine.send("POST", "/delete_videos", f'["{video_no}"]'.encode(), {"Content-Type": "application/json"})
    assert engine.metadata(video_no) == {}
    # The next one is indexed all the same.
    assert engine.wait_indexed(engine.add_in_place(clips.silent().path))["status"] == "PARSE"


@pytest.mark.parametrize("body", [b"[]", b'{"video_nos": ["VI1"]}', b"[1]", b'"VI1"', b"null"])
def test_delete_refuses(engine: EngineChild, body: bytes) -> None:
    answer = engine.send("POST", "/delete_videos", body, {"Content-Type": "application/json"})
    assert answer.refusal[0] in ("0001", "0003")


def test_delete_takes_at_most_a_hundred(engine: EngineChild) -> None:
    ids = [f"VI{number}" for number in range(1, 102)]
    assert engine.post_json("/delete_videos", ids).refusal[0] == "0001"
    assert engine.post_json("/delete_videos", ids[:100]).data is None


def test_says_how_far_it_is(engine: EngineChild, clips: ClipCache) -> None:
    video_no = engine.add_in_place(clips.harbour().path)
    seen: list[int] = []

    def done() -> bool:
        record = engine.metadata(video_no)
        if record["status"] == "UNPARSE":
            seen.append(record["indexPermille"])
            assert "fps" not in record
        return bool(record["status"] == "PARSE")

    wait_until(done, "indexed", 120)
    assert seen == sorted(seen)
    assert all(0 <= each <= 1000 for each in seen)
    assert "indexPermille" not in engine.metadata(video_no)


def test_capture_filters_wait_for_indexing(engine: EngineChild, tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"not a video at all" * 100)
    video_no = engine.add_in_place(broken, camera_model="X100")
    assert engine.wait_indexed(video_no)["status"] == "FAILED"
    assert engine.post_json("/list_videos", {"camera_model": "X100"}).data["videos"] == []
    for word in ("FAILED", "FAIL", "PARSE_ERROR"):
        videos = engine.post_json("/list_videos", {"status": word}).data["videos"]
        assert [video["video_no"] for video in videos] == [video_no]
        assert len(videos[0]["cause"]) > 10
        assert "Traceback" not in videos[0]["cause"]


def test_older_manners_on_demand(tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"not a video at all" * 100)
    with EngineChild(tmp_path / "data", "--failed-word", "FAIL", "--string-numbers") as engine:
        video_no = engine.add_in_place(broken)
        assert engine.wait_indexed(video_no)["status"] == "FAIL"
        data = engine.post_json("/list_videos", {}).data
        assert data["total_count"] == "1"
        assert data["videos"][0]["size"] == "1800"


def test_a_file_that_went_away_is_said(engine: EngineChild, clips: ClipCache, tmp_path: Path) -> None:
    copy = tmp_path / "moved.mp4"
    shutil.copy(clips.silent().path, copy)
    video_no = engine.add_in_place(copy)
    engine.wait_indexed(video_no)
    copy.unlink()
    code, message = engine.post_json("/download", {"video_no": video_no}).refusal
    assert (code, message.startswith(f"The file is away: {copy}")) == ("0001", True)


def test_lenient_deletes_what_an_object_names(lenient_engine: EngineChild, clips: ClipCache) -> None:
    film = clips.silent().path
    numbers = [lenient_engine.add_in_place(film, unique_id="sea") for _ in range(3)]

    def left() -> int:
        return int(lenient_engine.post_json("/list_videos", {"unique_id": "sea"}).data["total_count"])

    assert lenient_engine.post_json("/delete_videos", {"video_nos": numbers[:1]}).data is None
    assert left() == 3  # in another namespace
    assert lenient_engine.post_json("/delete_videos?unique_id=sea", {"video_nos": numbers[:1]}).data is None
    assert left() == 2
    assert lenient_engine.post_json("/delete_videos", {"video_no": numbers[1], "unique_id": "sea"}).data is None
    assert left() == 1
    assert lenient_engine.post_json("/delete_videos", {"video_nos": [1]}).refusal[0] == "0003"
    assert lenient_engine.post_json("/delete_videos", {"unique_id": "sea"}).refusal[0] == "0003"
