"""The quirks of live answers (contract §18): read with patience, a broken row is left out, the rest counts."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_search.api import parsing
from desktop_search.core.footage import Readiness, TranscriptLine, VideoRecord
from desktop_search.core.hits import BlobRef
from desktop_search.core.query import Scope
from desktop_search.core.tasks import TaskFailure, TaskReport, TaskState

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIELDS = [
    "videoNo", "video_no", "videoName", "startTime", "endTime", "startMs", "endMs", "score", "audio_ts", "id", "name",
    "duration", "size", "tags", "status", "cause", "create_time", "indexPermille", "content", "keyframe_bucket",
    "keyframe_blob", "total_count", "folder_id", "video_url", "taskId", "taskStatus",
    "datetime_taken", "latitude", "fps", "img_url",
]  # fmt: skip
LISTS = ("videos", "item", "transcriptions", "unique_ids", "folders", "failures", "video_ids")
ROWS = st.lists(st.dictionaries(st.sampled_from(FIELDS), ANYTHING) | ANYTHING, max_size=5)


@given(ROWS)
def test_nothing_that_json_can_say_makes_the_parser_fail(rows: list[object]) -> None:
    for data in (rows, dict.fromkeys(LISTS, rows)):
        for hit in parsing.hits(data, "default", Scope.SEEN):
            assert hit.video_no
            assert 0 <= hit.start_ms <= hit.out_ms
        assert all(hit.image_id for hit in parsing.image_hits(data, "default"))
        assert all(record.video_no for record in parsing.video_records(data, "default"))
        assert all(line.start_ms <= line.end_ms for line in parsing.transcript(data))
        assert parsing.total(data, 3) >= 3
        parsing.namespaces(data)
        assert all(hit.video_no == "VI1" for hit in parsing.hits_inside(data, "VI1", "default"))
        assert all(folder.folder_id for folder in parsing.folders(data))
        parsing.task_report(data, "default")
        parsing.task_id(data)
        parsing.uploaded_images(data)
        parsing.uploaded_video(data)


def test_whole_seconds_as_text_and_exact_milliseconds() -> None:
    rows = [
        {"videoNo": "VI1", "videoName": "harbour", "startTime": "13", "endTime": "18", "score": 0.41873},
        {"videoNo": "VI1", "startTime": "13", "endTime": "18", "startMs": 13_480, "endMs": 18_040, "score": "0.4"},
        {"video_no": "VI2", "start_time": 12.5, "end_time": 18.2},
        {"videoNo": "VI3", "startTime": "null", "endTime": "null", "videoName": None},
        {"videoNo": "VI4", "startTime": "54", "endTime": "50", "score": "NaN"},
    ]
    found = parsing.hits(rows, "field-work", Scope.SEEN)
    assert [(hit.start_ms, hit.end_ms) for hit in found] == [
        (13_000, 18_000),
        (13_480, 18_040),
        (12_500, 18_200),
        (0, None),
        (54_000, None),
    ]
    assert [hit.score for hit in found] == [0.41873, 0.4, None, None, None]
    assert [hit.name for hit in found] == ["harbour", "VI1", "VI2", "VI3", "VI4"]
    assert {hit.namespace for hit in found} == {"field-work"}


def test_a_broken_row_is_left_out() -> None:
    rows: list[object] = [
        None,
        3,
        "x",
        [],
        {"videoName": "no id"},
        {"videoNo": True},
        {"videoNo": "VI1", "startTime": {}},
    ]
    assert [hit.video_no for hit in parsing.hits(rows, "default", None)] == ["VI1"]
    assert parsing.hits({"error": 1}, "default", None) == parsing.hits(None, "default", None) == ()


def test_excerpts_lose_their_blanks_and_places_are_kept() -> None:
    (hit,) = parsing.hits(
        [
            {
                "videoNo": "VI1",
                "audio_ts": " cast off ",
                "video_bucket": "mavi-resource",
                "video_blob": "VI1.mp4",
                "keyframe_bucket": "mavi-keyframe",
            }
        ],
        "default",
        Scope.SAID,
    )
    assert hit.excerpt == "cast off"
    assert hit.video == BlobRef("mavi-resource", "VI1.mp4")
    assert hit.keyframe is None


@pytest.mark.parametrize("image_id", [687955883044376577, "687955883044376577"])
def test_image_ids_above_two_to_the_53_stay_exact(image_id: object) -> None:
    text = json.dumps({"current_page": 0, "item": [{"id": image_id, "name": "pier.jpg", "datetime_taken": "177348"}]})
    (hit,) = parsing.image_hits(json.loads(text), "default")
    assert (hit.image_id, hit.taken_ms) == ("687955883044376577", 177348)


def test_a_listed_video_with_text_for_numbers() -> None:
    row = {
        "video_no": "VI1",
        "video_name": "two\nlines “x” 🐦",
        "duration": "653",
        "size": "169612362000",
        "create_time": "1755245460412",
        "cause": "null",
        "status": "PARSE",
        "tags": ["harbour", "api", 3],
        "fps": "29.97",
        "width": None,
        "bucket": "mavi-resource",
        "blob": "VI1.mp4",
    }
    data = {"current_page": 1, "total_count": "1", "videos": [row]}
    (record,) = parsing.video_records(data, "default")
    assert (record.duration_ms, record.size_bytes, record.created_ms) == (653_000, 169_612_362_000, 1755245460412)
    assert (record.cause, record.tags, record.fps, record.width) == ("", ("harbour", "api"), 29.97, None)
    assert record.readiness is Readiness.SEARCHABLE
    assert record.name == "two\nlines “x” 🐦"
    assert parsing.total(data, 1) == 1


@pytest.mark.parametrize(
    ("told", "fps"),
    [
        ({"fps": 30, "frameRate": "30000/1001"}, 30000 / 1001),
        ({"fps": 30, "frameRate": "1/0"}, 30),
        ({"fps": 30, "frameRate": "fast"}, 30),
        ({"fps": 30, "frameRate": None}, 30),
        ({"fps": None}, None),
    ],
)
def test_the_exact_rate_is_taken_where_it_is_one(told: dict[str, object], fps: float | None) -> None:
    record = parsing.video_record({"video_no": "VI1"} | told, "default")
    assert record is not None
    assert record.fps == fps


@pytest.mark.parametrize("word", ["FAIL", "FAILED", "PARSE_ERROR"])
def test_a_failed_video_tells_its_cause(word: str) -> None:
    record = parsing.video_record({"video_no": "VI1", "status": word, "cause": "Indexing failed. "}, "default")
    assert record is not None
    assert (record.readiness, record.cause) == (Readiness.FAILED, "Indexing failed.")


def test_indexing_progress_is_read_within_its_bounds() -> None:
    for said, read in ((0, 0), (417, 417), ("417", 417), (4170, 1000), (-1, None), (None, None)):
        record = parsing.video_record({"video_no": "VI1", "indexPermille": said}, "default")
        assert record is not None
        assert record.index_permille == read


def test_a_transcript_is_in_time_order_without_empty_lines() -> None:
    rows = [
        {"index": 1, "content": " Slowly now.", "startTime": "6", "endTime": "6"},
        {"index": 0, "content": " Cast off.", "startTime": "0", "endTime": "3", "startMs": 120},
        {"index": 2, "content": "  ", "startTime": "9", "endTime": "10"},
        {"index": 3, "content": "No time.", "startTime": "null"},
    ]
    lines = parsing.transcript({"videoNo": "VI1", "transcriptions": rows})
    assert lines == (TranscriptLine(120, 3000, "Cast off."), TranscriptLine(6000, 6000, "Slowly now."))


def test_a_lone_surrogate_cannot_get_in() -> None:
    (hit,) = parsing.hits(json.loads('[{"videoNo": "VI1", "videoName": "a\\ud800b"}]'), "default", None)
    assert hit.name.encode("utf-8") == b"a?b"


def test_moments_inside_one_video_get_its_number() -> None:
    rows = [{"start_time": "12.5", "end_time": 18.2, "score": 0.8631, "video_bucket": "a", "video_blob": "b"}, 3]
    (hit,) = parsing.hits_inside(rows, "VI7", "sea")
    assert (hit.video_no, hit.namespace, hit.start_ms, hit.end_ms) == ("VI7", "sea", 12_500, 18_200)
    assert hit.video == BlobRef("a", "b")
    assert parsing.hits_inside(None, "VI7", "sea") == ()


def test_captions_found_have_their_sentence_and_no_vector() -> None:
    row = {
        "video_no": "VI1", "text": " A boat.", "vector": [0.1] * 9, "user_id": "ab", "start_time": 1, "end_time": 2.25,
    }  # fmt: skip
    (hit,) = parsing.hits([row], "default", Scope.CAPTION)
    assert (hit.video_no, hit.excerpt, hit.start_ms, hit.end_ms, hit.score) == ("VI1", "A boat.", 1000, 2250, None)


def test_folder_numbers_stay_exact_and_may_be_text() -> None:
    text = '{"folders": [{"folder_id": -1, "folder_name": "Default folder"}, {"folder_id": "679839635865604097"}, {}]}'
    found = parsing.folders(json.loads(text))
    assert [(each.folder_id, each.name, each.is_reserved) for each in found] == [
        ("-1", "Default folder", True),
        ("679839635865604097", "679839635865604097", False),
    ]
    assert parsing.folder(None) is None


LIVE_TASK = {
    "videos": [
        {
            "video_no": "VI687963713503760384",
            "video_name": "Harbour at\ndawn",
            "status": "UNPARSE",
            "create_time": "1773482531098",
            "video_url": "https://www.youtube.com/watch?v=abc123DEF45",
            "duration": "1487",
            "size": None,
            "fps": None,
            "width": None,
            "height": None,
            "resolution_label": None,
        }
    ]
}


def test_a_task_with_nulls_as_it_comes_live() -> None:
    report = parsing.task_report(LIVE_TASK, "sea")
    (video,) = report.videos
    assert (video.duration_ms, video.size_bytes, video.fps, video.resolution) == (1_487_000, None, None, "")
    assert video.url == "https://www.youtube.com/watch?v=abc123DEF45"
    assert (report.state, report.failures, report.fetch_permille) == (TaskState.UNKNOWN, (), None)


def test_a_task_in_the_older_shape_and_one_with_the_engines_additions() -> None:
    older = parsing.task_report({"taskId": "a_b", "video_ids": ["VI1", "VI2", None, {}]}, "sea")
    assert [video.video_no for video in older.videos] == ["VI1", "VI2"]
    told = {"videos": [], "taskStatus": "RUNNING", "failures": [{"video_url": "u", "cause": "gone "}, 3]}
    report = parsing.task_report(told | {"fetchPermille": "4170"}, "sea")
    assert (report.state, report.fetch_permille) == (TaskState.RUNNING, 1000)
    assert report.failures == (TaskFailure("u", "gone"),)
    shapes: list[object] = [None, [], {"videos": None}, {"video_ids": "x"}, {"taskStatus": "ODD"}]
    for data in shapes:
        assert parsing.task_report(data, "sea") == TaskReport()


def test_the_word_null_stands_for_nothing_anywhere() -> None:
    row = dict.fromkeys(("duration", "size", "create_time", "cause", "fps", "width", "tags", "video_url"), "null")
    record = parsing.video_record({"video_no": "VI1", "status": "null"} | row, "default")
    assert record == VideoRecord("VI1", "VI1")


def test_posts_of_the_public_library_say_so() -> None:
    rows = [{"videoNo": "PI-7", "videoName": "Storm!\n#ferry", "startTime": "23", "endTime": "27"}]
    assert [(hit.is_public, hit.namespace) for hit in parsing.public_hits(rows, Scope.SEEN)] == [(True, "")]
    assert not parsing.hits(rows, "default", Scope.SEEN)[0].is_public
