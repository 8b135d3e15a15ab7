"""Files indexed in place that go away, come back, turn up elsewhere, or change."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.clips import Scene
from tests.clips.fixtures import ClipCache
from tests.contract.engine_child import EngineChild
from tests.support.waiting import wait_until

STATE, RELINK = "/serve/engine/v1/state", "/serve/engine/v1/relink"
WATCHFUL = ("--look-every", "0.1")


@pytest.fixture
def watchful(tmp_path: Path) -> Iterator[EngineChild]:
    """An engine that looks after its files all the time."""
    with EngineChild(tmp_path / "data", *WATCHFUL) as child:
        yield child


@pytest.fixture
def shoot(tmp_path: Path, clips: ClipCache) -> Path:
    """Two days of a shoot, a purple clip and an orange one."""
    folder = tmp_path / "drive" / "shoot"
    for day in ("day one", "day two"):
        (folder / day).mkdir(parents=True)
    shutil.copy(clips.silent().path, folder / "day one" / "purple.mp4")
    shutil.copy(_orange(clips), folder / "day two" / "orange.mp4")
    return folder


def _orange(clips: ClipCache) -> Path:
    return clips.get("orange.mp4", [Scene(1, "orange")], size=(320, 180), clip_id=3).path


def _add(engine: EngineChild, file: Path) -> str:
    video_no = engine.add_in_place(file)
    assert engine.wait_indexed(video_no)["status"] == "PARSE"
    return video_no


def _state(engine: EngineChild) -> dict[str, Any]:
    return dict(engine.get(STATE).data)


def _offline(engine: EngineChild) -> dict[str, str]:
    return {row["video_no"]: row["file"] for row in _state(engine)["offline"]}


def _wait_offline(engine: EngineChild, *video_nos: str) -> None:
    wait_until(lambda: set(_offline(engine)) == set(video_nos), f"away are {video_nos}")


def _content(engine: EngineChild, video_no: str) -> bytes:
    return engine.post_json("/download", {"video_no": video_no}).body


def test_what_is_away_is_still_found_and_listed(watchful: EngineChild, shoot: Path) -> None:
    file = shoot / "day one" / "purple.mp4"
    video_no, there_no = _add(watchful, file), _add(watchful, shoot / "day two" / "orange.mp4")
    before = watchful.search("purple"), watchful.metadata(video_no)
    content = file.read_bytes()
    file.unlink()
    _wait_offline(watchful, video_no)
    assert _state(watchful)["offline"] == [{"video_no": video_no, "name": "purple", "file": str(file)}]
    assert (watchful.search("purple"), watchful.metadata(video_no)) == before
    code, message = watchful.post_json("/download", {"video_no": video_no}).refusal
    assert code == "0001"
    assert "is away" in message
    assert str(file) in message
    assert _content(watchful, there_no) == (shoot / "day two" / "orange.mp4").read_bytes()
    file.write_bytes(content)
    _wait_offline(watchful)
    assert _content(watchful, video_no) == content


def test_it_is_known_at_the_next_start_what_went_away_meanwhile(tmp_path: Path, shoot: Path) -> None:
    with EngineChild(tmp_path / "data") as first:
        video_no = _add(first, shoot / "day one" / "purple.mp4")
    hidden = tmp_path / "hidden" / "unplugged"
    hidden.parent.mkdir()
    shoot.parent.rename(hidden)
    with EngineChild(tmp_path / "data") as second:
        _wait_offline(second, video_no)
        hidden.rename(shoot.parent)
    with EngineChild(tmp_path / "data") as third:
        _wait_offline(third)
        assert _content(third, video_no) == (shoot / "day one" / "purple.mp4").read_bytes()


def test_a_new_name_in_the_same_folder_is_found(watchful: EngineChild, shoot: Path, clips: ClipCache) -> None:
    file = shoot / "day one" / "purple.mp4"
    video_no = _add(watchful, file)
    other = file.with_name("as large, but another.mp4")
    other.write_bytes(bytes(file.stat().st_size))
    new = file.rename(file.with_name("a new name.mp4"))
    wait_until(lambda: _content(watchful, video_no) == new.read_bytes(), "it is found")
    assert _offline(watchful) == {}


def test_a_folder_with_a_new_name_is_found_and_is_a_word_to_search_by(watchful: EngineChild, shoot: Path) -> None:
    video_no = _add(watchful, shoot / "day one" / "purple.mp4")
    assert not watchful.search("zeppelin")
    (shoot / "day one").rename(shoot / "zeppelin")
    wait_until(lambda: bool(watchful.search("zeppelin")), "it is found")
    assert watchful.search("zeppelin")[0]["videoNo"] == video_no


def test_where_one_turns_up_its_neighbours_are_looked_for(watchful: EngineChild, shoot: Path, tmp_path: Path) -> None:
    purple_no = _add(watchful, shoot / "day one" / "purple.mp4")
    orange_no = _add(watchful, shoot / "day two" / "orange.mp4")
    archive = tmp_path / "far" / "archive"
    archive.parent.mkdir()
    shoot.rename(archive)
    _wait_offline(watchful, purple_no, orange_no)
    again_no = _add(watchful, archive / "day one" / "purple.mp4")
    _wait_offline(watchful)
    for video_no, file in ((purple_no, "day one/purple.mp4"), (again_no, "day one/purple.mp4")):
        assert _content(watchful, video_no) == (archive / file).read_bytes()
    assert _content(watchful, orange_no) == (archive / "day two" / "orange.mp4").read_bytes()


def test_a_folder_that_somebody_names_is_looked_through(engine: EngineChild, shoot: Path, tmp_path: Path) -> None:
    purple_no = _add(engine, shoot / "day one" / "purple.mp4")
    orange_no = _add(engine, shoot / "day two" / "orange.mp4")
    engine.stop()
    far = tmp_path / "far" / "away"
    far.mkdir(parents=True)
    moved = (shoot / "day one" / "purple.mp4").rename(far / "renamed.mp4")
    (far / "a lie.mp4").write_bytes(bytes((shoot / "day two" / "orange.mp4").stat().st_size))
    (shoot / "day two" / "orange.mp4").unlink()
    with EngineChild(engine.data_dir) as second:
        _wait_offline(second, purple_no, orange_no)
        report = second.post_json(RELINK, {"folder": str(tmp_path / "far")}).data
        assert report == {
            "found": [{"video_no": purple_no, "name": "purple", "file": str(moved)}],
            "found_count": 1,
            "offline_count": 1,
            "looked_at": 3,
            "complete": True,
        }
        assert _content(second, purple_no) == moved.read_bytes()
        assert set(_offline(second)) == {orange_no}


@pytest.mark.parametrize("folder", ["", None, "relative", "/nowhere/at/all", "/etc/passwd", "/a\0b", 7])
def test_what_is_no_folder_is_refused(shared: EngineChild, folder: object) -> None:
    assert shared.post_json(RELINK, {"folder": folder}).refusal[0] in ("0001", "0003")


def test_other_keys_may_not_look_through_folders(shared: EngineChild) -> None:
    command = [sys.executable, "-m", "desktop_search", "engine", "keys", "add", "guest", "--data-dir"]
    added = subprocess.run([*command, str(shared.data_dir)], capture_output=True, text=True, check=True)
    own, shared.key = shared.key, added.stdout.strip()
    assert shared.post_json(RELINK, {"folder": "/"}).refusal[0] == "9009"
    shared.key = own


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineChild]:
    with EngineChild(tmp_path_factory.mktemp("relink") / "data") as child:
        yield child


def test_a_changed_file_is_indexed_again(watchful: EngineChild, shoot: Path, clips: ClipCache) -> None:
    file = shoot / "day one" / "purple.mp4"
    video_no = _add(watchful, file)
    assert watchful.search("purple")
    assert not watchful.search("orange")
    shutil.copy(_orange(clips), file.with_suffix(".part"))
    file.with_suffix(".part").replace(file)
    wait_until(lambda: bool(watchful.search("orange")), "it is indexed again")
    assert watchful.metadata(video_no)["status"] == "PARSE"
    assert watchful.metadata(video_no)["duration"] == 1


def test_the_old_index_answers_while_a_file_is_written_and_until_the_new_one_is_there(
    watchful: EngineChild, shoot: Path, clips: ClipCache
) -> None:
    file = shoot / "day one" / "purple.mp4"
    video_no = _add(watchful, file)
    hits = watchful.search("purple")
    new = _orange(clips).read_bytes()
    watchful.pause(paused=True)
    with file.open("wb") as written:
        for start in range(0, len(new), 1 + len(new) // 20):
            written.write(new[start : start + 1 + len(new) // 20])
            written.flush()
            assert watchful.search("purple") == hits
    wait_until(lambda: _state(watchful)["waiting"] == 1, "it waits for being indexed again")
    assert watchful.search("purple") == hits
    assert watchful.metadata(video_no)["status"] == "PARSE"
    watchful.pause(paused=False)
    wait_until(lambda: bool(watchful.search("orange")), "it is indexed again")


def test_a_touched_file_is_not_indexed_again(tmp_path: Path, shoot: Path) -> None:
    with EngineChild(tmp_path / "data", *WATCHFUL) as engine:
        file = shoot / "day one" / "purple.mp4"
        _add(engine, file)
        os.utime(file)
        other_no = _add(engine, shoot / "day two" / "orange.mp4")
        (shoot / "day two" / "orange.mp4").unlink()
        _wait_offline(engine, other_no)  # so it has looked at both since
        assert "“purple” has changed" not in engine.log


def test_a_file_that_was_away_when_its_turn_came_is_indexed_when_it_is_back(
    watchful: EngineChild, shoot: Path, tmp_path: Path
) -> None:
    file = shoot / "day one" / "purple.mp4"
    watchful.pause(paused=True)
    video_no = watchful.add_in_place(file)
    hidden = file.rename(tmp_path / "hidden.mp4")
    watchful.pause(paused=False)
    assert watchful.wait_indexed(video_no)["status"] == "FAILED"
    hidden.rename(file)
    wait_until(lambda: watchful.metadata(video_no)["status"] == "PARSE", "it is indexed")
    assert _offline(watchful) == {}
