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
