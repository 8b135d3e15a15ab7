"""`GET /get_video_caption` and `BY_CAPTION`: what is seen, in sentences."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.clips.fixtures import ClipCache
from tests.contract.conftest import Harbour
from tests.contract.engine_child import EngineChild


@pytest.mark.parametrize("path", ["/get_video_caption", "/get_video_transcription"])
def test_a_sentence_for_each_shot_without_gaps(harbour: Harbour, path: str) -> None:
    data = harbour.engine.get(path, video_no=harbour.video_no, unique_id="default").data
    assert set(data) == {"videoNo", "transcriptions", "createTime", "video_bucket", "video_blob"}
    assert data["videoNo"] == harbour.video_no
    assert data["createTime"] == str(harbour.engine.metadata(harbour.video_no)["create_time"])
    rows: list[dict[str, Any]] = data["transcriptions"]
    assert [row["index"] for row in rows] == list(range(len(rows)))
    assert len(rows) >= len(harbour.clip.starts)
    assert (rows[0]["startTime"], rows[0]["startMs"]) == ("0", 0)
    for row, following in pairwise(rows):
        assert row["endTime"] == following["startTime"]
        assert row["endMs"] == following["startMs"]
    for row in rows:
        assert isinstance(row["startTime"], str)
        assert isinstance(row["endTime"], str)
        assert 0 <= int(row["startTime"]) * 1000 - row["startMs"] < 1000
        assert row["content"].startswith(("A ", "An "))
        assert row["content"].endswith(".")
    assert "blue" in rows[0]["content"]


def test_a_search_for_captions_shows_the_same_sentences(harbour: Harbour) -> None:
    rows = harbour.engine.get("/get_video_caption", video_no=harbour.video_no).data["transcriptions"]
    by_start = {row["startMs"]: row["content"] for row in rows}
    hits = harbour.engine.search("red blue green", search_type="BY_CAPTION", video_nos=[harbour.video_no])
    assert hits
    for hit in hits:
        assert hit["text"] == by_start[round(hit["start_time"] * 1000)]


@pytest.mark.parametrize("query", [{"video_no": "VI1"}, {"video_no": "nonsense"}, {"unique_id": "other"}])
def test_an_unknown_video_has_none(harbour: Harbour, query: dict[str, str]) -> None:
    assert harbour.engine.get("/get_video_caption", **({"video_no": harbour.video_no} | query)).data is None


@pytest.mark.parametrize("query", [{}, {"video_no": ""}, {"video_no": "VI1", "unique_id": ""}])
def test_missing_parameters_are_refused(harbour: Harbour, query: dict[str, str]) -> None:
    assert harbour.engine.get("/get_video_caption", **query).refusal[0] == "0001"


def test_there_is_none_before_the_video_is_indexed_nor_when_it_failed(
    engine: EngineChild, clips: ClipCache, tmp_path: Path
) -> None:
    waiting = [engine.add_in_place(clips.harbour().path) for _ in range(4)][-1]
    assert engine.metadata(waiting)["status"] == "UNPARSE"
    assert engine.get("/get_video_caption", video_no=waiting).data is None
    engine.post_json("/delete_videos", [waiting])
    (tmp_path / "broken.mp4").write_bytes(b"this is no video" * 100)
    broken = engine.add_in_place(tmp_path / "broken.mp4")
    assert engine.wait_indexed(broken)["status"] == "FAILED"
    assert engine.get("/get_video_caption", video_no=broken).data is None
