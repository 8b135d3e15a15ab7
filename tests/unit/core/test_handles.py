"""Handles widen a hit by whole frames, and never beyond the clip."""

from __future__ import annotations

from fractions import Fraction

import pytest

from desktop_search.core.handles import Handles, HandleUnit
from desktop_search.core.timecode import Timebase

_NTSC = Timebase(Fraction(30000, 1001))


@pytest.mark.parametrize(
    ("handles", "timebase", "hit", "duration_ms", "widened"),
    [
        (Handles(12), Timebase(), (2000, 4000), 10_000, (1520, 4480)),
        (Handles(2, HandleUnit.SECONDS), Timebase(), (1000, 4000), 5000, (0, 5000)),
        (Handles(1, HandleUnit.SECONDS), _NTSC, (_NTSC.time_ms(60), _NTSC.time_ms(90)), 0, (1001, 4004)),
        (Handles(0), Timebase(), (2000, 4000), 10_000, (2000, 4000)),
        (Handles(0), Timebase(), (2013, 4007), 4000, (2013, 4000)),
        (Handles(600), Timebase(), (2000, 4000), 3000, (0, 3000)),
    ],
)
def test_they_go_around_the_hit(
    handles: Handles, timebase: Timebase, hit: tuple[int, int], duration_ms: int, widened: tuple[int, int]
) -> None:
    assert handles.around(*hit, timebase, duration_ms) == widened
