"""A disk that takes neither what was found in a file nor why there is nothing: it is read again once there is room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_search.engine.library.files import Files
from desktop_search.engine.library.indexer import Indexer
from desktop_search.engine.store.rows import PARSE
from desktop_search.engine.store.store import Store
from tests.clips.fixtures import ClipCache
from tests.support.logs import ExpectedLogs
from tests.support.waiting import wait_until
from tests.unit.engine_library.test_search import VIDEO


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path / "library.db")
    made.namespaces.ensure("default", 1)
    yield made
    made.close()


def test_what_could_not_be_stored_is_taken_up_again(
    store: Store, tmp_path: Path, clips: ClipCache, expected_logs: ExpectedLogs
) -> None:
    files = Files(tmp_path)
    files.create()
    store.videos.add(replace(VIDEO, status="UNPARSE", file=clips.silent().path, name="silent.mp4"))
    with store.database.writing() as connection:
        connection.execute(
            "CREATE TEMP TRIGGER full BEFORE UPDATE ON main.videos BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
        )
    indexer = Indexer(store, files, video_workers=1)
    expected_logs.expect("could not be stored")
    indexer.add_video(VIDEO.video_id)
    wait_until(lambda: not indexer.is_busy(VIDEO.video_id), "it was read")
    indexer.take_up_unstored()
    wait_until(lambda: not indexer.is_busy(VIDEO.video_id), "it was read once more")
    with store.database.writing() as connection:
        connection.execute("DROP TRIGGER full")
    indexer.take_up_unstored()
    wait_until(lambda: _status(store) == PARSE, "it is searchable")
    indexer.close()


def _status(store: Store) -> str:
    video = store.videos.get(VIDEO.video_id)
    assert video is not None
    return video.status
