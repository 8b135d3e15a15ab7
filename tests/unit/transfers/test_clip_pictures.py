"""Strips over hits and sheets of clips: which frames are in them, what is kept, what is never done for them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.local_files import LocalFilesTable
from desktop_search.core.errors import Cancelled, NotFound
from desktop_search.core.hits import BlobRef, Hit
from desktop_search.core.token import CancelToken
from desktop_search.media.frames import timed_frames
from desktop_search.media.stills import Still, stills
from desktop_search.transfers.clip_pictures import SHEET_STILLS, STRIP_STILLS, ClipPictures, SheetStill
from desktop_search.transfers.downloads import FootageFiles
from tests.clips import Clip, Scene, read_frame_number
from tests.clips.fixtures import ClipCache
from tests.fakes.library import FakeLibrary

HIT = Hit("VI1", "boat.mp4", 1000, 5000, library_id="local")


@dataclass
class Desk:
    folder: Path
    catalog: Catalog
    library: FakeLibrary = field(default_factory=FakeLibrary)

    def __post_init__(self) -> None:
        clients, folder = self.library.clients, self.folder
        self.files = FootageFiles(self.catalog, clients, folder / "downloads", folder / "thumbs")
        self.pictures = ClipPictures(self.files)

    def link(self, path: Path, hit: Hit = HIT, start_ms: int = 0) -> None:
        status = path.stat()
        LocalFilesTable(self.catalog).link(
            hit.library_id, hit.video_no, path, status.st_size, status.st_mtime_ns, "", start_ms=start_ms
        )

    def strip(self, hit: Hit = HIT) -> list[int]:
        """The numbers of the frames in it."""
        strip = Image.open(io.BytesIO(self.pictures.strip(hit, CancelToken())))
        width = strip.width // STRIP_STILLS
        cells = (strip.crop((number * width, 0, (number + 1) * width, strip.height)) for number in range(STRIP_STILLS))
        return [read_frame_number(cell) for cell in cells]

    def sheet(
        self, hit: Hit = HIT, shots_ms: Sequence[int] = (), token: CancelToken | None = None
    ) -> list[tuple[int, int]]:
        """Time and frame number of its stills."""
        told: list[tuple[SheetStill, int]] = []
        self.pictures.sheet(hit, shots_ms, token or CancelToken(), told.append)
        assert len({count for _, count in told}) == 1
        return [(still.at_ms, read_frame_number(Image.open(io.BytesIO(still.jpeg)))) for still, _ in told]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(Catalog(tmp_path / "catalog.db")) as catalog:
        yield Desk(tmp_path, catalog)


def long_clip(clips: ClipCache) -> Clip:
    return clips.get("long.mp4", [Scene(8, "navy")], size=(320, 180), gop=50)


def test_a_strip_goes_from_in_to_out(desk: Desk, clips: ClipCache, tmp_path: Path) -> None:
    video = tmp_path / "boat.mp4"
    video.write_bytes(long_clip(clips).path.read_bytes())
    desk.link(video)
    expected = [int((1000 + 250 * number + 0.5) * 25 / 1000) for number in range(STRIP_STILLS)]
    assert desk.strip() == expected
    video.unlink()  # now it comes from the disk
    assert desk.strip() == expected
    with pytest.raises(NotFound, match="not on this computer"):
        desk.strip(replace(HIT, start_ms=1040))


def test_nothing_is_fetched_for_a_strip_or_a_sheet(desk: Desk) -> None:
    desk.library.files["VI1"] = b"film"
    cloud = replace(HIT, library_id="memories.ai", keyframe=BlobRef("b", "key.jpg"))
    for make in (desk.strip, desk.sheet):
        with pytest.raises(NotFound):
            make(cloud)
    assert desk.library.calls == []


def test_a_sheet_of_a_short_clip_is_exact(desk: Desk, clips: ClipCache) -> None:
    desk.link(long_clip(clips).path)
    sheet = desk.sheet()
    assert [number for _, number in sheet] == [int((500 * each + 0.5) * 25 / 1000) for each in range(16)]
    assert [at_ms for at_ms, _ in sheet] == [number * 40 for _, number in sheet]
    assert desk.sheet() == sheet


def test_a_sheet_of_a_long_clip_is_bounded_and_goes_by_key_frames(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    video = tmp_path / "two-hours.mp4"
    two_hours(video)
    decoded = count_decoded(monkeypatch)
    desk.link(video)
    told: list[tuple[SheetStill, int]] = []
    desk.pictures.sheet(HIT, (), CancelToken(), told.append)
    assert len(told) == SHEET_STILLS
    assert [still.at_ms for still, _ in told] == [120_000 * number for number in range(SHEET_STILLS)]
    assert len(decoded) < 12 * SHEET_STILLS  # of 7200


def test_shots_of_a_long_clip_begin_with_their_first_frame(desk: Desk, tmp_path: Path) -> None:
    video = tmp_path / "two-hours.mp4"
    two_hours(video)
    desk.link(video)
    shots = (0, 1_003_000, 5_007_000)  # no key frames
    told: list[tuple[SheetStill, int]] = []
    desk.pictures.sheet(HIT, shots, CancelToken(), told.append)
    times = [still.at_ms for still, _ in told]
    assert set(shots) <= set(times)
    assert len(times) <= SHEET_STILLS
    assert all(at_ms % 10_000 == 0 for at_ms in times if at_ms not in shots)  # the others are key frames


def two_hours(path: Path) -> None:
    """A frame each second, a key frame each ten."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=Fraction(1))
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = 64, 36, "yuv420p"
        stream.options = {"preset": "ultrafast", "g": "10", "keyint_min": "10"}
        picture = np.zeros((36, 64, 3), np.uint8)
        for number in range(7200):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def count_decoded(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    counted: list[int] = []

    def counting(*args: Any) -> Iterator[object]:
        for each in timed_frames(*args):
            counted.append(1)
            yield each

    monkeypatch.setattr("desktop_search.media.stills.timed_frames", counting)
    return counted


def test_a_sheet_that_was_stopped_goes_on(desk: Desk, clips: ClipCache, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.link(long_clip(clips).path)
    token = CancelToken()
    told: list[object] = []

    def stop_after_three(still: object) -> None:
        told.append(still)
        if len(told) == 3:
            token.cancel()

    with pytest.raises(Cancelled):
        desk.pictures.sheet(HIT, (), token, stop_after_three)
    made: list[int] = []

    def counting(path: Path, times_ms: Sequence[int], *rest: Any, **more: Any) -> Iterator[Still]:
        made.append(len(times_ms))
        return stills(path, times_ms, *rest, **more)

    monkeypatch.setattr("desktop_search.transfers.clip_pictures.stills", counting)
    assert len(desk.sheet()) == 16
    assert made == [13]


def test_a_part_that_was_fetched_counts_like_its_original(desk: Desk, clips: ClipCache) -> None:
    hit = replace(HIT, library_id="memories.ai", start_ms=61_000, end_ms=65_000, part_start_ms=60_000)
    desk.library.files["VI1"] = long_clip(clips).path.read_bytes()
    desk.files.video_path(hit, CancelToken(), lambda _progress: None)
    assert desk.strip(hit)[0] == 25
    assert desk.sheet(hit)[:2] == [(60_000, 0), (60_480, 12)]


def test_the_cache_is_bounded(tmp_path: Path, clips: ClipCache) -> None:
    with closing(Catalog(tmp_path / "catalog.db")) as catalog:
        desk = Desk(tmp_path, catalog)
        desk.files = FootageFiles(
            catalog, desk.library.clients, tmp_path / "downloads", tmp_path / "small", thumbnails_max_bytes=150_000
        )
        desk.pictures = ClipPictures(desk.files)
        desk.link(long_clip(clips).path)
        for start_ms in range(0, 3000, 500):
            desk.strip(replace(HIT, start_ms=start_ms))
        desk.sheet()
        assert sum(path.stat().st_size for path in (tmp_path / "small").rglob("*.jpg")) <= 150_000
