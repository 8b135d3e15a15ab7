"""What an earlier version indexed is indexed again in the background, and is found by the old index until then."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from desktop_search.engine.indexing.results import INDEX_VERSION
from tests.clips.fixtures import ClipCache
from tests.contract.engine_child import EngineChild
from tests.support.waiting import wait_until


def test_an_older_index_answers_until_the_new_one_is_there(clips: ClipCache, tmp_path: Path) -> None:
    clip, data_dir = clips.harbour(), tmp_path / "data"
    with EngineChild(data_dir) as engine:
        video_no = engine.add_in_place(clip.path)
        assert engine.wait_indexed(video_no)["status"] == "PARSE"
        found = starts(engine)
        assert found
    pretend_older(data_dir / "library.db")
    with EngineChild(data_dir) as engine:
        engine.pause(paused=True)
        assert starts(engine) == found
        assert engine.metadata(video_no)["status"] == "PARSE"
        assert version(data_dir / "library.db") == INDEX_VERSION - 1
        engine.pause(paused=False)
        wait_until(lambda: version(data_dir / "library.db") == INDEX_VERSION, "it is indexed again")
        assert starts(engine) == found
        assert engine.metadata(video_no)["status"] == "PARSE"


def starts(engine: EngineChild) -> list[str]:
    """Where the shots begin that a search finds."""
    hits = engine.search("white boat on blue sea", search_type="BY_CLIP", unique_id="default")
    return [str(hit["startTime"]) for hit in hits]


def pretend_older(record: Path) -> None:
    with closing(sqlite3.connect(record)) as connection, connection:
        connection.execute("UPDATE videos SET index_version = ?", (INDEX_VERSION - 1,))


def version(record: Path) -> int:
    with closing(sqlite3.connect(record)) as connection:
        return int(connection.execute("SELECT index_version FROM videos").fetchone()[0])
