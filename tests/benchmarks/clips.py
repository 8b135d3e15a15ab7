"""Clips like those that cameras and the web deliver, made once and kept in the system's folder for passing files."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]

RATE = Fraction(25)
_GRAIN = 5.0  # spread of the noise, of 255: what makes key frames as large as a camera's
_PAN_PX = 3  # each frame, for 1080p


@dataclass(frozen=True, slots=True)
class Kind:
    """How a clip is encoded. `options` are those of FFmpeg's encoder; `shot_s` is the time from cut
    to cut: cameras deliver single takes, the web what was edited.
    """

    name: str
    suffix: str
    codec: str
    size: tuple[int, int]
    pixel_format: str
    options: dict[str, str]
    shot_s: float = 3600


DENSE = Kind(
    "1080p H.264, a key frame every 12 frames",
    ".mp4",
    "libx264",
    (1920, 1080),
    "yuv420p",
    {"preset": "veryfast", "b": "25M", "g": "12", "bf": "2"},
)
SPARSE = Kind(
    "1080p H.264, a key frame every 250 frames",
    ".mp4",
    "libx264",
    (1920, 1080),
    "yuv420p",
    {"preset": "veryfast", "b": "7M", "g": "250", "sc_threshold": "0"},
    4.4,
)
HEVC = Kind(
    "4K HEVC 10-bit, a key frame every 25 frames",
    ".mp4",
    "libx265",
    (3840, 2160),
    "yuv420p10le",
    {"preset": "ultrafast", "b": "60M", "g": "25", "x265-params": "log-level=none"},
)
HEVC_CUT = replace(HEVC, name=f"{HEVC.name}, with a cut", shot_s=31.4)  # not at a key frame
PRORES = Kind("1080p ProRes HQ", ".mov", "prores_ks", (1920, 1080), "yuv422p10le", {"profile": "3"})


def clip(kind: Kind, seconds: float) -> Path:
    """The clip of this kind and length; made when it is not there yet, which takes up to some minutes."""
    folder = Path(tempfile.gettempdir()) / "desktop-search-benchmark-clips"
    folder.mkdir(exist_ok=True)
    shape = f"{kind.codec}-{kind.size[1]}-{kind.options.get('g', 'intra')}-{kind.shot_s:.0f}s-{seconds:.0f}s"
    path = folder / f"{shape}{kind.suffix}"
    if not path.exists():
        unfinished = folder / f"unfinished-{os.getpid()}{kind.suffix}"
        _write(unfinished, kind, round(seconds * RATE))
        unfinished.rename(path)
    return path


def _write(path: Path, kind: Kind, count: int) -> None:
    with av.open(str(path), "w") as container:
        stream = container.add_stream(kind.codec, rate=RATE)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height = kind.size
        stream.pix_fmt = kind.pixel_format
        stream.options = dict(kind.options)
        for number, picture in enumerate(_pictures(kind.size, count, round(kind.shot_s * RATE))):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = number, 1 / RATE
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def _pictures(size: tuple[int, int], count: int, shot_frames: int) -> Iterator[Pixels]:
    """Shots of textured ground that the camera pans over, each with the grain of a sensor."""
    width, height = size
    step = _PAN_PX * width // 1920
    random = np.random.default_rng(1)
    shot_frames = min(shot_frames, count)
    grain = random.normal(0.0, _GRAIN, (height, width + 512, 1)).astype(np.int16)
    ground = _ground(0, width, height)
    for number in range(count):
        shot, within = divmod(number, shot_frames)
        if within == 0:
            ground = _ground(shot, width + step * shot_frames, height)
        rolled = grain[:, (number * 97) % 512 :][:, :width]
        yield np.clip(ground[:, within * step :][:, :width] + rolled, 0, 255).astype(np.uint8)


def _ground(seed: int, width: int, height: int) -> Pixels:
    random = np.random.default_rng(seed)
    total = np.zeros((height, width, 3), np.float32)
    for cells, strength in ((3, 70.0), (7, 45.0), (20, 30.0), (60, 18.0), (240, 9.0)):
        coarse = random.normal(0.0, strength, (cells, cells, 3)).astype(np.float32)
        total += cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.clip(total + random.uniform(70, 170, 3), 0, 255).astype(np.uint8)
