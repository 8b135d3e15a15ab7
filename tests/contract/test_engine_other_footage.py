"""Footage in containers that cannot be posted is indexed where it lies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clips import Scene, Shape
from tests.clips.fixtures import ClipCache
from tests.contract.engine_child import EngineChild

_SCENES = [Scene(3, "purple", shape=Shape.BOXES), Scene(3, "#108030", shape=Shape.BALL, shape_color="red")]
_DNXHR = {"codec": "dnxhd", "pixel_format": "yuv422p", "options": {"profile": "dnxhr_lb"}}


@pytest.mark.parametrize(("name", "options"), [("shot.mxf", _DNXHR), ("shot.mts", {}), ("shot.m4v", {})])
def test_it_is_found_where_it_lies(engine: EngineChild, clips: ClipCache, name: str, options: dict[str, Any]) -> None:
    clip = clips.get(name, _SCENES, **options)
    video_no = engine.add_in_place(clip.path)
    assert engine.wait_indexed(video_no)["status"] == "PARSE", engine.log
    best = engine.search("green", search_type="BY_VIDEO")[0]
    assert (best["videoNo"], int(best["startTime"])) == (video_no, 3)
    fetched = engine.post_json("/download", {"video_no": video_no, "unique_id": "default"})
    assert fetched.body == clip.path.read_bytes()


def test_it_cannot_be_posted(engine: EngineChild, clips: ClipCache, tmp_path: Path) -> None:
    data = clips.get("shot.mts", _SCENES).path.read_bytes()
    code, words = engine.post_parts("/upload", [("file", ("shot.mts", data, "video/mp2t"))]).refusal
    assert code == "0001"
    assert ".avi .mkv .mov .mp4" in words
