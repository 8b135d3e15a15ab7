"""Vectors of meaning in a real engine: with indexing, made up for later, gone with the footage, safe from a kill."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop_search.engine.http.context import TRIED_HEADER
from desktop_search.engine.http.state import STATE_PATH, TRIAL_PATH
from desktop_search.engine.model_store.installed import InstalledModel
from tests.clips import Scene, make_picture
from tests.clips.fixtures import ClipCache
from tests.contract.engine_child import EngineChild
from tests.support.tiny_models import install, make_tiny_seen, make_tiny_text
from tests.support.waiting import wait_until


def progress(engine: EngineChild) -> dict[str, Any]:
    """Done and total of each kind of model in use."""
    return {kind: (each["done"], each["total"]) for kind, each in engine.get(STATE_PATH).data["models"].items()}


def wait_embedded(engine: EngineChild, **expected: tuple[int, int]) -> None:
    wait_until(lambda: progress(engine) == expected, f"{expected}: {engine.log}", 120)


def read(engine: EngineChild, statement: str) -> list[tuple[Any, ...]]:
    record = sqlite3.connect(f"file:{engine.data_dir / 'library.db'}?mode=ro", uri=True)
    try:
        return record.execute(statement).fetchall()
    finally:
        record.close()


def rows(engine: EngineChild) -> set[tuple[Any, ...]]:
    """Each matrix: where it is stored, video, part and model, and its count of rows."""
    return set(read(engine, "SELECT rowid, video_id, part, model, length(vectors) / (dim + dim / 2 + 4) FROM meanings"))


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "data" / "models"


@pytest.fixture
def seen(tmp_path: Path) -> InstalledModel:
    return make_tiny_seen(tmp_path / "made" / "seen")


@pytest.fixture
def text(tmp_path: Path) -> InstalledModel:
    return make_tiny_text(tmp_path / "made" / "text")


@pytest.fixture
def films(tmp_path: Path, clips: ClipCache) -> list[Path]:
    """Copies of a short clip."""
    copies = [tmp_path / f"take {number}.mp4" for number in range(4)]
    for copy in copies:
        shutil.copy(clips.silent().path, copy)
    return copies


def test_a_model_that_comes_later_is_made_up_for_and_a_new_clip_has_it_at_once(
    engine: EngineChild, clips: ClipCache, tmp_path: Path, models: Path, seen: InstalledModel, text: InstalledModel
) -> None:
    film = Path(shutil.copy(clips.silent().path, tmp_path / "film.mp4"))
    film.with_suffix(".srt").write_text("1\n00:00:00,200 --> 00:00:01,800\nThe boat is leaving.\n")
    spoken = engine.add_in_place(film)
    picture = make_picture(tmp_path / "rose.png", Scene(1, "red"))
    engine.post_parts("/upload_img", [("files", (picture.name, picture.read_bytes(), "image/png"))])
    engine.wait_indexed(spoken)
    assert progress(engine) == {}
    assert rows(engine) == set()

    install(models, seen)
    install(models, text)
    wait_embedded(engine, seen=(2, 2), text=(1, 1))
    segments = read(engine, "SELECT count(*) FROM segments")[0][0]
    utterances = read(engine, "SELECT count(*) FROM utterances")[0][0]
    assert {row[1:] for row in rows(engine)} == {
        (int(spoken[2:]), "seen", "tiny-seen@1", segments),
        (int(spoken[2:]), "said", "tiny-text@1", utterances),
    }
    assert utterances > 0
    assert read(engine, "SELECT count(*) FROM image_meanings") == [(1,)]

    silent = engine.add_in_place(clips.silent().path)
    engine.wait_indexed(silent)
    assert {row[1:] for row in rows(engine) if row[1] == int(silent[2:])} == {
        (int(silent[2:]), "seen", "tiny-seen@1", 1),
        (int(silent[2:]), "said", "tiny-text@1", 0),
    }

    for video_no in (spoken, silent):
        engine.post_json("/delete_videos", [video_no])
    assert rows(engine) == set()
    assert progress(engine) == {"seen": (1, 1), "text": (0, 0)}


@pytest.mark.slow
def test_a_kill_costs_at_most_the_video_in_work(
    tmp_path: Path, films: list[Path], models: Path, seen: InstalledModel
) -> None:
    with EngineChild(tmp_path / "data") as first:
        for film in films:
            first.add_in_place(film)
        wait_until(lambda: read(first, "SELECT count(*) FROM segments") == [(len(films),)], "all is indexed", 120)
        install(models, seen)
        wait_until(lambda: len(rows(first)) > 0, "something is embedded", 60)
        os.kill(first.process.pid, signal.SIGKILL)
        first.process.wait(10)
        before = rows(first)
    with EngineChild(tmp_path / "data") as second:
        wait_embedded(second, seen=(len(films), len(films)))
        after = rows(second)
        assert before <= after  # none of what was stored is made again
        assert len(after) == len(films)


def test_the_model_before_answers_until_another_has_taken_over(
    engine: EngineChild, films: list[Path], tmp_path: Path, models: Path, seen: InstalledModel
) -> None:
    install(models, seen)
    video_no = engine.add_in_place(films[0])
    engine.wait_indexed(video_no)
    word = "lavender"  # purple, as the models know and the look index does not
    assert [hit["videoNo"] for hit in engine.search(word)] == [video_no]

    engine.pause(paused=True)
    install(models, make_tiny_seen(tmp_path / "made" / "other", model_id="other", seed=2))
    wait_until(lambda: progress(engine) == {"seen": (0, 1)}, "the other one is in use")
    assert [hit["videoNo"] for hit in engine.search(word)] == [video_no]
    assert {row[3] for row in rows(engine)} == {"tiny-seen@1"}

    engine.pause(paused=False)
    wait_until(lambda: {row[3] for row in rows(engine)} == {"other@1"}, "the other one has taken over", 60)
    assert progress(engine) == {"seen": (1, 1)}
    assert [hit["videoNo"] for hit in engine.search(word)] == [video_no]


def test_two_models_are_asked_the_same_before_one_gives_way(
    engine: EngineChild, tmp_path: Path, models: Path, seen: InstalledModel
) -> None:
    install(models, seen)
    for colour in ("red", "green", "blue", "yellow", "purple"):
        picture = make_picture(tmp_path / f"{colour[0]}.png", Scene(1, colour))
        engine.post_parts("/upload_img", [("files", (picture.name, picture.read_bytes(), "image/png"))])
    wait_embedded(engine, seen=(5, 5))
    assert engine.post_json(TRIAL_PATH, {"on": True}).data["on"]
    other = make_tiny_seen(tmp_path / "made" / "other", model_id="other", seed=2, without=["rouge"])
    install(models, other)
    wait_until(lambda: engine.get(TRIAL_PATH).data["after"]["seen"] == "other", "the other one is in use")
    wait_embedded(engine, seen=(5, 5))
    sides = {"before": {"seen": "tiny-seen", "text": ""}, "after": {"seen": "other", "text": ""}}
    assert engine.get(TRIAL_PATH).data == {"on": True, **sides, "done": 5, "total": 5}

    def found(which: str | None) -> list[str]:
        body = json.dumps({"search_param": "rouge", "search_type": "BY_IMAGE"}).encode()
        headers = {"Content-Type": "application/json"} | ({TRIED_HEADER: which} if which else {})
        return [hit["name"] for hit in engine.send("POST", "/search", body, headers).data["item"]]

    def kept() -> set[str]:
        return {row[0] for row in read(engine, "SELECT model FROM image_meanings")}

    assert (found("before"), found("after"), found(None)) == (["r.png"], [], ["r.png"])
    assert kept() == {"tiny-seen@1", "other@1"}
    engine.post_json(TRIAL_PATH, {"on": False})
    wait_until(lambda: kept() == {"other@1"}, "the one before is forgotten", 60)
    assert found(None) == []
    assert engine.post_json(TRIAL_PATH, {}).refusal[1] == "The on parameter cannot be empty!"


def test_a_clip_that_waits_is_read_with_the_model_that_came_meanwhile(
    engine: EngineChild, films: list[Path], models: Path, seen: InstalledModel
) -> None:
    engine.pause(paused=True)
    video_no = engine.add_in_place(films[0])
    install(models, seen)
    engine.pause(paused=False)
    wait_until(lambda: engine.metadata(video_no)["status"] == "PARSE", "it is indexed", 60)
    assert {row[3] for row in rows(engine)} == {"tiny-seen@1"}


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc what a process has loaded")
def test_the_engine_loads_no_model_before_the_first_question(
    tmp_path: Path, models: Path, seen: InstalledModel
) -> None:
    install(models, seen)
    with EngineChild(tmp_path / "data") as engine:
        loaded = Path(f"/proc/{engine.process.pid}/maps")
        wait_embedded(engine, seen=(0, 0))
        assert "onnxruntime" not in loaded.read_text()
        engine.search("rose")
        assert "onnxruntime" in loaded.read_text()
