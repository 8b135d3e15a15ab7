"""The frame that is shown is the frame that was asked for, in every container and shape."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path

import pytest
from PIL import Image

from desktop_search.core.errors import FileProblem
from desktop_search.core.timecode import Timebase
from desktop_search.media.frames import frame_at, jpeg_thumbnail, picture_thumbnail
from tests.clips import Clip, Scene, Shape, read_frame_number
from tests.clips.fixtures import ClipCache
from tests.unit.media.remux import remux

NTSC = Fraction(30000, 1001)
SCENES = [Scene(3, "skyblue", "navy", Shape.BOAT, "white"), Scene(3, "#a0d0ff", "green", Shape.BALL, "red")]

VARIANTS: dict[str, dict[str, object]] = {
    "short-gop.mp4": {"rate": Fraction(25), "gop": 12},
    "long-gop-b-frames.mp4": {"rate": Fraction(25), "gop": 600, "options": {"bf": "4", "b-pyramid": "normal"}},
    "open-gop.mp4": {"rate": Fraction(25), "gop": 20, "options": {"bf": "3", "x264-params": "open-gop=1:scenecut=0"}},
    "camera.ts": {"rate": Fraction(25), "gop": 30, "options": {"bf": "3", "x264-params": "open-gop=1"}},
    "half-pictures.mkv": {"rate": Fraction(25), "gop": 50, "options": {"bf": "2", "x264-params": "tff=1"}},
    "ntsc.mov": {"rate": NTSC, "gop": 300, "options": {"bf": "3"}},
    "ntsc.mkv": {"rate": NTSC, "gop": 90, "options": {"bf": "3"}},
    "film.mkv": {"rate": Fraction(24000, 1001), "gop": 48},
    "mpeg4.avi": {"rate": Fraction(25), "gop": 30, "codec": "mpeg4", "options": {"bf": "2", "b": "4M"}},
    "h264.avi": {"rate": Fraction(25), "gop": 50, "options": {"bf": "2"}},
    "hevc-open-gop.mp4": {
        "rate": NTSC,
        "gop": 30,
        "codec": "libx265",
        "options": {"preset": "ultrafast", "x265-params": "log-level=none:open-gop=1:bframes=4"},
    },
    "vp9.mkv": {"rate": Fraction(25), "gop": 60, "codec": "libvpx-vp9", "options": {"deadline": "realtime", "b": "2M"}},
    "intra.mov": {"rate": Fraction(25), "gop": 1, "codec": "mpeg4", "options": {"b": "8M"}},
    "fast.mp4": {"rate": Fraction(60000, 1001), "gop": 120, "options": {"bf": "3"}},
}


def made(clips: ClipCache, name: str) -> Clip:
    options = {"size": (320, 180), **VARIANTS[name]}
    return clips.get(name, SCENES, **options)


def wanted(clip: Clip) -> list[int]:
    """Frames at the ends, at the cut, and in between, in an order that makes every seek go somewhere else."""
    cut, last = clip.starts[1], clip.frame_count - 1
    return [last, 0, cut, cut - 1, 1, cut + 1, last - 1, cut // 2, cut + 17, 2, cut // 2 + 1]


@pytest.mark.parametrize("name", VARIANTS)
def test_it_is_the_frame_on_screen(clips: ClipCache, name: str) -> None:
    clip = made(clips, name)
    timebase = Timebase(clip.rate)
    shown = [read_frame_number(frame_at(clip.path, timebase.time_ms(number))) for number in wanted(clip)]
    assert shown == wanted(clip)


@pytest.mark.parametrize("name", ["ntsc.mov", "fast.mp4", "ntsc.mkv"])
def test_every_millisecond_agrees_with_the_timecode(clips: ClipCache, name: str) -> None:
    clip = made(clips, name)
    timebase = Timebase(clip.rate)
    times = [*range(0, 70, 7), *range(2980, 3040, 9)]
    assert [read_frame_number(frame_at(clip.path, at)) for at in times] == [timebase.frame_at(at) for at in times]


@pytest.mark.parametrize(("name", "target"), [("ntsc.mkv", "late.mkv"), ("long-gop-b-frames.mp4", "late.mov")])
def test_time_counts_from_the_first_frame(clips: ClipCache, tmp_path: Path, name: str, target: str) -> None:
    clip = made(clips, name)
    late = remux(clip.path, tmp_path / target, start_s=7.5)
    timebase = Timebase(clip.rate)
    for number in (0, 1, clip.starts[1] - 1, clip.starts[1], clip.frame_count - 1):
        assert read_frame_number(frame_at(late, timebase.time_ms(number))) == number


@pytest.mark.parametrize("at_ms", [-5000, 0])
def test_before_the_start_is_the_first_frame(clips: ClipCache, at_ms: int) -> None:
    assert read_frame_number(frame_at(made(clips, "short-gop.mp4").path, at_ms)) == 0


@pytest.mark.parametrize("name", ["short-gop.mp4", "h264.avi", "ntsc.mkv"])
def test_after_the_end_is_the_last_frame(clips: ClipCache, name: str) -> None:
    clip = made(clips, name)
    for at_ms in (clip.duration_ms, clip.duration_ms + 60_000, 2**40):
        assert read_frame_number(frame_at(clip.path, at_ms)) == clip.frame_count - 1


@pytest.mark.parametrize(("turn", "back"), [(90, -90), (-90, 90), (180, 180)])
def test_rotation_is_applied(clips: ClipCache, tmp_path: Path, turn: int, back: int) -> None:
    clip = made(clips, "short-gop.mp4")
    turned = frame_at(remux(clip.path, tmp_path / "turned.mp4", rotation_deg=turn), 0)
    straight = frame_at(clip.path, 0)
    assert turned.size == (straight.size if turn == 180 else straight.size[::-1])
    assert turned.rotate(back, expand=True).tobytes() == straight.tobytes()


def test_a_frame_can_be_asked_for_small(clips: ClipCache) -> None:
    path = made(clips, "short-gop.mp4").path
    assert frame_at(path, 0, 160).size == (160, 90)
    assert frame_at(path, 0, 4000).size == (320, 180)
    with Image.open(io.BytesIO(jpeg_thumbnail(path, 3000, 64))) as picture:
        assert (picture.format, picture.size) == ("JPEG", (64, 36))


def test_pixels_that_are_not_square_are_made_so(clips: ClipCache) -> None:
    wide = clips.get("anamorphic.mp4", [Scene(1, "purple")], size=(320, 180), options={"x264-params": "sar=4/3"})
    assert frame_at(wide.path, 0).size == (427, 180)


def test_a_picture_is_turned_upright_and_made_small(tmp_path: Path) -> None:
    file = tmp_path / "portrait.jpg"
    picture = Image.new("RGB", (400, 200), "red")
    exif = picture.getexif()
    exif[0x0112] = 6
    picture.save(file, exif=exif)
    with Image.open(io.BytesIO(picture_thumbnail(file, 100))) as small:
        assert small.size == (50, 100)


def test_transparency_becomes_black(tmp_path: Path) -> None:
    file = tmp_path / "logo.png"
    Image.new("RGBA", (10, 10), (255, 255, 255, 0)).save(file)
    with Image.open(io.BytesIO(picture_thumbnail(file, 100))) as small:
        assert small.getpixel((5, 5)) == (0, 0, 0)


def test_a_damaged_spot_costs_only_the_frames_in_it(clips: ClipCache, tmp_path: Path) -> None:
    clip = made(clips, "short-gop.mp4")
    data = bytearray(clip.path.read_bytes())
    spot = slice(len(data) // 3, len(data) // 3 + 2000)
    data[spot] = bytes(spot.stop - spot.start)
    (tmp_path / "scratched.mp4").write_bytes(data)
    for number in (0, 1, clip.frame_count - 2, clip.frame_count - 1):
        assert read_frame_number(frame_at(tmp_path / "scratched.mp4", number * 40)) == number
    for number in range(clip.frame_count):
        assert frame_at(tmp_path / "scratched.mp4", number * 40).size == clip.size


def test_a_damaged_file_has_no_frame(tmp_path: Path) -> None:
    file = tmp_path / "noise.mp4"
    file.write_bytes(b"\xa5" * 5000)
    with pytest.raises(FileProblem, match="not a video"):
        frame_at(file, 0)
