"""Captions by a model in a real engine: in place of the sentences that are made of index words."""

from __future__ import annotations

from pathlib import Path

from desktop_search.engine.http.state import STATE_PATH
from tests.clips import Scene
from tests.clips.fixtures import ClipCache
from tests.contract.engine_child import EngineChild
from tests.support.tiny_captions import make_tiny_captioner
from tests.support.tiny_models import install
from tests.support.waiting import wait_until


def test_a_model_writes_the_captions(engine: EngineChild, clips: ClipCache, tmp_path: Path) -> None:
    clip = clips.get("blue and red.mp4", [Scene(2, "blue"), Scene(2, "red")], size=(320, 180))
    video_no = engine.add_in_place(clip.path)
    engine.wait_indexed(video_no)
    made = captions(engine, video_no)
    assert len(made) == 2
    assert "picture" not in "".join(made)
    install(tmp_path / "data" / "models", make_tiny_captioner(tmp_path / "made"))
    written = ["A blue picture.", "A red picture."]
    wait_until(lambda: captions(engine, video_no) == written, f"they are written: {engine.log}", 60)
    assert engine.get(STATE_PATH).data["models"] == {"caption": {"done": 1, "total": 1}}
    (hit,) = engine.search("red", search_type="BY_CAPTION", top_k=1)
    assert (hit["video_no"], hit["text"]) == (video_no, "A red picture.")


def captions(engine: EngineChild, video_no: str) -> list[str]:
    answer = engine.get("/get_video_caption", video_no=video_no).data
    return [each["content"] for each in answer["transcriptions"]]
