"""Clips and pictures made for the tests: known colours, motion, words on the screen, words spoken, numbered frames."""

from __future__ import annotations

from tests.clips.make import Clip, clip_frame, make_clip
from tests.clips.pictures import make_picture, read_code, read_frame_number, to_pixels
from tests.clips.scenes import Scene, Shape
from tests.clips.speech import Spoken

__all__ = [
    "Clip",
    "Scene",
    "Shape",
    "Spoken",
    "clip_frame",
    "make_clip",
    "make_picture",
    "read_code",
    "read_frame_number",
    "to_pixels",
]
