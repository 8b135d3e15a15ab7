"""What the index keeps of a file: the one way in from the rest of the engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt

from desktop_search.core.token import CancelToken

VECTOR_DIM = 320  # length of every look vector
INDEX_VERSION = 1  # raise it whenever words or vectors change meaning: everything is then indexed again

Vector = npt.NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Segment:
    """A shot, or a piece of a long one. Segments follow one another without gaps.

    Attributes:
        start_ms: time of its first frame, exact to the frame, from the start of the video.
        end_ms: time of the first frame after it, or the end of the video.
        words: index words for what is seen, each with a weight above 0 and up to 1.
        screen_text: the text read in the picture, lines joined by " | "; "" when there is none.
        keyframe_ms: time of the frame that stands for the segment.
        keyframe_jpeg: that frame, upright, at most 480 pixels on its longer side.
    """

    start_ms: int
    end_ms: int
    words: dict[str, float]
    screen_text: str
    keyframe_ms: int
    keyframe_jpeg: bytes


@dataclass(frozen=True, slots=True)
class FrameMark:
    """How one frame looks, for the search by picture: `VECTOR_DIM` numbers of length 1."""

    at_ms: int
    vector: Vector


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something said, with its times. `source` is "subtitles", "sidecar" or "pocketsphinx" (rough)."""

    start_ms: int
    end_ms: int
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class VideoInfo:
    """What the file says of itself. Unknown values are `None` or ""; `width` and `height` are as shown (upright)."""

    duration_ms: int
    width: int
    height: int
    fps: Fraction
    has_audio: bool
    taken_ms: int | None = None
    camera: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class VideoAnalysis:
    """All that is searched of one video. `notes` are plain sentences about what could not be read."""

    info: VideoInfo
    segments: tuple[Segment, ...]
    frames: tuple[FrameMark, ...]
    utterances: tuple[Utterance, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImageAnalysis:
    """All that is searched of one still image."""

    width: int
    height: int
    taken_ms: int | None
    camera: str
    latitude: float | None
    longitude: float | None
    words: dict[str, float]
    screen_text: str
    vector: Vector
    thumbnail_jpeg: bytes


def analyse_video(path: Path, *, name: str, report: Callable[[int], None], token: CancelToken) -> VideoAnalysis:
    """Decode `path` once and say what is seen and said in it.

    `name` is what the user calls the file, for messages. `report` gets 0 to 1000. Raises FileProblem with a readable
    cause where nothing can be indexed, and Cancelled.
    """
    raise NotImplementedError


def analyse_image(path: Path, *, name: str) -> ImageAnalysis:
    """Say what is seen in a still image. Raises FileProblem where it cannot be read."""
    raise NotImplementedError


def picture_vector(path: Path, *, name: str) -> Vector:
    """The look vector of a query picture, comparable with every `FrameMark`. Raises FileProblem."""
    raise NotImplementedError
