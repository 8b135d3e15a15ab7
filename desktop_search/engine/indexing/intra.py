"""Footage in which every frame stands alone (ProRes, DNxHR, Motion JPEG, raw): frames are fetched one by one.

Nothing is read between two frames that may be of one shot. Where they differ, the cut is looked for by halves. Two
frames are decoded at a time: one after the next step, and the one by which to see how the picture moves before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop_search.engine.indexing.decoding import Copier, Decoder, TimedFrame, VideoPacket, in_order
from desktop_search.engine.indexing.second import SecondDecoder
from desktop_search.engine.indexing.segments import PAIR_APART_MS
from desktop_search.engine.indexing.shots import alike
from desktop_search.engine.indexing.sparse import STEP_MS
from desktop_search.engine.indexing.thinning import going_on, thinned

_NEAR_FRAMES = 6  # as few are decoded one after the other
_INEXACT_MS = 2  # of the times of frames, and of the length of a file


def intra_frames(decoder: Decoder, copier: Copier, duration_ms: int, frame_ms: int) -> Iterator[TimedFrame]:
    """The frames that matter, in the order they are shown. Raises Cancelled."""
    with SecondDecoder(decoder) as second:
        yield from in_order(_Chooser(decoder, copier, second, duration_ms, frame_ms).frames())


@dataclass(slots=True)
class _Wanted:
    """The frame that is shown at a time, once it was fetched and where there is one."""

    at_ms: int
    found: TimedFrame | None = None

    def fetch(self, decoder: Decoder, copier: Copier) -> None:
        for packet in decoder.packets_from(self.at_ms):
            for timed in decoder.frames_of([packet]):
                copier.sample(timed)
                self.found = timed
                return
            return


class _Chooser:
    def __init__(
        self, decoder: Decoder, copier: Copier, second: SecondDecoder, duration_ms: int, frame_ms: int
    ) -> None:
        self._decoder, self._copier, self._second = decoder, copier, second
        self._last_ms, self._frame_ms = duration_ms - frame_ms - _INEXACT_MS, frame_ms  # when the last frame begins

    def frames(self) -> Iterator[TimedFrame]:
        here = self._fetched(0)
        while here is not None and here.at_ms < self._last_ms:
            there, later = self._next_two(here)
            if there is None or not here.at_ms < there.at_ms <= here.at_ms + 2 * STEP_MS:
                break  # damaged, or without an index to find frames by
            yield from self._between(here, there, later)
            here = there
        rest = self._from(0) if here is None else self._from_one_on(here)
        yield from going_on(thinned(rest, self._copier), yes=here is not None and here.goes_on)

    def _next_two(self, here: TimedFrame) -> tuple[TimedFrame | None, TimedFrame | None]:
        """The frame after the next step, and the one by which to see how the picture moves here."""
        there = _Wanted(min(here.at_ms + STEP_MS, self._last_ms + self._frame_ms // 2))
        if there.at_ms - here.at_ms < STEP_MS // 2:
            return self._fetched(there.at_ms), None
        later = self._a_little_later(here)
        self._second.both(there.fetch, later.fetch, self._copier)
        return there.found, later.found

    def _between(self, first: TimedFrame, last: TimedFrame, later: TimedFrame | None) -> Iterator[TimedFrame]:
        """What matters from one frame up to another. `later` is the frame a little after the first, if it is known."""
        if alike(self._copier.thumbnail(first), self._copier.thumbnail(last)):
            yield first
            if last.at_ms - first.at_ms >= STEP_MS // 2:
                later = later or self._fetched(self._a_little_later(first).at_ms)
                if later is not None:
                    later.goes_on = True
                    yield later
            last.goes_on = True
            return
        middle = None
        if last.at_ms - first.at_ms > _NEAR_FRAMES * self._frame_ms:
            middle = self._fetched((first.at_ms + last.at_ms) // 2)
        if middle is not None and first.at_ms < middle.at_ms < last.at_ms:
            yield from self._between(first, middle, later)
            yield from self._between(middle, last, None)
        else:
            all_between = _before(self._from_one_on(first), last.at_ms)
            yield from going_on(thinned(all_between, self._copier), yes=first.goes_on)

    def _a_little_later(self, first: TimedFrame) -> _Wanted:
        return _Wanted(first.at_ms + PAIR_APART_MS + self._frame_ms)

    def _fetched(self, at_ms: int) -> TimedFrame | None:
        """The frame that is shown at a time."""
        wanted = _Wanted(at_ms)
        wanted.fetch(self._decoder, self._copier)
        return wanted.found

    def _from_one_on(self, first: TimedFrame) -> Iterator[TimedFrame]:
        """A frame that was fetched, and every one after it."""
        yield first
        packets = self._decoder.packets_from(first.at_ms)
        yield from self._decoder.frames_of(packet for packet in packets if self._is_after(packet, first))

    def _is_after(self, packet: VideoPacket, first: TimedFrame) -> bool:
        return packet.pts is None or self._decoder.time_ms(packet.pts) > first.at_ms

    def _from(self, at_ms: int) -> Iterator[TimedFrame]:
        """Every frame from the one that is shown at a time on."""
        return self._decoder.frames_of(self._decoder.packets_from(at_ms))


def _before(frames: Iterator[TimedFrame], end_ms: int) -> Iterator[TimedFrame]:
    for timed in frames:
        if timed.at_ms >= end_ms:
            return
        yield timed
