"""`--compat-2025`: the oddities of the service as it was then, line by line (contract §18)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from desktop_search.api.client import VisualSearchClient
from desktop_search.core.footage import FootageDetails, Readiness
from desktop_search.core.listing import DEFAULT_FOLDER, ListFilters
from desktop_search.core.query import Scope, SearchFilters, SearchQuery
from desktop_search.core.token import CancelToken
from tests.clips.fixtures import ClipCache
from tests.contract.conftest import SUBTITLES
from tests.contract.engine_child import Answer, EngineChild
from tests.support.platform import Platform
from tests.support.waiting import wait_until


@dataclass(frozen=True)
class Then:
    """An engine of 2025 with the harbour clip, a file that failed, and a post in the public library."""

    engine: EngineChild
    added: Answer
    video_no: str
    failed_no: str
    task_id: str
    film: Path


@pytest.fixture(scope="module")
def then(clips: ClipCache, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Then]:
    folder = tmp_path_factory.mktemp("then")
    film, broken = folder / "harbour.mp4", folder / "broken.mp4"
    shutil.copy(clips.harbour().path, film)
    film.with_suffix(".srt").write_text(SUBTITLES)
    broken.write_bytes(b"no video" * 100)
    with Platform({"dawn": clips.silent().path}) as platform:
        place = f"{platform.place}=TIKTOK"
        with EngineChild(folder / "data", "--compat-2025", "--scraper-hosts", place) as engine:
            added = engine.post_form("/upload_url", [("url", film.as_uri())])
            failed_no = engine.add_in_place(broken)
            task_id = engine.post_json("/scraper_url_public", {"video_urls": [platform.post("dawn")]}).data["taskId"]
            for number in (added.data["videoNo"], failed_no):
                engine.wait_indexed(number)
            wait_until(lambda: bool(_publicly(engine, "dawn")), "the post is indexed", 120)
            yield Then(engine, added, added.data["videoNo"], failed_no, task_id, film)


def _publicly(engine: EngineChild, words: str, **fields: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = engine.post_json("/search_public", {"search_param": words, **fields}).data
    return found


def test_1_numbers_are_strings_but_for_those_of_the_page(then: Then) -> None:
    data = then.engine.post_json("/list_videos", {}).data
    assert (data["current_page"], data["page_size"], data["total_count"]) == (1, 200, "2")
    for name in ("duration", "size", "create_time"):
        assert data["videos"][-1][name].isdecimal(), name
    assert not {"fps", "width", "height", "frameRate", "keyframe_bucket", "keyframe_blob"} & set(data["videos"][-1])
    assert then.engine.metadata(then.video_no)["width"] == "640"


def test_2_videos_are_found_without_times_and_scores(then: Then) -> None:
    for hit in (then.engine.search("blue", search_type="BY_VIDEO")[0], _publicly(then.engine, "dawn")[0]):
        assert (hit["startTime"], hit["endTime"]) == ("null", "null")
        assert not {"score", "audio_ts", "startMs", "endMs"} & set(hit)


def test_2_good_videos_have_a_cause_by_the_name_of_null(then: Then) -> None:
    assert then.engine.metadata(then.video_no)["cause"] == "null"
    (_, listed) = then.engine.post_json("/list_videos", {}).data["videos"]
    assert listed["cause"] == "null"


def test_3_what_a_task_brought_is_full_of_nulls(then: Then) -> None:
    data = then.engine.get("/get_video_ids_by_task_id", task_id=then.task_id).data
    assert set(data) == {"videos"}
    (video,) = data["videos"]
    assert [video[name] for name in ("size", "fps", "width", "height", "resolution_label")] == [None] * 5
    assert video["create_time"].isdecimal()
    assert video["duration"].isdecimal()


def test_4_keys_are_missing(then: Then) -> None:
    assert set(then.added.data) == {"videoNo", "videoName"}
    file = BytesIO()
    Image.new("RGB", (64, 64), "skyblue").save(file, "PNG")
    parts = [("file", ("sky.png", file.getvalue(), "image/png")), ("similarity", "0")]
    hit = then.engine.post_parts("/search_similar_images", parts).data[0]
    assert set(hit) == {"videoNo", "videoName", "startTime", "score"}


def test_5_a_failure_has_no_duration_and_a_blank_behind_its_cause(then: Then) -> None:
    record = then.engine.metadata(then.failed_no)
    assert (record["status"], record["duration"], record["cause"][-2:]) == ("FAIL", "0", ". ")
    assert record["size"] == "800"


def test_6_successes_without_data(then: Then) -> None:
    assert then.engine.get("/get_metadata", video_no="VI1").data is None
    assert then.engine.get("/get_audio_transcription", video_no=then.failed_no).data is None


def test_7_the_order_of_keys_varies(then: Then) -> None:
    found, told = then.engine.post_json("/list_videos", {}), then.engine.get("/get_metadata", video_no=then.video_no)
    assert list(json.loads(found.body)) == ["code", "msg", "data", "success", "failed"]
    assert list(json.loads(told.body)) == ["code", "msg", "data", "failed", "success"]
    assert next(iter(found.data)) == "videos"


def test_10_what_is_seen_comes_without_words(then: Then) -> None:
    hit = then.engine.search("blue")[0]
    assert "audio_ts" not in hit
    assert hit["score"] > 0
    assert hit["startTime"].isdecimal()


def test_11_what_is_said_begins_with_a_blank(then: Then) -> None:
    lines = then.engine.get("/get_audio_transcription", video_no=then.video_no).data["transcriptions"]
    assert lines[0]["content"] == " The boat is leaving the harbor at sunset."
    assert then.engine.search("boat leaving", search_type="BY_AUDIO")[0]["audio_ts"].startswith(" The boat")
    (row,) = then.engine.get("/search_audio_transcripts", query="sunset").data["videos"]
    assert row["audio_ts"].startswith(" The boat")


def test_16_refusals_are_what_they_are(then: Then) -> None:
    assert then.engine.get("/nonsense").refusal[0] == "0001"
    assert then.engine.post_json("/search", []).refusal[0] == "0003"
    assert then.engine.post_json("/search", {"search_param": "a", "search_type": 1}).refusal[0] == "0003"


def test_the_client_of_this_program_takes_it_all(then: Then) -> None:
    client = VisualSearchClient(then.engine.url, then.engine.key)
    record = client.metadata(then.video_no, "default")
    assert record is not None
    assert (record.readiness, record.cause) == (Readiness.SEARCHABLE, "")
    failed = client.metadata(then.failed_no, "default")
    assert failed is not None
    assert failed.readiness is Readiness.FAILED
    for words, scope in (("blue", Scope.SEEN), ("boat", Scope.SAID), ("blue", Scope.CAPTION), ('"sunset"', Scope.SAID)):
        query = SearchQuery(words, scope, SearchFilters())
        assert client.search(query, CancelToken()).hits
    client.close()


def test_the_client_takes_the_other_answers_too(then: Then, tmp_path: Path) -> None:
    client = VisualSearchClient(then.engine.url, then.engine.key)
    failed, total = client.list_videos("default", filters=ListFilters(readiness=Readiness.FAILED))
    assert ([record.video_no for record in failed], total) == ([then.failed_no], 1)
    assert client.folders.videos(DEFAULT_FOLDER)[1] == 2
    (post,) = client.imports.task(then.task_id).videos
    assert (post.readiness, post.size_bytes, post.fps, post.resolution) == (Readiness.SEARCHABLE, None, None, "")
    assert post.duration_ms == 2000
    assert client.captions(then.video_no, "default")[0].start_ms == 0
    hit = client.public.search("dawn")[0]
    assert (hit.video_no, hit.start_ms, hit.end_ms, hit.score) == (post.video_no, 0, None, None)
    frame = tmp_path / "frame.png"
    Image.new("RGB", (320, 180), "blue").save(frame)
    like = client.search(SearchQuery(picture=frame, similarity=0.0)).hits[0]
    assert (like.video, like.keyframe) == (None, None)
    assert client.search_inside(frame, "blue", then.video_no, "default")
    assert client.public.search_picture(frame, similarity=0.0)
    added = client.upload_url(then.film.as_uri(), FootageDetails("again"))
    assert added.startswith("VI")
    client.close()
