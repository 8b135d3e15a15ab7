"""The state of the engine, and pausing it: outside the contract, for the engine's own key."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from tests.clips import Scene, make_picture
from tests.clips.fixtures import ClipCache
from tests.contract.engine_child import EngineChild
from tests.support.waiting import wait_until

STATE = "/serve/engine/v1/state"


def _state(engine: EngineChild) -> dict[str, Any]:
    return dict(engine.get(STATE).data)


def _pause(engine: EngineChild, paused: bool) -> dict[str, Any]:
    return dict(engine.pause(paused=paused).data)


def _worked(engine: EngineChild) -> dict[int, int]:
    """The processor time that each worker process has taken, in ticks."""
    lists = [file.read_text() for file in Path(f"/proc/{engine.process.pid}/task").glob("*/children")]
    stats = {int(pid): Path(f"/proc/{pid}/stat").read_text() for text in lists for pid in text.split()}
    fields = {pid: stat.rpartition(")")[2].split() for pid, stat in stats.items()}
    return {pid: int(each[11]) + int(each[12]) for pid, each in fields.items()}


def _is_at_rest(engine: EngineChild) -> bool:
    before = _worked(engine)
    threading.Event().wait(0.5)
    return _worked(engine) == before


def test_an_empty_engine_says_so(engine: EngineChild) -> None:
    state = _state(engine)
    assert state.pop("index_bytes") > 0
    assert state == {"paused": False, "waiting": 0, "indexing": [], "videos": 0, "images": 0} | {
        "searchable": 0,
        "searchable_ms": 0,
        "failed": 0,
        "offline": [],
        "offline_count": 0,
        "models": {},
        "transcripts": {},
    }


def test_other_keys_and_wrong_values_are_refused(engine: EngineChild) -> None:
    for wrong in ({}, {"paused": None}):
        assert engine.post_json(STATE, wrong).refusal == ("0001", "The paused parameter cannot be empty!")
    assert engine.post_json(STATE, {"paused": "yes"}).refusal[0] == "0003"
    command = [sys.executable, "-m", "desktop_search", "engine", "keys", "add", "guest", "--data-dir"]
    engine.key = subprocess.run([*command, str(engine.data_dir)], capture_output=True, text=True, check=True).stdout[
        :-1
    ]
    for refused in (engine.get(STATE), engine.post_json(STATE, {"paused": True})):
        assert refused.refusal == ("9009", "Only the engine's own key may ask this.")
    engine.key = "sk-nobody"
    assert engine.get(STATE).refusal[0] == "0401"


def test_a_pause_holds_up_videos_but_not_pictures_and_outlives_the_engine(tmp_path: Path, clips: ClipCache) -> None:
    picture = make_picture(tmp_path / "a.png", Scene(1, "purple"), (64, 48)).read_bytes()
    with EngineChild(tmp_path / "data") as first:
        assert _pause(first, True)["paused"] is True
        video_no = first.add_in_place(clips.silent().path)
        assert first.post_parts("/upload_img", [("files", ("a.png", picture, "image/png"))]).data
        assert first.post_parts("/search_similar_images", [("file", ("a.png", picture, "image/png"))]).data == []
        assert first.metadata(video_no)["status"] == "UNPARSE"
        assert (_state(first)["waiting"], _state(first)["images"]) == (1, 1)
    with EngineChild(tmp_path / "data") as second:
        assert (_state(second)["paused"], _state(second)["waiting"]) == (True, 1)
        assert second.metadata(video_no)["indexPermille"] == 0
        assert _pause(second, False)["paused"] is False
        assert second.wait_indexed(video_no)["status"] == "PARSE"
        wait_until(lambda: _state(second)["waiting"] == 0 and not _state(second)["indexing"], "nothing is under way")


def test_what_is_being_read_is_shown_and_goes_on_after_a_pause(engine: EngineChild, clips: ClipCache) -> None:
    video_no = engine.add_in_place(clips.harbour().path)
    wait_until(lambda: bool(_state(engine)["indexing"]), "it is being read")
    state = _pause(engine, True)
    (row,) = state["indexing"]
    assert (row["video_no"], row["name"]) == (video_no, "harbour")
    assert 0 <= row["permille"] <= 1000
    wait_until(lambda: _is_at_rest(engine), "nothing is done any more")
    at_rest = _worked(engine), _state(engine)["indexing"]
    assert at_rest[1], "it was read in the blink of an eye"
    assert engine.metadata(video_no)["status"] == "UNPARSE"
    assert (_worked(engine), _state(engine)["indexing"]) == at_rest
    _pause(engine, False)
    assert engine.wait_indexed(video_no)["status"] == "PARSE"


def test_what_is_deleted_during_a_pause_is_gone(engine: EngineChild, clips: ClipCache) -> None:
    _pause(engine, True)
    video_no = engine.add_in_place(clips.silent().path)
    assert engine.post_json("/delete_videos?unique_id=default", [video_no]).data is None
    assert (_state(engine)["waiting"], _state(engine)["videos"]) == (0, 0)
    _pause(engine, False)
    kept_no = engine.add_in_place(clips.silent().path)
    assert engine.wait_indexed(kept_no)["status"] == "PARSE"
