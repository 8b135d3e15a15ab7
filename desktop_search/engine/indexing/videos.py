"""One pass over the picture of a video: segments with their words, and frame marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from desktop_search.core.errors import FileProblem
from desktop_search.core.token import CancelToken
from desktop_search.engine.encoders.describe import segment_words
from desktop_search.engine.encoders.jpeg import as_jpeg
from desktop_search.engine.encoders.look_vector import look_vector
from desktop_search.engine.encoders.screen_text import ScreenText
from desktop_search.engine.indexing.decoding import Copier, Decoder, TimedFrame
from desktop_search.engine.indexing.results import FrameMark, Segment, VideoInfo
from desktop_search.engine.indexing.segments import RawSegment, segments_of
from desktop_search.engine.indexing.shots import with_cuts
from desktop_search.engine.indexing.sparse import sparse_frames
from desktop_search.media.opening import NO_PICTURE, open_video

WHOLE_UP_TO_MS = 600_000
_SOME_DAMAGE = "Some of the picture is damaged and was left out."
_NO_END = "The last part of this video has no picture that could be read."
_REPORT_EVERY_MS = 2_000


@dataclass(slots=True)
class Seen:
    """What one pass over the picture found."""

    segments: list[Segment] = field(default_factory=list)
    frames: list[FrameMark] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def look_through(
    path: Path,
    info: VideoInfo,
    *,
    report: Callable[[int], None],
    token: CancelToken,
    whole_up_to_ms: int = WHOLE_UP_TO_MS,
) -> Seen:
    """Decode the picture of `path` once; of what is longer than `whole_up_to_ms` only what matters.

    `report` gets 0 to 1000. Raises FileProblem where not a single frame decodes, and Cancelled.
    """
    seen = Seen()
    reader = ScreenText()
    with open_video(path) as (container, stream):
        copier, decoder = Copier(stream.sample_aspect_ratio), Decoder(container, stream, token)
        is_long = info.duration_ms > whole_up_to_ms
        decoded = sparse_frames(decoder, copier) if is_long and decoder.can_jump else decoder.frames()
        frames = _reporting(decoded, info.duration_ms, report)
        frame_ms = max(1, round(1000 / info.fps)) if info.fps else 40
        for raw in segments_of(
            with_cuts(frames, copier),
            copier,
            end_of_last=lambda last_ms: _end_of_video(last_ms, frame_ms, info.duration_ms),
            token=token,
        ):
            seen.segments.append(_finished(raw, reader))
            seen.frames += [FrameMark(s.at_ms, look_vector(s.thumb)) for s in raw.samples if s.is_mark]
        if decoder.damaged:
            seen.notes.append(_SOME_DAMAGE)
        elif seen.segments and _ends_early(seen.segments[-1].end_ms, info.duration_ms):
            seen.notes.append(_NO_END)
    if not seen.segments:
        raise FileProblem(NO_PICTURE, hint="Try to open it in another player.")
    return seen


def _reporting(frames: Iterator[TimedFrame], duration_ms: int, report: Callable[[int], None]) -> Iterator[TimedFrame]:
    next_ms = 0
    for timed in frames:
        if timed.at_ms >= next_ms:
            next_ms = timed.at_ms + _REPORT_EVERY_MS
            report(min(999, round(Fraction(1000 * timed.at_ms, max(1, duration_ms)))))
        yield timed


def _end_of_video(last_ms: int, frame_ms: int, duration_ms: int) -> int:
    """The end the file states where it is plausible, else one frame after the last began."""
    counted = last_ms + frame_ms
    return duration_ms if counted <= duration_ms <= counted + 2 * frame_ms else counted


def _ends_early(end_ms: int, duration_ms: int) -> bool:
    return duration_ms - end_ms > max(2_000, duration_ms // 10)


def _finished(raw: RawSegment, reader: ScreenText) -> Segment:
    middle = (raw.start_ms + raw.end_ms) / 2
    key = min(raw.samples, key=lambda sample: abs(sample.at_ms - middle))
    text = reader.read([sample.pixels for sample in raw.samples])
    words = segment_words(
        [sample.thumb for sample in raw.samples],
        [sample.pixels for sample in raw.samples],
        [(pair.first, pair.second, pair.apart_ms) for pair in raw.pairs],
    )
    if text:
        words["text"] = 1.0
    return Segment(raw.start_ms, raw.end_ms, words, text, key.at_ms, as_jpeg(key.pixels))
