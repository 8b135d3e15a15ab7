"""`POST /search`: shapes, every filter, every limit."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract.conftest import Harbour
from tests.contract.engine_child import EngineChild


def test_finds_a_shot_by_what_is_seen(harbour: Harbour) -> None:
    hits = harbour.engine.search("blue")
    assert hits
    hit = hits[0]
    assert hit["videoNo"] == harbour.video_no
    assert hit["videoName"] == "harbour"
    assert isinstance(hit["startTime"], str)
    assert isinstance(hit["endTime"], str)
    assert hit["startMs"] == 0
    assert abs(hit["endMs"] - harbour.clip.start_ms(1)) <= 1
    assert hit["startMs"] <= int(hit["startTime"]) * 1000 < hit["endMs"]
    assert 0 < hit["score"] <= 1
    assert "boat" in hit["audio_ts"].lower()
    assert (
        harbour.engine.get("/download", bucket=hit["keyframe_bucket"], blob=hit["keyframe_blob"]).body[:2]
        == b"\xff\xd8"
    )
    assert [each["score"] for each in hits] == sorted((each["score"] for each in hits), reverse=True)


def test_by_video_is_by_clip(harbour: Harbour) -> None:
    by_clip, by_video = (harbour.engine.search("green", search_type=kind) for kind in ("BY_CLIP", "BY_VIDEO"))
    assert by_clip == by_video == harbour.engine.search("green", search_type=None)


def test_finds_what_is_said(harbour: Harbour) -> None:
    hits = harbour.engine.search("red ball", search_type="BY_AUDIO")
    assert hits[0]["videoNo"] == harbour.video_no
    assert "ball" in hits[0]["audio_ts"]
    assert int(hits[0]["startTime"]) * 1000 <= hits[0]["startMs"] < hits[0]["endMs"] <= int(hits[0]["endTime"]) * 1000
    assert harbour.engine.search("submarine", search_type="BY_AUDIO") == []


def test_captions_have_a_shape_of_their_own(harbour: Harbour) -> None:
    hits = harbour.engine.search("blue", search_type="BY_CAPTION")
    assert set(hits[0]) == {"video_no", "text", "vector", "user_id", "start_time", "end_time", "score"}
    assert isinstance(hits[0]["start_time"], float)
    assert "blue" in hits[0]["text"]


@pytest.mark.parametrize("words", ["zzzzqqq", "%", "' --", '"', "*", "\u0000", "😀", "a" * 4000])
def test_unknown_words_find_nothing(harbour: Harbour, words: str) -> None:
    assert harbour.engine.search(words) == []
    assert harbour.engine.search(words, search_type="BY_AUDIO") == []
    assert harbour.engine.search(words, search_type="BY_IMAGE")["item"] == []


def test_finds_by_file_name_tag_and_folder(harbour: Harbour) -> None:
    assert {hit["videoNo"] for hit in harbour.engine.search("harbour")} == {harbour.video_no}
    assert {hit["videoNo"] for hit in harbour.engine.search("sea")} >= {harbour.video_no}
    assert {hit["videoNo"] for hit in harbour.engine.search("summer")} == {harbour.video_no}  # its folder


_PASS: list[dict[str, Any]] = [
    {"tag": "boat"},
    {"tag": "api"},
    {"camera_tag": "X100"},
    {"datetime_taken": "2026-03-14 09:20:00"},
    {"datetime_taken": "2026-03-14 09:19:59"},
    {"latitude": 57.8, "longitude": 11.97},
    {"latitude": 57, "longitude": None} | {"latitude": None},
    {"unique_id": "default"},
    {"folder_id": -1},
    {"video_nos": []},
    {"tag": None, "camera_tag": None, "datetime_taken": None, "video_nos": None, "filtering_level": None},
]
_STOP: list[dict[str, Any]] = [
    {"tag": "boats"},
    {"tag": "Boat"},
    {"camera_tag": "X10"},
    {"datetime_taken": "2026-03-14 09:20:01"},
    {"latitude": 57.9, "longitude": 11.97},
    {"unique_id": "Default"},
    {"unique_id": "elsewhere"},
    {"video_nos": ["VI1", "nonsense", "VI00"]},
]


@pytest.mark.parametrize("fields", _PASS)
def test_filters_that_let_it_pass(harbour: Harbour, fields: dict[str, Any]) -> None:
    for kind in ("BY_CLIP", "BY_AUDIO"):
        found = harbour.engine.search("boat", search_type=kind, **fields)
        assert harbour.video_no in {hit["videoNo"] for hit in found}


@pytest.mark.parametrize("fields", _STOP)
def test_filters_that_stop_it(harbour: Harbour, fields: dict[str, Any]) -> None:
    for kind in ("BY_CLIP", "BY_AUDIO", "BY_CAPTION"):
        assert harbour.engine.search("boat", search_type=kind, **fields) == []


def test_video_nos_restrict(harbour: Harbour) -> None:
    both = harbour.engine.search("purple blue", video_nos=[harbour.video_no, harbour.silent_no])
    assert {hit["videoNo"] for hit in both} == {harbour.video_no, harbour.silent_no}
    one = harbour.engine.search("purple blue", video_nos=[harbour.silent_no])
    assert {hit["videoNo"] for hit in one} == {harbour.silent_no}


def test_the_floor_comes_before_the_cut(harbour: Harbour) -> None:
    everything = harbour.engine.search("purple blue boat")
    for level, floor in (("low", 0.15), ("medium", 0.225), ("high", 0.4)):
        expected = [hit for hit in everything if hit["score"] >= floor]
        assert harbour.engine.search("purple blue boat", filtering_level=level) == expected
        assert harbour.engine.search("purple blue boat", filtering_level=level, top_k=1) == expected[:1]


@pytest.mark.parametrize("top_k", [1, 2, 1000])
def test_top_k_cuts(harbour: Harbour, top_k: int) -> None:
    everything = harbour.engine.search("blue green purple")
    assert harbour.engine.search("blue green purple", top_k=top_k) == everything[:top_k]


_REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"search_param": ""}, "0001"),
    ({"search_param": " \n"}, "0001"),
    ({"search_param": None}, "0001"),
    ({"search_param": 5}, "0003"),
    ({"search_param": "\ud800"}, "0003"),
    ({"search_param": "a" * 4001}, "0001"),
    ({"search_type": "BY_SMELL"}, "0003"),
    ({"search_type": "by_clip"}, "0003"),
    ({"unique_id": ""}, "0001"),
    ({"unique_id": " "}, "0001"),
    ({"unique_id": 7}, "0003"),
    ({"folder_id": 0}, "0001"),
    ({"folder_id": -3}, "0001"),
    ({"top_k": 0}, "0001"),
    ({"top_k": 1001}, "0001"),
    ({"top_k": -1}, "0001"),
    ({"top_k": "10"}, "0003"),
    ({"top_k": 1.5}, "0003"),
    ({"top_k": True}, "0003"),
    ({"top_k": 10**30}, "0003"),
    ({"top_k": 201, "search_type": "BY_CAPTION"}, "0001"),
    ({"filtering_level": "strict"}, "0003"),
    ({"filtering_level": ""}, "0003"),
    ({"video_nos": [f"VI{number}" for number in range(1, 102)]}, "0001"),
    ({"video_nos": "VI1"}, "0003"),
    ({"video_nos": [1]}, "0003"),
    ({"tag": 1}, "0003"),
    ({"datetime_taken": "2026-03-14"}, "0001"),
    ({"datetime_taken": "2026-02-30 10:00:00"}, "0001"),
    ({"datetime_taken": " 2026-03-14 09:20:00"}, "0001"),
    ({"datetime_taken": ""}, "0001"),
    ({"datetime_taken": 1773480000000}, "0003"),
    ({"latitude": 57.7}, "0001"),
    ({"longitude": 57.7}, "0001"),
    ({"latitude": 90.1, "longitude": 0}, "0001"),
    ({"latitude": 0, "longitude": -180.1}, "0001"),
    ({"latitude": "57.7", "longitude": "11.9"}, "0003"),
    ({"latitude": 10**400, "longitude": 1}, "0003"),
]


@pytest.mark.parametrize(("fields", "code"), _REFUSED, ids=[str(fields)[:40] for fields, _ in _REFUSED])
def test_what_is_refused(harbour: Harbour, fields: dict[str, Any], code: str) -> None:
    answer = harbour.engine.post_json("/search", {"search_param": "boat"} | fields)
    assert answer.status == 200
    assert answer.refusal[0] == code, answer.body


def test_an_unknown_type_lists_what_is_accepted(harbour: Harbour) -> None:
    _, message = harbour.engine.post_json("/search", {"search_param": "x", "search_type": "BY"}).refusal
    assert "BY_VIDEO, BY_CLIP, BY_AUDIO, BY_IMAGE, BY_CAPTION" in message


def test_a_body_that_is_no_object_is_refused(harbour: Harbour) -> None:
    assert harbour.engine.post_json("/search", ["boat"]).refusal[0] == "0003"


def test_lenient_takes_numbers_as_text(lenient_engine: EngineChild) -> None:
    assert lenient_engine.search("boat", top_k="10", latitude="57.7", longitude="11") == []
