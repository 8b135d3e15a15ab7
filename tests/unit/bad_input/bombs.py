"""Small files that ask for enormous amounts of memory."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import av
import numpy as np
from PIL import Image

Size = tuple[int, int]


def huge_video(path: Path, size: Size) -> Path:
    """An AVI of PNG frames that claims to be of this size, in its header and in each frame."""
    with av.open(str(path), "w", format="avi") as container:
        stream = container.add_stream("png", rate=25)
        stream.width = stream.height = 64
        stream.pix_fmt = "rgb24"
        for number in range(3):
            frame = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    data = bytearray(path.read_bytes())
    header = data.index(b"strf")  # then its length, and a BITMAPINFOHEADER
    struct.pack_into("<ii", data, header + 12, *size)
    return _with_png_size(path, data, size)


def huge_png(path: Path, size: Size) -> Path:
    """A PNG of a few hundred bytes that claims this size."""
    Image.new("L", (64, 64)).save(path, "PNG")
    return _with_png_size(path, bytearray(path.read_bytes()), size)


def huge_gif(path: Path, size: Size) -> Path:
    """A GIF of a few hundred bytes whose canvas claims this size (up to 65,535)."""
    Image.new("L", (64, 64)).save(path, "GIF")
    data = bytearray(path.read_bytes())
    struct.pack_into("<HH", data, 6, *size)
    path.write_bytes(data)
    return path


def many_tracks(path: Path, count: int) -> Path:
    """A video with so many tracks: one of picture, the rest of sound."""
    with av.open(str(path), "w", format="mov") as container:
        video = container.add_stream("mpeg4", rate=25)
        video.width = video.height = 64
        video.pix_fmt = "yuv420p"
        tracks = [container.add_stream("pcm_s16le", rate=8000, layout="mono") for _ in range(count - 1)]
        picture = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
        picture.pts = 0
        container.mux(video.encode(picture))
        container.mux(video.encode(None))
        for track in tracks:
            sound = av.AudioFrame.from_ndarray(np.zeros((1, 100), np.int16), format="s16", layout="mono")
            sound.sample_rate = 8000
            container.mux(track.encode(sound))
            container.mux(track.encode(None))
    return path


def _with_png_size(path: Path, data: bytearray, size: Size) -> Path:
    at = data.find(b"IHDR")
    while at >= 0:
        struct.pack_into(">II", data, at + 4, *size)
        struct.pack_into(">I", data, at + 17, zlib.crc32(data[at : at + 17]))
        at = data.find(b"IHDR", at + 4)
    path.write_bytes(data)
    return path
