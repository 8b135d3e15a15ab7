"""What is seen in a video: segments with their words, and frame marks."""

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
from desktop_search.engine.indexing.ahead import ahead
from desktop_search.engine.indexing.decoding import Copier, Decoder, TimedFrame
from desktop_search.engine.indexing.intra import intra_frames
from desktop_search.engine.indexing.results import FrameMark, Segment
from desktop_search.engine.indexing.segments import RawSegment, segments_of
from desktop_search.engine.indexing.shots import with_cuts
from desktop_search.engine.indexing.sparse import sparse_frames
from desktop_search.engine.indexing.thinning import thinned
from desktop_search.media.opening import NO_PICTURE, open_video, regular_file_size
from desktop_search.media.probe import MediaInfo, length_ms, rate_of, video_facts

_AHEAD = 2  # segments that wait to be looked at, each with up to ten pictures
_SOME_DAMAGE = "Some of the picture is damaged and was left out."
_NO_END = "The last part of this video has no picture that could be read."


@dataclass(slots=True)
class Seen:
    """What one pass over the picture found, and what the file says of itself."""

    media: MediaInfo
    segments: list[Segment] = field(default_factory=list)
    frames: list[FrameMark] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def look_through(
    path: Path,
    *,
    report: Callable[[int], None],
    token: CancelToken,
    on_length: Callable[[int], None] = lambda _: None,
    on_segment: Callable[[Segment], None] = lambda _: None,
) -> Seen:
    """Decode what matters of the picture of `path`, and look at it: the one in a thread of its own, ahead of the other.

    `report` gets 0 to 1000, `on_length` the video's length in ms, `on_segment` each segment in order. Raises
    FileProblem where not a single frame decodes, and Cancelled.
    """
    reader = ScreenText()
    with open_video(path) as (container, stream):
        duration_ms = length_ms(container, stream)
        on_length(duration_ms)
        decoder = Decoder(container, stream, token, path)
        segments, frames = list[Segment](), list[FrameMark]()
        made = raw_segments(decoder, Copier(stream.sample_aspect_ratio), duration_ms, rate_of(stream), token)
        with ahead(made, _AHEAD) as waiting:
            for raw in waiting:
                token.check()
                segments.append(_finished(raw, reader))
                on_segment(segments[-1])
                frames += [FrameMark(s.at_ms, look_vector(s.thumb)) for s in raw.samples if s.is_mark]
                report(min(999, round(Fraction(1000 * raw.end_ms, max(1, duration_ms)))))
        if not segments or decoder.shape is None:
            raise FileProblem(NO_PICTURE, hint="Try to open it in another player.")
        media = video_facts(container, stream, regular_file_size(path), decoder.shape, duration_ms)
    if decoder.damaged:
        return Seen(media, segments, frames, [_SOME_DAMAGE])
    return Seen(media, segments, frames, [_NO_END] if _ends_early(segments[-1].end_ms, duration_ms) else [])


def raw_segments(
    decoder: Decoder, copier: Copier, duration_ms: int, rate: Fraction, token: CancelToken
) -> Iterator[RawSegment]:
    """What is to be looked at: chosen, decoded, cut into segments, scaled. Raises Cancelled."""
    frame_ms = max(1, round(1000 / rate)) if rate else 40
    frames = with_cuts(_frames_that_matter(decoder, copier, duration_ms, frame_ms), copier)
    return segments_of(
        frames,
        copier,
        end_of_last=lambda last_ms: _end_of_video(last_ms, frame_ms, duration_ms),
        token=token,
    )


def _frames_that_matter(decoder: Decoder, copier: Copier, duration_ms: int, frame_ms: int) -> Iterator[TimedFrame]:
    """By the way that reads and decodes the least."""
    if not decoder.can_jump:
        return thinned(decoder.frames(), copier)
    if decoder.is_intra:
        return intra_frames(decoder, copier, duration_ms, frame_ms)
    return sparse_frames(decoder, copier)


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
    return Segment(raw.start_ms, raw.end_ms, words, text, key.at_ms, as_jpeg(key.pixels), raw.starts_shot)
