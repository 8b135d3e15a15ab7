"""Whole files that no camera writes: odd sizes, odd times, odd numbers of tracks. They work, or fail in words."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import ExifTags, Image

from desktop_search.core.token import CancelToken
from desktop_search.engine.indexing.analysis import analyse_image, analyse_video
from desktop_search.engine.indexing.results import VideoAnalysis
from desktop_search.engine.library.worker import Worker
from desktop_search.media.frames import frame_at
from desktop_search.media.stills import stills
from tests.unit.bad_input.bombs import Size, many_tracks
from tests.unit.bad_input.judging import assert_sane, what_becomes
from tests.unit.engine_indexing.drawing import noisy, scenery
from tests.unit.media.remux import remux

HOUR_MS = 3_600_000
_PIXELS = {"ffv1": "bgr0", "rawvideo": "bgr24", "mjpeg": "yuvj444p", "png": "rgb24", "libx264": "yuv444p"}


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    made = Worker(stall_limit_s=20.0)
    yield made
    made.close()


def write(path: Path, times_ms: Sequence[int], *, codec: str = "libx264", size: Size = (160, 90)) -> Path:
    """A video of these frames, whose picture changes after each 25th."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=25)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height = size
        stream.pix_fmt, stream.gop_size = _PIXELS[codec], 12
        stream.options = {"bf": "0"} if codec == "libx264" else {}
        stream.codec_context.time_base = Fraction(1, 1000)
        for number, at_ms in enumerate(times_ms):
            picture = np.ascontiguousarray(noisy(scenery(number // 25, *size), number))
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = at_ms, Fraction(1, 1000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def analyse(path: Path) -> VideoAnalysis:
    found = analyse_video(path, name=path.name, report=lambda done: None, token=CancelToken())
    assert_sane(found)
    return found


@pytest.mark.parametrize("suffix", [".mp4", ".mkv"])
@pytest.mark.parametrize(
    ("times_ms", "starts_ms"),
    [
        ([0], [0]),
        ([hour * HOUR_MS for hour in range(11)], [hour * HOUR_MS for hour in range(11)]),
        ([0, 40, 80, 500, 510, 520, 2000, 2040, 6000, 6010, 7900], [0]),
        ([5_000_000 + 40 * number for number in range(50)], [0, 1000]),
    ],
    ids=["one frame", "ten hours", "variable rate", "late start"],
)
def test_odd_times(tmp_path: Path, suffix: str, times_ms: list[int], starts_ms: list[int]) -> None:
    found = analyse(write(tmp_path / f"odd{suffix}", times_ms))
    assert [one.start_ms for one in found.segments] == starts_ms


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".mov"])
@pytest.mark.parametrize("first_ms", [-1000, -2000])
def test_times_below_zero(worker: Worker, tmp_path: Path, suffix: str, first_ms: int) -> None:
    times_ms = range(first_ms, first_ms + 2000, 40)
    cause = what_becomes(worker, "video", write(tmp_path / f"early{suffix}", times_ms))
    assert not cause or (first_ms == -2000 and "No picture" in cause)  # MP4 says that all of it is to be left out


@pytest.mark.parametrize("times_ms", [[0, 40, 80, 2**40], [*range(0, 2000, 40), *range(10**6, 10**6 + 2000, 40)]])
def test_times_that_jump(tmp_path: Path, times_ms: list[int]) -> None:
    analyse(write(tmp_path / "jump.mkv", times_ms))


def test_ten_hours_of_single_frames(tmp_path: Path) -> None:
    found = analyse(write(tmp_path / "long.mov", [hour * HOUR_MS for hour in range(11)], codec="mjpeg"))
    assert found.info.duration_ms >= 10 * HOUR_MS


@pytest.mark.parametrize("size", [(1, 1), (3, 5), (17, 1001), (16384, 2), (2, 16384)])
@pytest.mark.parametrize(
    ("codec", "suffix"),
    [("ffv1", ".mkv"), ("rawvideo", ".avi"), ("mjpeg", ".mov"), ("png", ".mov"), ("libx264", ".mp4")],
)
def test_odd_sizes(tmp_path: Path, size: Size, codec: str, suffix: str) -> None:
    found = analyse(write(tmp_path / f"odd{suffix}", range(0, 240, 40), codec=codec, size=size))
    assert (found.info.width, found.info.height) == size


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".mov"])
@pytest.mark.parametrize(
    "times_ms",
    [
        [0],
        [hour * HOUR_MS for hour in range(11)],
        [0, 40, 80, 500, 510, 520, 2000, 2040, 6000, 6010, 7900],
        [5_000_000 + 40 * number for number in range(50)],
        [0, 40, 80, 2**40],
        [*range(0, 2000, 40), *range(10**6, 10**6 + 2000, 40)],
    ],
    ids=["one frame", "ten hours", "variable rate", "late start", "one far away", "a jump"],
)
def test_stills_in_one_pass_are_those_found_one_by_one(tmp_path: Path, suffix: str, times_ms: list[int]) -> None:
    path = write(tmp_path / f"odd{suffix}", times_ms)
    asked = sorted({0, 30, *(at_ms - times_ms[0] for at_ms in times_ms), times_ms[-1] + 999_000})
    exact = list(stills(path, asked, 64, CancelToken(), is_exact=True))
    for at_ms, still in zip(asked, exact, strict=True):
        assert np.array_equal(np.asarray(still.picture), np.asarray(frame_at(path, at_ms, 64))), at_ms
    quick = list(stills(path, asked, 64, CancelToken(), is_exact=False))
    assert [still.at_ms for still in quick] == sorted(still.at_ms for still in quick)
    assert all(still.at_ms <= at_ms for at_ms, still in zip(asked, quick, strict=True))


@pytest.mark.parametrize("size", [(1, 1), (3, 5), (16384, 2), (2, 16384)])
def test_stills_of_odd_sizes(tmp_path: Path, size: Size) -> None:
    path = write(tmp_path / "odd.mkv", range(0, 240, 40), codec="ffv1", size=size)
    found = list(stills(path, [0, 100, 9000], 256, CancelToken(), is_exact=True))
    assert [max(still.picture.size) for still in found] == [min(256, max(size))] * 3


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_turned_footage_is_seen_upright(tmp_path: Path, degrees: int) -> None:
    whole = write(tmp_path / "lying.mp4", range(0, 400, 40))
    found = analyse(remux(whole, tmp_path / "turned.mov", rotation_deg=degrees))
    upright = (160, 90) if degrees == 180 else (90, 160)
    assert (found.info.width, found.info.height) == upright
    with Image.open(io.BytesIO(found.segments[0].keyframe_jpeg)) as picture:
        assert picture.size == upright
        colours = np.asarray(picture.convert("RGB").resize((9, 9)), np.int16)
    lying = np.asarray(Image.fromarray(scenery(0, 160, 90)).resize((9, 9)), np.int16)
    turned = [np.abs(np.rot90(lying, turns) - colours).mean() for turns in range(4)]
    assert int(np.argmin(turned)) == degrees // 90


def test_forty_tracks(tmp_path: Path) -> None:
    assert analyse(many_tracks(tmp_path / "tracks.mov", 40)).info.has_audio


@pytest.mark.parametrize("name", ["clip.mp4", "clip.avi", "clip.txt", "clip", "clip.jpg"])
def test_a_wrong_ending(worker: Worker, tmp_path: Path, name: str) -> None:
    path = write(tmp_path / "whole.mkv", range(0, 400, 40)).rename(tmp_path / name)
    cause = what_becomes(worker, "video", path)
    assert ("not a picture" in cause) if name.endswith(".jpg") else not cause


@pytest.mark.parametrize("orientation", range(1, 10))
def test_pictures_are_turned_as_their_camera_says(tmp_path: Path, orientation: int) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    Image.fromarray(scenery(1, 320, 180)).save(tmp_path / "a.jpg", exif=exif)
    found = analyse_image(tmp_path / "a.jpg", name="a")
    assert (found.width, found.height) == ((180, 320) if orientation in {5, 6, 7, 8} else (320, 180))


@pytest.mark.parametrize("kind", ["a.gif", "a.webp", "a.png", "16.png", "palette.png", "alpha.gif", "grey.png"])
def test_odd_pictures_are_read(tmp_path: Path, kind: str) -> None:
    picture, path = Image.fromarray(scenery(1, 320, 180)), tmp_path / kind
    match kind:
        case "16.png":
            Image.fromarray(np.arange(320 * 180, dtype=np.uint16).reshape(180, 320)).save(path)
        case "palette.png":
            picture.quantize(16).save(path)
        case "alpha.gif":
            picture.quantize(16).save(path, transparency=3)
        case "grey.png":
            picture.convert("LA").save(path)
        case _:
            others = [Image.fromarray(scenery(seed, 320, 180)) for seed in (2, 3)]
            picture.save(path, save_all=True, append_images=others)
    assert analyse_image(path, name=kind).words


@pytest.mark.parametrize("size", [(1, 1), (16384, 2), (2, 60_000)])
def test_odd_sizes_of_pictures(tmp_path: Path, size: Size) -> None:
    Image.new("RGB", size, "red").save(tmp_path / "a.png")
    assert "red" in analyse_image(tmp_path / "a.png", name="a").words
