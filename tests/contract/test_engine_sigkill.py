"""Killed again and again while it stores, indexes and deletes: what was acknowledged is there, and nothing else."""

from __future__ import annotations

import contextlib
import http.client
import random
import shutil
import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.clips import Scene
from tests.clips.fixtures import ClipCache
from tests.contract.engine_child import EngineChild

KILLS, SEED = 26, 20
_GONE = (OSError, http.client.HTTPException)  # what a client sees of a killed engine


@dataclass
class _Ledger:
    """What a client knows. Videos have names of their own; ids are known once they were acknowledged."""

    content: bytes
    random: random.Random
    asked: set[str] = field(default_factory=set)  # names that were sent
    there: dict[str, str] = field(default_factory=dict)  # id to name, acknowledged
    deleting: set[str] = field(default_factory=set)  # ids; whether that was heard is not known
    deleted: set[str] = field(default_factory=set)
    searchable: set[str] = field(default_factory=set)  # ids that were seen to be

    def work(self, engine: EngineChild) -> None:
        """Upload and delete until the engine is gone."""
        with contextlib.suppress(*_GONE):
            while True:
                if self.random.random() < len(self.there) / 50:  # some 25 are there in the long run
                    self._delete(engine)
                else:
                    self._upload(engine)
                self.searchable |= {no for no, row in _list(engine).items() if row["status"] == "PARSE"}

    def _upload(self, engine: EngineChild) -> None:
        name = f"clip {len(self.asked)}"
        self.asked.add(name)
        own = (8 + len(name)).to_bytes(4, "big") + b"free" + name.encode()  # a box that players skip
        answer = engine.post_parts("/upload", [("file", (f"{name}.mp4", self.content + own, "video/mp4"))])
        self.there[answer.data["videoNo"]] = name

    def _delete(self, engine: EngineChild) -> None:
        video_no = self.random.choice(sorted(self.there))
        self.deleting.add(video_no)
        del self.there[video_no]
        assert engine.post_json("/delete_videos?unique_id=default", [video_no]).data is None
        self.deleting.discard(video_no)
        self.deleted.add(video_no)

    def check(self, engine: EngineChild) -> None:
        """Right after a start: all that was acknowledged is there, as far as it was."""
        rows = _list(engine)
        assert set(self.there) <= set(rows)
        assert not self.deleted & set(rows)
        assert {row["video_name"] for row in rows.values()} <= self.asked
        assert len({row["video_name"] for row in rows.values()}) == len(rows)
        again = {no for no in self.searchable & set(rows) if rows[no]["status"] != "PARSE"}
        assert not again, "indexed once, and to be indexed again"


def _list(engine: EngineChild) -> dict[str, dict[str, Any]]:
    data = engine.post_json("/list_videos", {"unique_id": "default", "page_size": 200}).data
    assert int(data["total_count"]) == len(data["videos"])
    return {row["video_no"]: row for row in data["videos"]}


def _assert_whole(data_dir: Path, scratch: Path) -> None:
    """The record as the kill left it, in a copy: looking at it must not repair it."""
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    for file in data_dir.glob("library.db*"):
        shutil.copy(file, scratch)
    with closing(sqlite3.connect(scratch / "library.db")) as record:
        assert record.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert record.execute("PRAGMA foreign_key_check").fetchall() == []
        if record.execute("PRAGMA user_version").fetchone()[0]:
            record.execute("INSERT INTO utterance_grams (utterance_grams) VALUES ('integrity-check')")


def _assert_no_orphans(data_dir: Path) -> None:
    with closing(sqlite3.connect(data_dir / "library.db")) as record:
        stored = {Path(row[0].decode()).name for row in record.execute("SELECT file FROM videos")}
        ids = {f"VI{row[0]}" for row in record.execute("SELECT id FROM videos")}
        assert record.execute("SELECT * FROM leftovers").fetchall() == []
    assert {file.name for file in (data_dir / "videos").iterdir()} == stored
    assert {folder.name for folder in (data_dir / "keyframes").iterdir()} == ids
    assert list((data_dir / "incoming").iterdir()) == []


@pytest.mark.slow
def test_kills_lose_nothing_that_was_acknowledged(tmp_path: Path, clips: ClipCache) -> None:
    tiny = clips.get("tiny.mp4", [Scene(0.2, "purple")], size=(96, 64), numbered=False)
    chance = random.Random(SEED)
    ledger = _Ledger(tiny.path.read_bytes(), random.Random(SEED))
    for number in range(KILLS):
        with EngineChild(tmp_path / "data") as engine:
            ledger.check(engine)
            client = threading.Thread(target=ledger.work, args=(engine,))
            client.start()
            client.join(chance.uniform(0.0, 2.5 if number % 9 == 8 else 0.4))  # now and then something is indexed
            engine.process.kill()
            engine.process.wait(30)
            client.join(60)
        _assert_whole(tmp_path / "data", tmp_path / "copy")
    with EngineChild(tmp_path / "data") as engine:
        ledger.check(engine)
        for video_no, name in ledger.there.items():
            assert engine.wait_indexed(video_no)["status"] == "PARSE"
            content = engine.post_json("/download", {"video_no": video_no}).body
            assert content.startswith(ledger.content)
            assert content.endswith(name.encode())
        for video_no in _list(engine):
            assert engine.wait_indexed(video_no)["status"] == "PARSE"
        assert engine.search("purple")
    assert len(ledger.asked) >= 30, "too few clips to mean anything"
    assert ledger.deleted
    _assert_whole(tmp_path / "data", tmp_path / "copy")
    _assert_no_orphans(tmp_path / "data")
