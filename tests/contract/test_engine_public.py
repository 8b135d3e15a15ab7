"""The public library: shared by all keys, apart from every private one."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import pytest
from PIL import Image

from desktop_search.engine.library.accounts import PUBLIC_SCOPE
from desktop_search.engine.store.rows import UNPARSE, Post, Video
from desktop_search.engine.store.store import Store
from tests.clips.fixtures import ClipCache
from tests.contract.conftest import SUBTITLES
from tests.contract.engine_child import KEY, EngineChild, wait_until

CAPTION = 'Storm crossing! "hold on"\n#ferry ⛴'
TIKTOK = Post("TIKTOK", "7543000000000000001", "https://www.tiktok.com/@harbourmaster/video/7543000000000000001")
YOUTUBE = Post("YOUTUBE", "abc123DEF45", "https://www.youtube.com/watch?v=abc123DEF45")


@dataclass(frozen=True)
class Shared:
    """An engine whose public library holds the harbour clip as a TikTok and the silent clip as a YouTube post."""

    engine: EngineChild
    film: Path
    tiktok_no: str
    youtube_no: str
    other_key: str


def _publish(store: Store, video_id: int, file: Path, caption: str, post: Post) -> str:
    unknown = ("duration_ms", "width", "height", "fps", "taken_ms", "latitude", "longitude")
    row: dict[str, Any] = dict.fromkeys(unknown)
    video = Video(
        video_id,
        PUBLIC_SCOPE,
        caption,
        file,
        in_place=True,
        retain=True,
        status=UNPARSE,
        cause="",
        size_bytes=file.stat().st_size,
        created_ms=1,
        camera="",
        tags=(),
        post=post,
        **row,
    )
    store.videos.add(video)
    return video.video_no


@pytest.fixture(scope="module")
def shared(clips: ClipCache, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    folder = tmp_path_factory.mktemp("public")
    film = folder / "harbour.mp4"
    shutil.copy(clips.harbour().path, film)
    film.with_suffix(".srt").write_text(SUBTITLES)
    (folder / "data").mkdir()
    store = Store(folder / "data" / "library.db")  # the engine reads what is added here
    store.namespaces.ensure(PUBLIC_SCOPE, 1)
    tiktok_no = _publish(store, 2, film, CAPTION, TIKTOK)
    youtube_no = _publish(store, 3, clips.silent().path, "Storm, again", YOUTUBE)
    store.close()
    command = [
        sys.executable,
        "-m",
        "desktop_search",
        "engine",
        "keys",
        "add",
        "anna",
        "--data-dir",
        str(folder / "data"),
    ]
    other_key = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    with EngineChild(folder / "data") as child:
        for platform in ("TIKTOK", "YOUTUBE"):
            ended = partial(_found, child, "storm", type=platform)
            wait_until(lambda ended=ended: bool(ended()), f"what comes from {platform} is indexed", 120)  # type: ignore[misc]
        yield Shared(child, film, tiktok_no, youtube_no, other_key)


def _found(engine: EngineChild, words: str, **fields: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = engine.post_json("/search_public", {"search_param": words, **fields}).data
    return found


def test_what_is_seen_is_found_in_the_shape_of_the_contract(shared: Shared) -> None:
    hit = _found(shared.engine, "storm")[0]
    assert (hit["videoNo"], hit["videoName"]) == (shared.tiktok_no, CAPTION)
    assert shared.tiktok_no.startswith("PI-")
    assert (hit["video_bucket"], hit["keyframe_bucket"]) == ("mavi-public-video", "mavi-public-keyframe")
    assert isinstance(hit["startTime"], str)
    assert isinstance(hit["endTime"], str)
    assert 0 < hit["score"] <= 1


@pytest.mark.parametrize("word", ["BY_VIDEO", "BY_CLIP", None])
def test_by_clip_is_another_word_for_by_video_which_is_the_default(shared: Shared, word: str | None) -> None:
    assert _found(shared.engine, "storm", search_type=word) == _found(shared.engine, "storm", search_type="BY_VIDEO")


def test_what_is_said_is_found(shared: Shared) -> None:
    (hit, *_) = _found(shared.engine, "boat leaving", search_type="BY_AUDIO")
    assert (hit["startTime"], hit["endTime"]) == ("0", "4")
    assert "leaving the harbor" in hit["audio_ts"]


def test_the_platform_is_filtered_and_an_unknown_one_falls_back(shared: Shared) -> None:
    def numbers(platform: str | None) -> set[str]:
        return {hit["videoNo"] for hit in _found(shared.engine, "storm", type=platform)}

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
    assert len(_found(shared.engine, "storm", top_k=1)) == 1


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
    assert answer.data == _found(engine, "storm")
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
    assert _found(engine, "storm")
