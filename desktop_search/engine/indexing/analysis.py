"""What the index keeps of a file: the one way in from the rest of the engine."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from desktop_search.core.errors import FileProblem
from desktop_search.core.footage import STILL_SUFFIXES
from desktop_search.core.token import CancelToken
from desktop_search.engine.encoders.look_vector import VECTOR_DIM
from desktop_search.engine.indexing.results import (
    INDEX_VERSION,
    FrameMark,
    ImageAnalysis,
    Said,
    Segment,
    Utterance,
    Vector,
    VideoAnalysis,
    VideoInfo,
)
from desktop_search.engine.indexing.stills import instant_ms, look_at, vector_of
from desktop_search.engine.indexing.videos import Seen, look_through
from desktop_search.engine.model_store.installed import ChosenModels
from desktop_search.engine.speech.said import said_in
from desktop_search.media.completeness import ends_too_early
from desktop_search.media.pictures import read_picture_facts
from desktop_search.media.probe import MediaInfo

__all__ = [
    "INDEX_VERSION",
    "VECTOR_DIM",
    "FrameMark",
    "ImageAnalysis",
    "Segment",
    "Utterance",
    "Vector",
    "VideoAnalysis",
    "VideoInfo",
    "analyse_image",
    "analyse_video",
    "picture_vector",
]

_log = logging.getLogger(__name__)
_CUT = "The file ends too early; what is there was indexed. Copy it again to have it whole."
_NO_MODELS = ChosenModels()
_PICTURE_SHARE = 700  # permille of the progress that the picture takes; the rest is speech


def _unheard(value: object) -> None:
    del value


def analyse_video(
    path: Path,
    *,
    name: str,
    report: Callable[[int], None],
    token: CancelToken,
    on_length: Callable[[int], None] = _unheard,
    on_segment: Callable[[Segment], None] = _unheard,
    models: ChosenModels = _NO_MODELS,
) -> VideoAnalysis:
    """Decode `path` once and say what is seen and said in it.

    `name` is what the user calls the file; `models` are those in use. `report` gets 0 to 1000, `on_length` the
    video's length in ms once it is known, `on_segment` each segment in order as soon as it is known. Raises
    FileProblem with a readable cause where nothing can be indexed, and Cancelled.
    """
    token.check()
    report(0)
    _refuse_pictures(path)
    cut = (_CUT,) if ends_too_early(path) else ()
    seen = look_through(
        path,
        report=lambda done: report(done * _PICTURE_SHARE // 1000),
        token=token,
        on_length=on_length,
        on_segment=on_segment,
    )
    info = _of_media(seen.media)
    said = said_in(
        path,
        duration_ms=info.duration_ms,
        report=lambda done: report(_PICTURE_SHARE + done * (1000 - _PICTURE_SHARE) // 1000),
        token=token,
        model=models.speech,
        has_subtitles=bool(seen.media.subtitles),
        has_sound=seen.media.has_audio,
    )
    report(1000)
    _log.info("indexed “%s”: %d segments", name, len(seen.segments))
    return _put_together(info, seen, said, cut)


def _refuse_pictures(path: Path) -> None:
    if path.suffix.lower() in STILL_SUFFIXES:
        read_picture_facts(path)  # tells of a damaged one
        raise FileProblem("This is a picture, not a video.")


def _put_together(info: VideoInfo, seen: Seen, said: Said, cut: tuple[str, ...]) -> VideoAnalysis:
    notes = (*cut, *(() if cut else seen.notes), *said.notes)
    info = replace(info, duration_ms=max(info.duration_ms, seen.segments[-1].end_ms))
    segments, frames = tuple(seen.segments), tuple(seen.frames)
    return VideoAnalysis(info, segments, frames, said.utterances, notes, said_by=said.source, language=said.language)


def analyse_image(path: Path, *, name: str) -> ImageAnalysis:
    """Say what is seen in a still image. Raises FileProblem where it cannot be read."""
    _log.info("looking at “%s”", name)
    return look_at(path)


def picture_vector(path: Path, *, name: str) -> Vector:
    """The look vector of a query picture, comparable with every `FrameMark`. Raises FileProblem."""
    _log.debug("searching by “%s”", name)
    return vector_of(path)


def _of_media(media: MediaInfo) -> VideoInfo:
    return VideoInfo(
        duration_ms=media.duration_ms,
        width=media.width,
        height=media.height,
        fps=media.rate,
        has_audio=media.has_audio,
        taken_ms=instant_ms(media.taken),
        camera=media.camera,
        latitude=media.latitude,
        longitude=media.longitude,
    )
