"""`POST /search_clips_by_image`: a picture and a prompt together, inside one video."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from tests.clips import clip_frame
from tests.clips.fixtures import ClipCache
from tests.contract.conftest import Harbour
from tests.contract.engine_child import Answer, EngineChild

PATH = "/search_clips_by_image"
NOTHING_KNOWN = "zzzzqqq"


def _png(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def _frame(harbour: Harbour, scene: int) -> bytes:
    return _png(clip_frame(harbour.clip, harbour.clip.starts[scene]))


def _ask(engine: EngineChild, picture: bytes, **fields: str) -> Answer:
    return engine.post_parts(PATH, [("file", ("q.png", picture, "image/png")), *fields.items()])


def test_the_frame_finds_its_shot(harbour: Harbour) -> None:
    for scene in range(len(harbour.clip.starts)):
        hits = _ask(harbour.engine, _frame(harbour, scene), video_no=harbour.video_no, prompt=NOTHING_KNOWN).data
        assert abs(hits[0]["start_time"] * 1000 - harbour.clip.start_ms(scene)) <= 1
        assert 0 < hits[0]["score"] <= 0.5  # half of what was asked for is not met


def test_numbers_and_nothing_but_the_contract(harbour: Harbour) -> None:
    hits = _ask(harbour.engine, _frame(harbour, 0), video_no=harbour.video_no, prompt="blue", unique_id="default").data
    scores = [hit["score"] for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    for hit in hits:
        assert set(hit) == {"start_time", "end_time", "score", "video_bucket", "video_blob"}
        assert isinstance(hit["start_time"], float)
        assert isinstance(hit["end_time"], float)
        assert hit["start_time"] < hit["end_time"] <= 12.1
    assert hits[0]["start_time"] == 0
    assert hits[0]["score"] > 0.6
    download = harbour.engine.get("/download", bucket=hits[0]["video_bucket"], blob=hits[0]["video_blob"])
    assert download.body == harbour.clip.path.read_bytes()


def test_the_prompt_decides_where_the_picture_does_not(harbour: Harbour) -> None:
    noise = _png(Image.effect_noise((320, 180), 90).convert("RGB"))
    for scene, prompt in enumerate(("blue", "red")):
        hits = _ask(harbour.engine, noise, video_no=harbour.video_no, prompt=prompt).data
        assert abs(hits[0]["start_time"] * 1000 - harbour.clip.start_ms(scene)) <= 1


def test_both_together_score_more_than_each_alone(harbour: Harbour) -> None:
    frame, noise = _frame(harbour, 1), _png(Image.effect_noise((320, 180), 90).convert("RGB"))
    both, picture, words = (
        _ask(harbour.engine, sent, video_no=harbour.video_no, prompt=prompt).data[0]["score"]
        for sent, prompt in ((frame, "red"), (frame, NOTHING_KNOWN), (noise, "red"))
    )
    assert both > max(picture, words)


def test_only_that_video_is_searched(harbour: Harbour) -> None:
    mine = _ask(harbour.engine, _frame(harbour, 1), video_no=harbour.video_no, prompt="red").data
    other = _ask(harbour.engine, _frame(harbour, 1), video_no=harbour.silent_no, prompt="red").data
    assert {hit["video_blob"] for hit in mine} == {f"{harbour.video_no}.mp4"}
    assert {hit["video_blob"] for hit in other} <= {f"{harbour.silent_no}.mp4"}


@pytest.mark.parametrize("prompt", [None, "", " \n"])
def test_an_empty_prompt_has_its_text(harbour: Harbour, prompt: str | None) -> None:
    fields = {"video_no": harbour.video_no} | ({} if prompt is None else {"prompt": prompt})
    assert _ask(harbour.engine, _frame(harbour, 0), **fields).refusal == (
        "0001",
        "The prompt parameter cannot be empty!",
    )


@pytest.mark.parametrize("fields", [{"video_no": "VI1"}, {"video_no": "../x"}, {"unique_id": "other"}])
def test_an_unknown_video_is_not_found(harbour: Harbour, fields: dict[str, str]) -> None:
    asked = {"video_no": harbour.video_no, "prompt": "blue"} | fields
    assert _ask(harbour.engine, _frame(harbour, 0), **asked).refusal == ("0001", "video not found")


@pytest.mark.parametrize(
    "fields", [{}, {"video_no": ""}, {"video_no": "VI1", "unique_id": ""}, {"video_no": "VI1", "prompt": "a" * 4001}]
)
def test_other_parameters_are_checked(harbour: Harbour, fields: dict[str, str]) -> None:
    assert _ask(harbour.engine, _frame(harbour, 0), **({"prompt": "blue"} | fields)).refusal[0] == "0001"


@pytest.mark.parametrize("picture", [b"", b"no picture"], ids=["empty", "nonsense"])
def test_a_bad_picture_is_refused_readably(harbour: Harbour, picture: bytes) -> None:
    code, message = _ask(harbour.engine, picture, video_no=harbour.video_no, prompt="blue").refusal
    assert code == "0001"
    assert "Traceback" not in message


def test_a_missing_picture_and_json_are_refused(harbour: Harbour) -> None:
    fields = [("video_no", harbour.video_no), ("prompt", "blue")]
    assert harbour.engine.post_parts(PATH, fields).refusal[0] == "0001"
    assert harbour.engine.post_json(PATH, dict(fields)).refusal[0] == "0001"
    assert list((harbour.engine.data_dir / "incoming").iterdir()) == []


def test_nothing_is_found_before_a_video_is_indexed_nor_when_it_failed(
    engine: EngineChild, clips: ClipCache, tmp_path: Path
) -> None:
    picture = _png(Image.new("RGB", (320, 180), "blue"))
    engine.pause(paused=True)
    waiting = engine.add_in_place(clips.harbour().path)
    assert _ask(engine, picture, video_no=waiting, prompt="blue").data == []
    engine.post_json("/delete_videos", [waiting])
    engine.pause(paused=False)
    (tmp_path / "broken.mp4").write_bytes(b"this is no video" * 100)
    broken = engine.add_in_place(tmp_path / "broken.mp4")
    assert engine.wait_indexed(broken)["status"] == "FAILED"
    assert _ask(engine, picture, video_no=broken, prompt="blue").data == []
