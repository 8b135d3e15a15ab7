"""Pictures drawn for these tests: textured "scenery" that can be panned over, and frames made of arrays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame

from desktop_search.engine.indexing.decoding import TimedFrame

Pixels = npt.NDArray[np.uint8]


def scenery(seed: int, width: int = 640, height: int = 360) -> Pixels:
    """A picture with large forms, fine texture and colours of its own, different for each seed."""
    random = np.random.default_rng(seed)
    total = np.zeros((height, width, 3), np.float32)
    for cells, strength in ((3, 70.0), (7, 45.0), (20, 30.0), (60, 18.0)):
        coarse = random.normal(0.0, strength, (cells, cells, 3)).astype(np.float32)
        total += cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    tint = random.uniform(70, 170, 3)
    return np.clip(total + tint, 0, 255).astype(np.uint8)


def plain(color: tuple[int, int, int], width: int = 320, height: int = 180) -> Pixels:
    """One colour."""
    return np.full((height, width, 3), color, np.uint8)


def noisy(picture: Pixels, seed: int, strength: float = 3.0) -> Pixels:
    """The picture with the noise of a sensor."""
    noise = np.random.default_rng(seed).normal(0.0, strength, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def view(picture: Pixels, x: float, y: float, width: float) -> Pixels:
    """What a camera sees that looks at (x, y) of a large picture, `width` wide, as grey 192 × 108."""
    scale = 192 / width
    matrix = np.array([[scale, 0, 96 - x * scale], [0, scale, 54 - y * scale]], np.float32)
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    seen: Pixels = cv2.warpAffine(grey, matrix, (192, 108), flags=cv2.INTER_AREA)
    return seen


def as_frames(pictures: Iterable[Pixels], rate: Fraction = Fraction(25)) -> Iterator[TimedFrame]:
    """Pictures as decoded frames at a rate."""
    for number, picture in enumerate(pictures):
        yield TimedFrame(round(Fraction(number * 1000) / rate), VideoFrame.from_ndarray(picture, format="rgb24"))


def write_video(
    path: Path,
    pictures: Iterable[Pixels],
    rate: Fraction = Fraction(25),
    *,
    gop: int = 50,
    codec: str = "libx264",
    options: dict[str, str] | None = None,
) -> Path:
    """A video of these pictures, without sound."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate)
        assert isinstance(stream, av.VideoStream)
        stream.pix_fmt = {"prores": "yuv422p10le", "mjpeg": "yuvj420p"}.get(codec, "yuv420p")
        stream.gop_size = gop
        fast = {"preset": "ultrafast", "crf": "18"} if codec == "libx264" else dict[str, str]()
        stream.options = {**(options or fast)}
        for number, picture in enumerate(pictures):
            if number == 0:
                stream.height, stream.width = picture.shape[:2]
            frame = VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = number, 1 / rate
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def with_face(ground: Pixels, height: int, *, left: int, top: int) -> Pixels:
    """The picture with the head of somebody drawn into it, in front view and `height` pixels high."""
    fine = 8 * height
    head = np.full((fine, fine, 3), 120, np.uint8)
    parts = (  # across, down, half its width and height as shares of the head, and how light
        *((0.0, 0.0, 0.41, 0.5, 62), (0.0, 0.09, 0.34, 0.41, 176), (0.0, -0.13, 0.29, 0.12, 188)),
        *((side * across, down, wide, high, light) for side in (-1, 1) for across, down, wide, high, light in _EYES),
        *((0.0, 0.1, 0.045, 0.14, 189), (0.0, 0.21, 0.08, 0.027, 146), (0.0, 0.31, 0.13, 0.04, 113)),
    )
    for across, down, wide, high, light in parts:
        centre = (round(fine * (0.5 + across)), round(fine * (0.5 + down)))
        cv2.ellipse(head, centre, (round(fine * wide), round(fine * high)), 0, 0, 360, (light,) * 3, -1)
    small = cv2.resize(cv2.GaussianBlur(head, (0, 0), fine * 0.02), (height, height), interpolation=cv2.INTER_AREA)
    oval = np.zeros((height, height), np.uint8)
    cv2.ellipse(oval, (height // 2, height // 2), (round(height * 0.41), height // 2), 0, 0, 360, 1, -1)
    picture = ground.copy()
    picture[top : top + height, left : left + height][oval > 0] = small[oval > 0]
    return picture


_EYES = ((0.15, 0.0, 0.115, 0.06, 79), (0.15, 0.02, 0.055, 0.027, 48), (0.15, -0.07, 0.105, 0.023, 62))
