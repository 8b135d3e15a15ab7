"""What goes over the wire for each call, seen by a real server."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest

from desktop_search.core.footage import FootageDetails, Readiness
from desktop_search.core.hits import BlobRef, SearchAnswer
from desktop_search.core.listing import ListFilters
from desktop_search.core.query import Scope, SearchFilters, SearchQuery, Strictness
from desktop_search.core.token import CancelToken
from tests.support.fault_server import Behaviour, envelope, gives
from tests.unit.api.conftest import KEY, Connect

TAKEN = datetime(2026, 3, 14, 9, 20)  # noqa: DTZ001 - wall time in UTC, as the contract has it


def test_a_search_sends_every_filter_that_is_set(connect: Connect) -> None:
    server, client = connect(envelope([]))
    filters = SearchFilters(
        namespace="field-work",
        top_k=20,
        strictness=Strictness.MEDIUM,
        video_nos=("VI1", "VI2"),
        tag="harbour",
        cameras=("X100",),
        taken_after=TAKEN,
        latitude=57.7,
        longitude=11.97,
    )
    client.search(SearchQuery(" a boat ", Scope.SAID, filters))
    (seen,) = server.seen
    assert (seen.method, seen.path) == ("POST", "/search")
    assert seen.headers["Authorization"] == KEY
    assert seen.headers["Content-Type"] == "application/json"
    assert seen.json == {
        "search_param": "a boat",
        "search_type": "BY_AUDIO",
        "unique_id": "field-work",
        "top_k": 20,
        "filtering_level": "medium",
        "video_nos": ["VI1", "VI2"],
        "tag": "harbour",
        "camera_tag": "X100",
        "datetime_taken": "2026-03-14 09:20:00",
        "latitude": 57.7,
        "longitude": 11.97,
    }


def test_a_search_leaves_out_what_is_not_asked(connect: Connect) -> None:
    server, client = connect(envelope([]))
    client.search(SearchQuery("boat"))
    assert set(server.seen[0].json) == {"search_param", "search_type", "unique_id", "top_k"}


def test_a_picture_goes_as_multipart_with_its_own_type(connect: Connect, tmp_path: Path) -> None:
    server, client = connect(envelope([{"videoNo": "VI1", "startTime": "42", "score": 0.9}]))
    picture = tmp_path / "pier.PNG"
    picture.write_bytes(b"\x89PNG")
    answer = client.search(SearchQuery(picture=picture, similarity=0.7))
    parts = {str(part.get_param("name", header="content-disposition")): part for part in server.seen[0].parts}
    assert server.seen[0].path == "/search_similar_images"
    assert parts["unique_id"].get_content() == "default"  # type: ignore[attr-defined]  # an EmailMessage by policy
    assert parts["similarity"].get_content() == "0.7"  # type: ignore[attr-defined]
    assert parts["file"].get_content_type() == "image/png"
    assert [(hit.start_ms, hit.out_ms) for hit in answer.hits] == [(42_000, 46_000)]


def test_a_picture_search_is_narrowed_by_the_list(connect: Connect, tmp_path: Path) -> None:
    found = [{"videoNo": f"VI{number}", "startTime": "1"} for number in (1, 2, 3)]
    server, client = connect(envelope(found), envelope({"total_count": 1, "videos": [{"video_no": "VI2"}]}))
    picture = tmp_path / "pier.jpg"
    picture.write_bytes(b"x")
    answer = client.search(SearchQuery(picture=picture, filters=SearchFilters(tag="harbour", taken_after=TAKEN)))
    assert [hit.video_no for hit in answer.hits] == ["VI2"]
    assert server.seen[1].json == {
        "page": 1,
        "size": 200,
        "unique_id": "default",
        "tag": "harbour",
        "datetime_taken": 1773480000000,
    }


def _listed(*videos: Mapping[str, object]) -> Behaviour:
    return envelope({"total_count": len(videos), "videos": list(videos)})


def test_several_cameras_are_one_search_in_the_videos_that_the_list_names(connect: Connect) -> None:
    videos = [{"video_no": f"VI{n}", "camera_model": name} for n, name in enumerate(("X100", "FX6", "x100"))]
    server, client = connect(_listed(*videos), envelope([{"videoNo": "VI0", "startTime": "1"}]))
    filters = SearchFilters(cameras=("X100", "FX6"), tag="sea", top_k=7)
    assert [hit.video_no for hit in client.search(SearchQuery("boat", filters=filters)).hits] == ["VI0"]
    assert server.seen[0].json == {"page": 1, "size": 200, "unique_id": "default", "tag": "sea"}
    asked = {"search_param": "boat", "search_type": "BY_CLIP", "unique_id": "default", "top_k": 7}
    assert server.seen[1].json == asked | {"video_nos": ["VI0", "VI1"]}


def test_an_end_of_the_capture_time_leaves_out_what_was_taken_then(connect: Connect) -> None:
    at_ms = 1773480000000  # TAKEN
    videos = [{"video_no": "VI1", "datetime_taken": at_ms - 1}, {"video_no": "VI2", "datetime_taken": at_ms}]
    server, client = connect(_listed(*videos, {"video_no": "VI3"}), envelope([{"videoNo": "VI1", "startTime": "1"}]))
    client.search(SearchQuery("boat", filters=SearchFilters(taken_before=TAKEN)))
    assert server.seen[1].json["video_nos"] == ["VI1"]


def test_where_too_many_videos_pass_more_is_asked_and_sorted_out_here(connect: Connect) -> None:
    videos = [{"video_no": f"VI{n}", "camera_model": "AB"[n % 2]} for n in range(200)]
    videos.append({"video_no": "VI200", "camera_model": "C"})
    found = [{"videoNo": f"VI{n}", "startTime": "1"} for n in (200, 3, 4, 5)]
    server, client = connect(_listed(*videos), envelope(found))
    query = SearchQuery("boat", filters=SearchFilters(cameras=("A", "B"), tag="sea", top_k=2))
    assert [hit.video_no for hit in client.search(query).hits] == ["VI3", "VI4"]
    assert server.seen[1].json == {
        "search_param": "boat",
        "search_type": "BY_CLIP",
        "unique_id": "default",
        "top_k": 1000,
        "tag": "sea",
    }


def test_where_no_video_passes_nothing_is_searched(connect: Connect) -> None:
    server, client = connect(_listed({"video_no": "VI1", "camera_model": "C"}))
    assert client.search(SearchQuery("boat", filters=SearchFilters(cameras=("A", "B")))).hits == ()
    assert len(server.seen) == 1


def test_images_carry_what_tells_whether_they_pass(connect: Connect) -> None:
    rows = [
        {"id": 1, "name": "a", "camera_model": "A", "datetime_taken": 1},
        {"id": 2, "name": "b", "camera_model": "C", "datetime_taken": 1},
        {"id": 3, "name": "c", "camera_model": "B"},
    ]
    server, client = connect(envelope({"item": rows}))
    filters = SearchFilters(cameras=("A", "B"), taken_before=TAKEN)
    images = client.search(SearchQuery("boat", Scope.IMAGE, filters)).images
    assert [image.image_id for image in images] == ["1"]
    assert "camera_tag" not in server.seen[0].json


def test_a_quoted_phrase_asks_the_transcripts_page_by_page(connect: Connect) -> None:
    def page(start: int) -> dict[str, object]:
        rows = [{"videoNo": f"VI{n}", "startTime": "3", "audio_ts": " cast off"} for n in range(start, start + 2)]
        return {"current_page": 1, "total_count": "4", "videos": rows}

    server, client = connect(envelope(page(0)), envelope(page(2)))
    query = SearchQuery("“cast off”", Scope.SAID, SearchFilters(video_nos=("VI0", "VI3")))
    answer = client.search(query)
    assert [(hit.video_no, hit.excerpt) for hit in answer.hits] == [("VI0", "cast off"), ("VI3", "cast off")]
    asked = [("query", "cast off"), ("page", "2"), ("page_size", "500"), ("unique_id", "default")]
    assert server.seen[1].query == asked


def test_an_upload_by_address_is_a_form_with_repeated_tags(connect: Connect) -> None:
    server, client = connect(envelope({"videoNo": "VI7", "videoName": "pier"}))
    details = FootageDetails("field-work", ("pier", "fog & sea"), "X100", TAKEN, 57.7, 11.97)
    assert client.upload_url("file:///films/p%20%C3%A9.mp4", details) == "VI7"
    assert server.seen[0].headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert server.seen[0].form == [
        ("url", "file:///films/p%20%C3%A9.mp4"),
        ("unique_id", "field-work"),
        ("datetime_taken", "2026-03-14 09:20:00"),
        ("camera_model", "X100"),
        ("latitude", "57.7"),
        ("longitude", "11.97"),
        ("tags", "pier"),
        ("tags", "fog & sea"),
    ]


def test_deleting_goes_in_batches_as_a_bare_array(connect: Connect) -> None:
    server, client = connect(envelope(None))
    ids = [f"VI{number}" for number in range(150)]
    client.delete_videos(ids, "field work")
    assert [seen.json for seen in server.seen] == [ids[:100], ids[100:]]
    assert server.seen[0].query == [("unique_id", "field work")]


def test_what_is_deleted_already_is_no_error(connect: Connect) -> None:
    server, client = connect(envelope(None, "0409", "duplicate operation"), envelope(None))
    client.delete_videos([f"VI{number}" for number in range(101)], "default")
    assert [len(seen.json) for seen in server.seen] == [100, 1]


def test_a_stored_object_is_asked_by_bucket_and_blob_with_its_slashes(connect: Connect, tmp_path: Path) -> None:
    server, client = connect(gives(b"jpeg", content_type="image/jpeg"))
    target = tmp_path / "deep" / "frame.jpg"
    steps: list[tuple[int, int | None]] = []
    client.download_blob(
        BlobRef("mavi-keyframe", "5a/key frame?.jpg"),
        target,
        token=CancelToken(),
        on_received=lambda received, total: steps.append((received, total)),
    )
    assert target.read_bytes() == b"jpeg"
    assert steps[-1] == (4, 4)
    assert server.seen[0].target == "/serve/api/v1/download?bucket=mavi-keyframe&blob=5a/key%20frame%3F.jpg"


def test_the_other_reads_name_video_and_namespace(connect: Connect) -> None:
    server, client = connect(envelope(None))
    assert client.metadata("VI1", "a b") is None
    assert client.transcript("VI1", "a b") == ()
    assert client.list_videos("a b", 2, 50, filters=ListFilters(readiness=Readiness.FAILED)) == ((), 0)
    assert client.list_unique_ids() == ()
    assert [seen.path for seen in server.seen] == [
        "/get_metadata",
        "/get_audio_transcription",
        "/list_videos",
        "/list_unique_ids",
    ]
    assert server.seen[0].query == server.seen[1].query == [("video_no", "VI1"), ("unique_id", "a b")]
    assert server.seen[2].json == {"page": 2, "size": 50, "unique_id": "a b", "status": "FAILED"}


@pytest.mark.parametrize(
    "query", [SearchQuery("person:Anna at sea"), SearchQuery(filters=SearchFilters(people=("Anna",)))]
)
def test_no_library_but_the_engine_is_asked_for_people(connect: Connect, query: SearchQuery) -> None:
    server, client = connect(envelope([]))
    assert client.search(query) == SearchAnswer()
    assert server.seen == []
