"""How a clip is built: where its shots begin, and where somebody speaks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_search.core.footage import TranscriptLine

_HERE_MS = 300  # so soon after a shot has begun, "previous" means the one before


@dataclass(frozen=True, slots=True)
class Outline:
    """What is known of it; times in ms from the clip's start, in order.

    Attributes:
        shots_ms: where shots begin.
        speech: what is said.
    """

    shots_ms: tuple[int, ...] = ()
    speech: tuple[TranscriptLine, ...] = ()

    def moved_by(self, span_ms: int) -> Outline:
        """The same clip as a part of a longer one."""
        if not span_ms:
            return self
        shots = tuple(start + span_ms for start in self.shots_ms)
        return Outline(shots, tuple(line.moved_by(span_ms) for line in self.speech))

    def shot_at(self, at_ms: int) -> int | None:
        """Which shot is on screen then, counted from 0."""
        place = bisect_right(self.shots_ms, at_ms) - 1
        return place if place >= 0 else None

    def said_at(self, at_ms: int, near_ms: int = 0) -> TranscriptLine | None:
        """What is said then, or no more than `near_ms` away from it."""
        lines = self.speech
        last = bisect_right(lines, at_ms + near_ms, key=lambda line: line.start_ms) - 1
        return lines[last] if last >= 0 and lines[last].end_ms + near_ms >= at_ms else None

    def next_shot_ms(self, at_ms: int) -> int | None:
        """Where the shot after this time begins; `None` in the last one."""
        return _at(self.shots_ms, bisect_right(self.shots_ms, at_ms))

    def previous_shot_ms(self, at_ms: int) -> int | None:
        """Where this shot begins, or the one before when it has only just begun; `None` where no shots are known."""
        return _at(self.shots_ms, max(0, bisect_right(self.shots_ms, at_ms - _HERE_MS) - 1))


def _at(times: Sequence[int], place: int) -> int | None:
    return times[place] if 0 <= place < len(times) else None
