"""What the index keeps of a file."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float16]
INDEX_VERSION = 2  # raise it whenever words or vectors change meaning: everything is then indexed again


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
        starts_shot: False where it goes on with the shot of the segment before it.
    """

    start_ms: int
    end_ms: int
    words: dict[str, float]
    screen_text: str
    keyframe_ms: int
    keyframe_jpeg: bytes
    starts_shot: bool = True


@dataclass(frozen=True, slots=True)
class FrameMark:
    """How one frame looks, for the search by picture: `VECTOR_DIM` numbers of length 1."""

    at_ms: int
    vector: Vector


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was heard. `text` begins with a space unless it joins the one before."""

    start_ms: int
    end_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something said, with its times. `source` is "subtitles", "sidecar", "pocketsphinx" (rough) or a model's identity.

    `words` are those of `text` in order where their times are known, else none.
    """

    start_ms: int
    end_ms: int
    text: str
    source: str
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What is said in a video.

    Attributes:
        utterances: by their start.
        source: as of an utterance, also where nothing was heard; "" when there was nothing to listen to.
        language: its code ("en") where it is known, else "".
        notes: sentences for the user about what could not be read.
    """

    utterances: tuple[Utterance, ...] = ()
    source: str = ""
    language: str = ""
    notes: tuple[str, ...] = ()


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
class Meant:
    """Vectors that a model made: n × dim, each of length 1. Row i is of the i-th segment, utterance or picture."""

    model: str
    vectors: Vector


@dataclass(frozen=True, slots=True)
class VideoAnalysis:
    """All that is searched of one video. `notes` are plain sentences about what could not be read.

    `said_by` and `language` are the source and the language of the utterances, as in `Said`.
    """

    info: VideoInfo
    segments: tuple[Segment, ...]
    frames: tuple[FrameMark, ...]
    utterances: tuple[Utterance, ...]
    notes: tuple[str, ...] = ()
    seen_meant: Meant | None = None
    said_meant: Meant | None = None
    said_by: str = ""
    language: str = ""


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
    meant: Meant | None = None
