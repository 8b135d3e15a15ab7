"""AVI stores no presentation times; indexing and showing must count them alike all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_search.core.token import CancelToken
from desktop_search.engine.indexing.results import Segment
from desktop_search.engine.indexing.videos import look_through
from desktop_search.media.frames import frame_at
from tests.clips import Scene, Shape, read_frame_number
from tests.clips.fixtures import ClipCache

SCENES = [Scene(1.44, "skyblue", "#1050a0", Shape.BOAT, "white"), Scene(1.2, "#a0d0ff", "green", Shape.BALL, "red")]
SCENES += [Scene(1.6, "purple", shape=Shape.BOXES)]


@pytest.mark.parametrize(
    ("codec", "b_frames"), [("mpeg4", "2"), ("mpeg4", "0"), ("libx264", "2"), ("libx264", "0"), ("dvvideo", "0")]
)
def test_a_cut_is_where_the_first_frame_of_the_new_shot_is_shown(clips: ClipCache, codec: str, b_frames: str) -> None:
    size = (720, 576) if codec == "dvvideo" else (640, 360)
    clip = clips.get(f"{codec}.avi", SCENES, codec=codec, options={"bf": b_frames, "b": "4M"}, gop=12, size=size)
    starts = [one.start_ms for one in look(clip.path)]
    assert starts == [clip.start_ms(scene) for scene in range(3)]
    assert [read_frame_number(frame_at(clip.path, start_ms)) for start_ms in starts] == list(clip.starts)


def look(path: Path) -> list[Segment]:
    seen = look_through(path, report=lambda done: None, token=CancelToken())
    return seen.segments
