"""Indexing a clip."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
from av.codec.context import ThreadType

from desktop_search.core.token import CancelToken
from desktop_search.engine.indexing.analysis import analyse_video
from tests.benchmarks.measuring import Measured, compare
from tests.clips.make import make_clip
from tests.clips.scenes import Scene, Shape

_RUNS = 3


def indexing(folder: Path, seconds: float) -> Iterator[Measured]:
    """A made 1080p H.264 clip, without sound, in which there is something to see."""
    looks = (("skyblue", Shape.BOAT), ("green", Shape.BALL), ("purple", Shape.BOXES), ("#101018", Shape.BALL))
    scenes = [Scene(seconds / 4, sky, "#205040", shape, "white", words="SCENE FOUR") for sky, shape in looks]
    clip = make_clip(folder / "clip.mp4", scenes, size=(1920, 1080), numbered=False)

    def index() -> None:
        analyse_video(clip.path, name="clip", report=lambda done: None, token=CancelToken())

    def decode() -> None:
        with av.open(str(clip.path)) as container:
            container.streams.video[0].thread_type = ThreadType.AUTO
            assert sum(1 for _ in container.decode(video=0)) == clip.frame_count

    yield compare(f"index {seconds:.0f} s of 1080p H.264", index, "PyAV alone decodes it", decode, _RUNS)
