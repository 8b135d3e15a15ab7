"""The public library: shared by all keys, apart from every private one."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import av
import pytest
from PIL import Image

from tests.contract.engine_child import KEY
from tests.contract.public_library import CAPTION, Shared, found_publicly


def test_what_is_seen_is_found_in_the_shape_of_the_contract(shared: Shared) -> None:
    hit = found_publicly(shared.engine, "storm")[0]
    assert (hit["videoNo"], hit["videoName"]) == (shared.tiktok_no, CAPTION)
    assert shared.tiktok_no.startswith("PI-")
    assert (hit["video_bucket"], hit["keyframe_bucket"]) == ("mavi-public-video", "mavi-public-keyframe")
    assert isinstance(hit["startTime"], str)
    assert isinstance(hit["endTime"], str)
    assert 0 < hit["score"] <= 1


@pytest.mark.parametrize("word", ["BY_VIDEO", "BY_CLIP", None])
def test_by_clip_is_another_word_for_by_video_which_is_the_default(shared: Shared, word: str | None) -> None:
    assert found_publicly(shared.engine, "storm", search_type=word) == found_publicly(
        shared.engine, "storm", search_type="BY_VIDEO"
    )


def test_what_is_said_isfound_publicly(shared: Shared) -> None:
    (hit, *_) = found_publicly(shared.engine, "boat leaving", search_type="BY_AUDIO")
    assert (hit["startTime"], hit["endTime"]) == ("0", "4")
    assert "leaving the harbor" in hit["audio_ts"]


def test_the_platform_is_filtered_and_an_unknown_one_falls_back(shared: Shared) -> None:
    def numbers(platform: str | None) -> set[str]:
        return {hit["videoNo"] for hit in found_publicly(shared.engine, "storm", type=platform)}

    assert numbers("YOUTUBE") == {shared.youtube_no}
    assert numbers("INSTAGRAM") == set()
    assert numbers("TIKTOK") == numbers(None) == numbers("youtube") == numbers("VIMEO") == {shared.tiktok_no}


def test_fields_are_checked_like_those_of_the_private_search(shared: Shared) -> None:
    def code(**fields: Any) -> str:
        return str(shared.engine.post_json("/search_public", fields).envelope["code"])

    assert code(search_param="storm", unique_id="") == "0000"
    assert code() == code(search_param=" ") == code(search_param="storm", top_k=0) == "0001"
    assert code(search_param="storm", search_type="BY_IMAGE") == "0001"
    assert (
        code(search_param="storm", search_type="BY_SMELL") == code(search_param="storm", filtering_level="x") == "0003"
    )
    assert len(found_publicly(shared.engine, "storm", top_k=1)) == 1


def test_frames_are_found_by_a_picture_and_say_where_they_end(shared: Shared) -> None:
    with av.open(str(shared.film)) as container:
        picture = next(container.decode(video=0)).to_ndarray(format="rgb24")
    file = BytesIO()
    Image.fromarray(picture).save(file, "PNG")
    parts = [("file", ("frame.png", file.getvalue(), "image/png")), ("similarity", "0.9")]
    hit = shared.engine.post_parts("/search_public_similar_images", parts).data[0]
    assert hit["videoNo"] == shared.tiktok_no
    assert int(hit["startTime"]) < int(hit["endTime"])
    assert hit["keyframe_bucket"] == "mavi-public-keyframe"
    other = shared.engine.post_parts("/search_public_similar_images", [*parts, ("type", "INSTAGRAM")])
    assert other.data == []


def test_phrases_are_found_and_counted_in_text(shared: Shared) -> None:
    data = shared.engine.get("/search_public_audio_transcripts", query="RED ball").data
    assert (data["total_count"], data["current_page"], data["page_size"]) == ("1", 1, 100)
    assert data["videos"][0]["videoNo"] == shared.tiktok_no
    assert shared.engine.get("/search_public_audio_transcripts", query=" ").refusal[0] == "0001"


def test_what_is_said_and_seen_in_a_public_video_is_told_by_the_old_names(shared: Shared) -> None:
    said = shared.engine.get("/get_public_audio_transcription", video_no=shared.tiktok_no).data
    assert "leaving the harbor" in said["transcriptions"][0]["content"]
    seen = shared.engine.get("/get_public_video_transcription", video_no=shared.youtube_no).data
    assert seen["transcriptions"][0]["content"]
    private = shared.youtube_no.replace("PI-", "VI")
    assert shared.engine.get("/get_public_video_transcription", video_no=private).data is None
    assert shared.engine.get("/get_audio_transcription", video_no=shared.tiktok_no).data is None


def test_every_key_sees_it_and_gets_its_files(shared: Shared) -> None:
    engine, headers = shared.engine, {"Authorization": shared.other_key, "Content-Type": "application/json"}
    answer = engine.send("POST", "/search_public", b'{"search_param": "storm"}', headers)
    assert answer.data == found_publicly(engine, "storm")
    hit = answer.data[0]
    body = json.dumps({"video_no": hit["videoNo"], "unique_id": "whatever"}).encode()
    assert engine.send("POST", "/download", body, headers).body == shared.film.read_bytes()
    place = f"/download?bucket={hit['video_bucket']}&blob={hit['video_blob']}"
    assert engine.send("GET", place, headers={"Authorization": shared.other_key}).body == shared.film.read_bytes()
    picture = f"/download?bucket={hit['keyframe_bucket']}&blob={hit['keyframe_blob']}"
    assert engine.send("GET", picture, headers={"Authorization": shared.other_key}).body.startswith(b"\xff\xd8")


@pytest.mark.parametrize("own", [True, False])
def test_it_is_in_no_private_library_and_cannot_be_deleted(shared: Shared, own: bool) -> None:
    engine, headers = shared.engine, {"Authorization": KEY if own else shared.other_key}
    as_json = headers | {"Content-Type": "application/json"}
    digits = shared.tiktok_no.removeprefix("PI-")
    both = [shared.tiktok_no, f"VI{digits}"]
    assert engine.send("POST", "/delete_videos", json.dumps(both).encode(), as_json).data is None
    assert engine.send("POST", "/list_videos", b"{}", as_json).data["videos"] == []
    assert engine.send("POST", "/search", b'{"search_param": "storm"}', as_json).data == []
    assert engine.send("GET", "/search_audio_transcripts?query=ball", headers=headers).data["videos"] == []
    for number in both:
        assert engine.send("GET", f"/get_metadata?video_no={number}", headers=headers).data is None
    assert "PUBLIC" not in str(engine.send("GET", "/folders", headers=headers).data)
    assert "PUBLIC" not in str(engine.send("GET", "/list_unique_ids", headers=headers).data)
    move = json.dumps({"folder_id": -1, "video_nos": both}).encode()
    assert engine.send("POST", "/folders/move", move, as_json).data is None
    private = f"/download?bucket=desktop-video&blob=VI{digits}.mp4"
    assert engine.send("GET", private, headers=headers).refusal == ("0001", "Resource does not exist")
    assert engine.send("POST", "/download", json.dumps({"video_no": both[1]}).encode(), as_json).refusal[0] == "0001"
    assert found_publicly(engine, "storm")
