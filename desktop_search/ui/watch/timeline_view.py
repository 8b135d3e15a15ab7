"""Which part of the clip the timeline shows, as plain numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace

_SHORTEST_MS = 500  # of what is shown at once
_AROUND = 0.5  # of a moment that fills the view: as much again before and after it, together


@dataclass(frozen=True, slots=True)
class TimelineView:
    """From `start_ms` to `end_ms` of a clip that is `duration_ms` long; all are 0 while that is unknown."""

    duration_ms: int = 0
    start_ms: int = 0
    end_ms: int = 0

    @staticmethod
    def of(duration_ms: int) -> TimelineView:
        """The whole clip."""
        return TimelineView(duration_ms, 0, duration_ms)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is out of view."""
        return self.span_ms >= self.duration_ms

    @property
    def span_ms(self) -> int:
        """How much is in view."""
        return self.end_ms - self.start_ms

    def share_of(self, time_ms: float) -> float:
        """Where a time is: 0 at the left end, 1 at the right; beyond that out of view."""
        return (time_ms - self.start_ms) / self.span_ms if self.span_ms else 0.0

    def time_at(self, share: float) -> int:
        """The time that is there, within the clip."""
        time_ms = round(self.start_ms + share * self.span_ms)
        return max(0, min(self.duration_ms - 1, time_ms)) if self.duration_ms else 0

    def zoomed(self, factor: float, around_ms: int) -> TimelineView:
        """So many times closer, with that time where it is."""
        span = max(_SHORTEST_MS, round(self.span_ms / factor))
        return self._placed(around_ms - round(self.share_of(around_ms) * span), span)

    def moved(self, share: float) -> TimelineView:
        """Further to the right by this share of the view; to the left when negative."""
        return self._placed(self.start_ms + round(share * self.span_ms), self.span_ms)

    def showing(self, start_ms: int, end_ms: int) -> TimelineView:
        """That stretch in the middle, with some room at its sides."""
        span = max(_SHORTEST_MS, round((end_ms - start_ms) * (1 + 2 * _AROUND)))
        return self._placed((start_ms + end_ms - span) // 2, span)

    def following(self, time_ms: int) -> TimelineView:
        """The page with that time, if it is not in view."""
        if self.is_whole or self.start_ms <= time_ms <= self.end_ms:
            return self
        return self._placed(time_ms - self.span_ms // 10, self.span_ms)

    def _placed(self, start_ms: int, span_ms: int) -> TimelineView:
        span = min(span_ms, self.duration_ms)
        start = max(0, min(start_ms, self.duration_ms - span))
        return replace(self, start_ms=start, end_ms=start + span)
