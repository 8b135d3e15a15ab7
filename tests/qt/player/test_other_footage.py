"""Containers that only this computer takes play from where they lie, and are cued to the frame."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.clips.fixtures import ClipCache
from tests.clips.scenes import Scene, Shape
from tests.qt.player.conftest import Viewer

_SCENES = [Scene(3, "purple", shape=Shape.BOXES), Scene(3, "teal", shape=Shape.BALL)]
_DNXHR = {"codec": "dnxhd", "pixel_format": "yuv422p", "options": {"profile": "dnxhr_lb"}, "timecode": "10:00:00;00"}


@pytest.mark.parametrize(
    ("name", "options"),
    [("shot.mxf", _DNXHR | {"rate": Fraction(30000, 1001)}), ("shot.mts", {"speech": "Hello."}), ("shot.m2ts", {})],
)
def test_it_is_cued_to_the_frame(viewer: Viewer, clips: ClipCache, name: str, options: dict[str, Any]) -> None:
    clip = clips.get(name, _SCENES, clip_id=6, **options)
    for frame in (0, 77, 20, clip.starts[1], clip.frame_count - 2):
        viewer.cue(clip, frame)
        assert viewer.seen() == (6, frame)
