"""From frames with cuts to segments: what is kept of each while it passes, so that memory stays small."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from desktop_search.core.token import CancelToken
from desktop_search.engine.indexing.decoding import Copier, Pixels, TimedFrame
from desktop_search.engine.indexing.shots import LaidFrame

LONGEST_MS = 10_000
PIECE_MS = 8_000  # where a longer shot is cut, so that the rest is not a snippet
_SAMPLE_EVERY_MS = 1_000
_SECOND_SAMPLE_MS = 400  # for shots shorter than a second; no two samples are nearer
_PAIR_EVERY_MS = 500
PAIR_APART_MS = 115
_PAIR_AT_MOST_MS = 400  # farther apart, motion cannot be followed
_PAIR_WIDTH, _PAIR_HEIGHT = 192, 108


@dataclass(frozen=True, slots=True)
class Sample:
    """A frame that is looked at closely: RGB, at most 480 pixels long, and its thumbnail."""

    at_ms: int
    pixels: Pixels
    thumb: Pixels
    is_mark: bool


@dataclass(frozen=True, slots=True)
class MotionPair:
    """Two grey frames (192 × 108) a little apart in time."""

    first: Pixels
    second: Pixels
    apart_ms: int


@dataclass(slots=True)
class RawSegment:
    """A segment as it was collected. `end_ms` is known once the next one begins."""

    start_ms: int
    starts_shot: bool
    end_ms: int = 0
    samples: list[Sample] = field(default_factory=list)
    pairs: list[MotionPair] = field(default_factory=list)


class Collector:
    """Takes frames one by one and keeps the samples of the segment that is being filled."""

    def __init__(self, copier: Copier) -> None:
        self._copier = copier
        self._segment = RawSegment(0, starts_shot=True)
        self._next_sample_ms = self._next_pair_ms = 0
        self._waiting: tuple[int, Pixels] | None = None

    def begin(self, at_ms: int, *, starts_shot: bool) -> RawSegment:
        """Start a new segment; returns the one before."""
        done, self._segment = self._segment, RawSegment(at_ms, starts_shot)
        done.end_ms = at_ms
        self._next_sample_ms = self._next_pair_ms = at_ms
        self._waiting = None
        return done

    def add(self, laid: LaidFrame) -> None:
        """Keep of this frame what is wanted of it."""
        timed = laid.timed
        if timed.at_ms >= self._next_sample_ms:
            self._sample(timed, laid.thumb)
        if self._waiting is not None and timed.at_ms > self._waiting[0] + _PAIR_AT_MOST_MS:
            self._waiting = None
        if self._waiting is None:
            if timed.at_ms >= self._next_pair_ms:
                self._next_pair_ms = timed.at_ms + _PAIR_EVERY_MS
                self._waiting = (timed.at_ms, self._grey(timed))
        elif timed.at_ms >= self._waiting[0] + PAIR_APART_MS:
            at_ms, first = self._waiting
            self._segment.pairs.append(MotionPair(first, self._grey(timed), timed.at_ms - at_ms))
            self._waiting = None

    def _grey(self, timed: TimedFrame) -> Pixels:
        return self._copier.grey(timed, _PAIR_WIDTH, _PAIR_HEIGHT)

    def _sample(self, timed: TimedFrame, thumb: Pixels) -> None:
        count, start_ms = len(self._segment.samples), self._segment.start_ms
        pixels = self._copier.sample(timed)
        is_mark = count != 1 or timed.at_ms - start_ms >= _SAMPLE_EVERY_MS
        self._segment.samples.append(Sample(timed.at_ms, pixels, thumb, is_mark))
        planned_ms = start_ms + (_SECOND_SAMPLE_MS if count == 0 else count * _SAMPLE_EVERY_MS)
        self._next_sample_ms = max(planned_ms, timed.at_ms + _SECOND_SAMPLE_MS)


def segments_of(
    frames: Iterable[LaidFrame], copier: Copier, *, end_of_last: Callable[[int], int], token: CancelToken
) -> Iterator[RawSegment]:
    """The segments, one after another without gaps, none longer than `LONGEST_MS`.

    `end_of_last` says, from the time of the last frame, when the video ends (ms).
    """
    return _without_snippets(_pieces(frames, copier, end_of_last, token))


def _pieces(
    frames: Iterable[LaidFrame], copier: Copier, end_of_last: Callable[[int], int], token: CancelToken
) -> Iterator[RawSegment]:
    collector = Collector(copier)
    start_ms = last_ms = -1
    for laid in frames:
        token.check()
        step_ms, last_ms = laid.timed.at_ms - last_ms, laid.timed.at_ms
        is_full = last_ms - start_ms >= PIECE_MS or last_ms + step_ms - start_ms > LONGEST_MS
        if start_ms < 0 or laid.starts_shot or is_full:
            previous = collector.begin(last_ms, starts_shot=laid.starts_shot)
            if start_ms >= 0:
                yield previous
            start_ms = last_ms
        collector.add(laid)
    if start_ms >= 0:
        yield collector.begin(max(end_of_last(last_ms), last_ms + 1), starts_shot=True)


def _without_snippets(pieces: Iterable[RawSegment]) -> Iterator[RawSegment]:
    """Joins the short rest of a long shot with the piece before it."""
    held: RawSegment | None = None
    for piece in pieces:
        if held is not None and not piece.starts_shot and piece.end_ms - held.start_ms <= LONGEST_MS:
            held.end_ms = piece.end_ms
            held.samples += piece.samples
            held.pairs += piece.pairs
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held
