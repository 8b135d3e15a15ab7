"""The line breaks while a file is sent: the queue finds what has arrived, and sends what has not. Never both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop_search.api.client import VisualSearchClient
from desktop_search.catalog.database import Catalog
from desktop_search.core.footage import FootageDetails
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import UploadState
from desktop_search.transfers.preparing import Preparer
from desktop_search.transfers.upload_queue import UploadQueue
from tests.clips.fixtures import ClipCache
from tests.contract.engine_child import EngineChild
from tests.support.queue_work import at_work
from tests.support.relay import Cut, Relay, relay
from tests.support.waiting import wait_until

SIZE = 8_000_000
BEFORE_THE_ANSWER = Cut()


@pytest.fixture
def path(tmp_path: Path, clips: ClipCache) -> Path:
    """A clip of eight megabytes: a box that players pass over."""
    file = tmp_path / "boat.mp4"
    clip = clips.silent().path.read_bytes()
    room = SIZE - len(clip)
    file.write_bytes(clip + room.to_bytes(4, "big") + b"free" + bytes(room - 8))
    return file


@pytest.fixture
def line(tmp_path: Path) -> Iterator[tuple[EngineChild, Relay]]:
    with EngineChild(tmp_path / "engine") as engine, relay(engine.url) as made:
        yield engine, made


@pytest.mark.parametrize(
    ("cuts", "uploads"),
    [
        pytest.param([BEFORE_THE_ANSWER], 1, id="before the answer"),
        pytest.param([Cut(1_000_000)], 2, id="in the middle"),
        pytest.param([Cut(1), BEFORE_THE_ANSWER], 2, id="twice"),
    ],
)
def test_a_file_whose_line_is_cut_arrives_once(
    line: tuple[EngineChild, Relay], path: Path, tmp_path: Path, cuts: list[Cut], uploads: int
) -> None:
    engine, cut_line = line
    cut_line.cuts.extend(cuts)
    with closing(Catalog(tmp_path / "catalog.db")) as catalog:
        client = VisualSearchClient(cut_line.url, engine.key)
        queue = UploadQueue(
            catalog,
            lambda _library_id, _token: client,
            is_paid=lambda _: False,
            proxies=Preparer(tmp_path / "proxies"),
            poll_remote_s=0.1,
        )
        queue.add([path], cut_line.url, FootageDetails(), CancelToken(), lambda _: None)
        with at_work(queue, lambda _: None):
            wait_until(lambda: queue.items()[0].state is UploadState.SEARCHABLE, "it is searchable", 120)
        client.close()
    page = engine.post_json("/list_videos", {}).data
    assert [video["size"] for video in page["videos"]] == [SIZE]
    assert cut_line.uploads == uploads
    assert not cut_line.cuts
