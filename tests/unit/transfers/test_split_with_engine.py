"""A minute that a library takes only in three parts: sent, found, and shown from the original at its time."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from desktop_search.core.query import SearchQuery
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import UploadState
from desktop_search.media.frames import frame_at
from desktop_search.transfers.downloads import FootageFiles
from desktop_search.transfers.origins import Origins
from desktop_search.transfers.preparing import Preparer
from desktop_search.transfers.timebases import Timebases
from tests.clips import Scene, Shape, read_frame_number
from tests.clips.fixtures import ClipCache
from tests.clips.make import Clip
from tests.unit.media.proxies import ffmpeg
from tests.unit.transfers.conftest import LocalEngine, QueueBench

WORKSTATION = "http://workstation.example"  # any library but this computer's: the bytes are sent
SCENES = [
    Scene(10, color, shape=shape, shape_color=of)
    for color, shape, of in (
        ("#101018", Shape.NONE, ""),
        ("purple", Shape.BOXES, "white"),
        ("gray", Shape.BOXES, "black"),
        ("#1050a0", Shape.BOAT, "white"),
        ("#101018", Shape.NONE, ""),
        ("green", Shape.BALL, "red"),
    )
]


@pytest.fixture
def bench(tmp_path: Path, engine: LocalEngine) -> Iterator[QueueBench]:
    made = QueueBench(tmp_path / "catalog.db", engine.clients, Preparer(tmp_path / "proxies", max_bytes=1_300_000))
    made.deadline_s = 120.0
    yield made
    made.catalog.close()


def grainy(clip: Clip, target: Path) -> Path:
    """The clip with noise in it, which takes many bytes."""
    noise = ("-vf", "noise=alls=24:allf=t", "-c:v", "mpeg4", "-q:v", "3", "-timecode", "09:59:50;00")
    ffmpeg("-i", clip.path, *noise, target)
    return target


@pytest.mark.slow
def test_a_hit_in_the_last_part_is_that_frame_of_the_original(
    bench: QueueBench, engine: LocalEngine, clips: ClipCache, tmp_path: Path
) -> None:
    options = {"rate": Fraction(30000, 1001), "size": (320, 180), "codec": "mpeg4", "options": {"q:v": "3"}}
    clip = clips.get("minute.mov", SCENES, **options)
    original = grainy(clip, tmp_path / "A001_C003.mov")
    before = original.read_bytes(), original.stat().st_mtime_ns

    bench.add(original, library_id=WORKSTATION)
    with bench.running():
        bench.wait_until_settled()
    rows = bench.queue.items()
    assert [(row.state, row.cause) for row in rows] == [(UploadState.SEARCHABLE, "")] * 3
    starts = [row.part_start_ms for row in rows]
    assert starts == [clip.start_ms(0), clip.start_ms(2), clip.start_ms(4)]
    assert list((tmp_path / "proxies").iterdir()) == []
    assert (original.read_bytes(), original.stat().st_mtime_ns) == before

    token = CancelToken()
    answer = engine.clients(WORKSTATION, token).search(SearchQuery("green"), token)
    hits = Origins(bench.catalog).mapped(WORKSTATION, answer).of_library(WORKSTATION).hits
    hit = min(hits[:3], key=lambda each: each.start_ms)
    assert (hit.video_no, hit.name, hit.part_start_ms) == (rows[2].remote_id, original.name, starts[2])
    files = FootageFiles(bench.catalog, engine.clients, tmp_path / "downloads", tmp_path / "thumbnails")
    path = files.video_path(hit, token, lambda _: None)
    assert path == original
    assert read_frame_number(frame_at(path, files.in_file(hit, path).start_ms)) == clip.starts[5]
    timebase = Timebases(bench.catalog, files.arriving).of_hits([hit], token)[hit.clip]
    assert timebase.format(hit.start_ms) == "10:00:40;00"

    original.rename(tmp_path / "away.mov")
    part = files.video_path(hit, token, lambda _: None)
    assert part != original
    moment = files.in_file(hit, part)
    assert read_frame_number(frame_at(part, moment.start_ms)) == clip.starts[5]
    assert Timebases(bench.catalog, files.arriving).of_file(part).format(moment.start_ms) == "10:00:40;00"
