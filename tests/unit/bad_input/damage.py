"""Small whole clips, and the same ones damaged in the ways disks, cards and copies damage them."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np

from tests.unit.engine_indexing.drawing import noisy, scenery

RATE, FRAMES, SOUND_HZ = 25, 50, 16_000
_CODECS = {
    "mp4": ("libx264", "yuv420p", "aac"),
    "mov": ("mjpeg", "yuvj420p", "pcm_s16le"),
    "mkv": ("libx264", "yuv420p", "aac"),
    "avi": ("mpeg4", "yuv420p", "mp3"),
}


def whole_clip(path: Path, *, frames: int = FRAMES) -> Path:
    """Two seconds with a cut at one second and a tone; the suffix chooses container and codecs."""
    video_codec, pixel_format, audio_codec = _CODECS[path.suffix[1:]]
    grounds = [scenery(seed, 160, 90) for seed in (1, 2)]
    with av.open(str(path), "w") as container:
        video = container.add_stream(video_codec, rate=RATE)
        assert isinstance(video, av.VideoStream)
        video.width, video.height, video.pix_fmt, video.gop_size = 160, 90, pixel_format, 12
        sound = container.add_stream(audio_codec, rate=SOUND_HZ, layout="mono")
        assert isinstance(sound, av.AudioStream)
        for number in range(frames):
            picture = noisy(grounds[number // 25 % 2], number)
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts = number
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        tone = 8000 * np.sin(np.arange(frames * SOUND_HZ // RATE) * 0.17)
        heard = av.AudioFrame.from_ndarray(tone.astype(np.int16)[None, :], format="s16", layout="mono")
        heard.sample_rate, heard.pts = SOUND_HZ, 0
        container.mux(sound.encode(heard))
        container.mux(sound.encode(None))
    return path


def damaged(whole: bytes, other: bytes, seed: int) -> bytes:
    """The file, damaged in the way and at the places that `seed` chooses. `other` is a whole file of another kind."""
    chance = random.Random(seed)
    return _WAYS[seed % len(_WAYS)](bytearray(whole), other, chance)


def _flipped(data: bytearray, _: bytes, chance: random.Random) -> bytes:
    """Some bits anywhere."""
    for _time in range(chance.choice((1, 8, 64, 512))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def _flipped_in_headers(data: bytearray, _: bytes, chance: random.Random) -> bytes:
    """Some bytes where containers keep what they know: at both ends."""
    reach = min(2_000, len(data) // 2)
    for _time in range(chance.choice((1, 3, 10))):
        data[chance.choice((1, -1)) * chance.randrange(1, reach)] = chance.randrange(256)
    return bytes(data)


def _cut(data: bytearray, _: bytes, chance: random.Random) -> bytes:
    return bytes(data[: chance.randrange(1, len(data))])


def _zeroed(data: bytearray, _: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    length = min(chance.choice((64, 4096, 32_768)), len(data) - start)
    data[start : start + length] = bytes(length)
    return bytes(data)


def _spliced(data: bytearray, other: bytes, chance: random.Random) -> bytes:
    """The head of another file on this one."""
    length = chance.choice((16, 256, 4096))
    return other[:length] + bytes(data[length:])


def _with_a_hole(data: bytearray, _: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    del data[start : start + chance.choice((1, 100, 5_000))]
    return bytes(data)


def _doubled(data: bytearray, _: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return bytes(data[:start] + data[start : start + 10_000] * 2 + data[start + 10_000 :])


_WAYS: tuple[Callable[[bytearray, bytes, random.Random], bytes], ...] = (
    _flipped,
    _flipped_in_headers,
    _cut,
    _zeroed,
    _spliced,
    _with_a_hole,
    _doubled,
)
