"""What our reader of Final Cut Pro 7's XML says, OpenTimelineIO's says too."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import opentimelineio as otio
import pytest

from desktop_search.core.timecode import Timebase
from desktop_search.core.timeline import SourceClip, Timeline, TimelineEvent
from desktop_search.handoff.fcp7xml import fcp7_text
from desktop_search.handoff.reading import events_of
from desktop_search.handoff.reading_xml import read_fcp7

RATES = [
    (Fraction(24000, 1001), False),
    (Fraction(24), False),
    (Fraction(25), False),
    (Fraction(30000, 1001), True),
    (Fraction(30000, 1001), False),
    (Fraction(30), False),
    (Fraction(50), False),
    (Fraction(60000, 1001), True),
    (Fraction(60000, 1001), False),
]


@pytest.mark.parametrize(("rate", "drop"), RATES, ids=str)
def test_two_readers_of_one_document(rate: Fraction, drop: bool) -> None:
    record = Timebase(rate, drop, 86_400)
    clips = [
        SourceClip(Path(f"/footage/a & b {number}.mov"), Timebase(other, other_drops, 1_000 * number), 900)
        for number, (other, other_drops) in enumerate(RATES)
    ]
    events = tuple(TimelineEvent(clip, 10 + number, 70 + number) for number, clip in enumerate(clips))
    text = fcp7_text(Timeline("Cut", record, events))
    ours = read_fcp7(text)
    (theirs,) = [otio.adapters.read_from_string(text, adapter_name="fcp_xml")]
    read = events_of(theirs if isinstance(theirs, otio.schema.Timeline) else theirs[0])
    for mine, other in zip(ours, read, strict=True):
        assert replace(mine, source_out=other.source_out) == other
        # Where the rates differ, theirs is what fits into whole frames of the timeline.
        assert abs(mine.source_out - other.source_out) <= (mine.rate != rate) * (1 + (mine.rate or 0) / rate)
    assert [event.source_in for event in ours] == [1_000 * number + 10 + number for number in range(len(RATES))]
