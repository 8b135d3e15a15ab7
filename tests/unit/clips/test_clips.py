"""The made clips are what they say: every frame numbered, scenes where they should be, words spoken."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QImage

from tests.clips import Scene, Shape, clip_frame, make_clip, make_picture, read_code, read_frame_number, to_pixels
from tests.clips.fixtures import ClipCache


def decoded(path: Path) -> list[Image.Image]:
    with av.open(str(path)) as container:
        return [Image.fromarray(frame.to_ndarray(format="rgb24")) for frame in container.decode(video=0)]


def test_every_frame_of_a_compressed_clip_carries_its_number(clips: ClipCache) -> None:
    clip = clips.harbour()
    frames = decoded(clip.path)
    assert [read_frame_number(frame) for frame in frames] == list(range(clip.frame_count))
    assert {code.clip for frame in frames if (code := read_code(frame))} == {1}


@pytest.mark.parametrize("scale", [0.5, 0.61, 0.83, 1.0, 1.37, 2.0])
def test_numbers_are_read_from_anywhere_in_a_scaled_picture(clips: ClipCache, scale: float) -> None:
    frame = decoded(clips.harbour().path)[117]
    shown = frame.resize((round(640 * scale), round(360 * scale)), Image.Resampling.BILINEAR)
    screen = Image.new("RGB", (1440, 900), "#202428")
    screen.paste(shown, (93, 57))
    code = read_code(screen)
    assert code is not None
    assert code.frame == 117
    assert abs(code.left - 93) <= 3
    assert abs(code.bottom - (57 + round(360 * scale))) <= 3


def test_a_picture_of_qt_is_read_alike(clips: ClipCache) -> None:
    frame = decoded(clips.harbour().path)[42].crop((0, 0, 639, 360))
    image = QImage(frame.tobytes(), 639, 360, 639 * 3, QImage.Format.Format_RGB888)
    assert np.array_equal(to_pixels(image), np.asarray(frame))


def test_a_picture_without_a_number_says_so() -> None:
    with pytest.raises(ValueError, match="no numbered frame"):
        read_frame_number(Image.effect_noise((640, 360), 90))


def test_scenes_begin_where_the_clip_says_and_look_as_drawn(clips: ClipCache) -> None:
    clip = clips.harbour()
    frames = decoded(clip.path)
    assert clip.starts == (0, 100, 200)
    assert clip.start_ms(2) == 8000
    for number in (0, 99, 100, 199, 200, 299):
        difference = np.abs(to_pixels(frames[number]).astype(int) - to_pixels(clip_frame(clip, number)))
        assert difference.mean() < 6


def test_speech_lies_where_it_was_put(clips: ClipCache) -> None:
    with av.open(str(clips.harbour().path)) as container:
        heard = np.concatenate([frame.to_ndarray().ravel() for frame in container.decode(audio=0)])
    loud = [float(np.abs(heard[round(s * 16000) : round((s + 0.5) * 16000)]).mean()) for s in (0, 1, 4, 5, 9)]
    assert min(loud[1], loud[3]) > 10 * max(loud[0], loud[2], loud[4])


def test_rate_timecode_and_container_are_as_asked(tmp_path: Path) -> None:
    rate = Fraction(30000, 1001)
    clip = make_clip(
        tmp_path / "a.mov", [Scene(1, "red", shape=Shape.BALL)], rate, (320, 240), gop=5, timecode="01:00:00;02"
    )
    with av.open(str(clip.path)) as container:
        assert container.streams.video[0].average_rate == rate
        assert container.streams.video[0].metadata["timecode"] == "01:00:00;02"
        keys = [packet.pts for packet in container.demux(video=0) if packet.is_keyframe and packet.size]
    assert len(keys) == 6
    assert clip.frame_count == 30


def test_the_same_clip_is_made_once(clips: ClipCache) -> None:
    first = clips.silent()
    stamp = first.path.stat().st_mtime_ns
    assert clips.silent() == first
    assert first.path.stat().st_mtime_ns == stamp


def test_pictures_carry_what_the_camera_says(tmp_path: Path) -> None:
    path = make_picture(
        tmp_path / "a.jpg",
        Scene(1, "orange"),
        camera=("Fujifilm", "X100V"),
        taken=datetime(2026, 3, 1, 12, 30, 5),  # noqa: DTZ001 - a camera's wall time has no zone
        place=(-33.8568, 151.2153),
    )
    with Image.open(path) as image:
        exif = image.getexif()
    assert exif[0x0110] == "X100V"
    assert exif.get_ifd(0x8769)[0x9003] == "2026:03:01 12:30:05"
    gps = exif.get_ifd(0x8825)
    assert (gps[1], gps[3]) == ("S", "E")
    assert float(gps[2][0] + gps[2][1] / 60 + gps[2][2] / 3600) == pytest.approx(33.8568, abs=1e-5)
