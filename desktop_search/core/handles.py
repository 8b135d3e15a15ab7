"""Handles: what an editor takes along before and after a moment."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from desktop_search.core.language import _
from desktop_search.core.timecode import Timebase

MOST_HANDLES = 600


class HandleUnit(Enum):
    """What handles are counted in."""

    FRAMES = "frames"
    SECONDS = "seconds"

    @property
    def title(self) -> str:
        """In the user's language."""
        return {"frames": _("frames"), "seconds": _("seconds")}[self.value]


@dataclass(frozen=True, slots=True)
class Handles:
    """So many frames or seconds at each side; 0 for none."""

    amount: int = 12
    unit: HandleUnit = HandleUnit.FRAMES

    def around(self, start_ms: int, end_ms: int, timebase: Timebase, duration_ms: int) -> tuple[int, int]:
        """The stretch with its handles, in ms, bounded by the clip; a `duration_ms` of 0 is unknown.

        The out point is the first frame that is no longer in it, or the clip's end. Without handles nothing is rounded.
        """
        start, end = start_ms, end_ms
        if self.amount:
            frames = self.amount if self.unit is HandleUnit.FRAMES else round(self.amount * timebase.rate)
            start = timebase.time_ms(max(0, timebase.frame_at(start_ms) - frames))
            end = timebase.time_ms(timebase.frame_at(end_ms) + frames)
        return start, max(start, min(end, duration_ms) if duration_ms else end)


NO_HANDLES = Handles(0)
