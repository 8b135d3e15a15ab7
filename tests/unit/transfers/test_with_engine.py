"""The queue and the files with the real engine, as a process of its own, over HTTP."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from desktop_search.core.errors import NotFound
from desktop_search.core.hits import Hit, ImageHit
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import UploadState
from desktop_search.transfers.downloads import FootageFiles
from tests.clips import Scene, make_picture, read_frame_number
from tests.unit.transfers.conftest import LocalEngine, QueueBench

Footage = Callable[[str], Path]


@pytest.fixture
def bench(tmp_path: Path, engine: LocalEngine) -> Iterator[QueueBench]:
    made = QueueBench(tmp_path / "catalog.db", engine.clients)
    made.deadline_s = 120.0
    yield made
    made.catalog.close()


def test_a_video_and_a_picture_become_searchable_and_can_be_seen(
    bench: QueueBench, engine: LocalEngine, footage: Footage, tmp_path: Path
) -> None:
    video = footage(os.fsdecode(b"b\xc3\xb6at 100% #1\n.mp4"))
    picture = make_picture(tmp_path / "boat.png", Scene(1, "navy"), size=(400, 300))
    bench.add(video, picture)
    with bench.running():
        bench.wait_until_settled()
    rows = {item.path: item for item in bench.queue.items()}
    assert {item.state for item in rows.values()} == {UploadState.SEARCHABLE}, rows
    assert bench.states_reported(video.name) == ["sending", "indexing", "searchable"]

    token = CancelToken()
    files = FootageFiles(bench.catalog, engine.clients, tmp_path / "downloads", tmp_path / "thumbnails")
    hit = Hit(rows[video].remote_id, video.name, 1000, library_id="local")
    assert files.video_path(hit, token, lambda _: None) == video
    with Image.open(io.BytesIO(files.thumbnail(hit, 320, token))) as seen:
        assert read_frame_number(seen) == 25
    image = ImageHit(rows[picture].remote_id, picture.name, library_id="local")
    assert files.image_path(image, token) == picture
    with Image.open(io.BytesIO(files.thumbnail(image, 100, token))) as seen:
        assert seen.size == (100, 75)


def test_an_original_that_was_moved_away_is_said_with_its_place(
    bench: QueueBench, engine: LocalEngine, footage: Footage, tmp_path: Path
) -> None:
    path = footage("boat.mp4")
    bench.add(path)
    with bench.running():
        bench.wait_until_settled()
    (item,) = bench.queue.items()
    path.rename(tmp_path / "elsewhere.mp4")
    files = FootageFiles(bench.catalog, engine.clients, tmp_path / "downloads", tmp_path / "thumbnails")
    with pytest.raises(NotFound) as caught:
        files.video_path(Hit(item.remote_id, path.name, 0, library_id="local"), CancelToken(), lambda _: None)
    assert str(path) in caught.value.hint


def test_without_its_original_a_video_is_fetched_from_the_engine(
    bench: QueueBench, engine: LocalEngine, footage: Footage, tmp_path: Path
) -> None:
    """As for another desktop of a team, that asks this engine."""
    path = footage("boat.mp4")
    bench.add(path, library_id="http://workstation.example")  # any id but this computer's: the bytes are sent
    with bench.running():
        bench.wait_until_settled()
    (item,) = bench.queue.items()
    assert (item.state, item.cause) == (UploadState.SEARCHABLE, "")
    files = FootageFiles(bench.catalog, engine.clients, tmp_path / "downloads", tmp_path / "thumbnails")
    progress: list[tuple[int, int | None]] = []
    copy = files.video_path(
        Hit(item.remote_id, item.path.name, 0, library_id="elsewhere"), CancelToken(), progress.append
    )
    assert copy != path
    assert copy.read_bytes() == path.read_bytes()
    assert progress[-1][0] == path.stat().st_size


def test_an_engine_that_is_killed_is_started_again_and_the_rest_goes_on(
    bench: QueueBench, engine: LocalEngine, footage: Footage
) -> None:
    bench.add(*(footage(f"{number}.mp4") for number in range(4)))
    with bench.running():
        bench.wait_for(lambda: UploadState.INDEXING in {item.state for item in bench.queue.items()})
        pid = engine.process.pid
        assert pid is not None
        os.kill(pid, 9)
        bench.wait_until_settled()
    assert set(bench.states().values()) == {"searchable"}
    client = engine.clients("local", CancelToken())
    videos, _ = client.list_videos("default")
    assert len(videos) == 4


def test_a_lost_answer_is_looked_up_by_what_the_engine_calls_the_video(
    bench: QueueBench, engine: LocalEngine, footage: Footage
) -> None:
    path = footage("boat.with dots.mp4")
    (item,) = bench.add(path).added
    client = engine.clients("local", CancelToken())
    client.upload_url(path.as_uri(), item.details)  # the program ended before it saw the answer
    bench.mark_maybe_sent(item)
    with bench.running():
        bench.wait_until_settled()
    assert bench.states() == {path.name: "searchable"}
    assert client.list_videos("default")[1] == 1
