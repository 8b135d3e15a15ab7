"""What the writers of OpenTimelineIO get wrong, which is why there are our own. When one of these fails, look again."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import opentimelineio as otio

from desktop_search.core.timecode import Timebase
from desktop_search.core.timeline import SourceClip, Timeline, TimelineEvent
from desktop_search.handoff.edl import edl_text
from desktop_search.handoff.fcp7xml import fcp7_text
from desktop_search.handoff.fcpxml import fcpxml_text
from desktop_search.handoff.otio_file import otio_timeline

RATE = Fraction(30000, 1001)


def timeline(*, drop_frame: bool = False) -> Timeline:
    begins = Timebase(RATE, drop_frame).number_of(f"10:20:30{';' if drop_frame else ':'}05")
    clip = SourceClip(Path("/footage/A.mov"), Timebase(RATE, drop_frame, begins), 500)
    return Timeline("Cut", Timebase(RATE, drop_frame), (TimelineEvent(clip, 0, 30),))


def theirs(made: Timeline, adapter: str) -> str:
    return str(otio.adapters.write_to_string(otio_timeline(made), adapter_name=adapter))


def test_their_edl_takes_29_97_without_drop_frame_for_drop_frame() -> None:
    assert "10:20:30:05 10:20:31:05" in edl_text(timeline())
    assert "10:20:30:05 10:20:31:05" not in theirs(timeline(), "cmx_3600")


def test_their_fcpxml_is_old_and_knows_no_rate_of_29_97() -> None:
    ours = fcpxml_text(timeline())
    assert 'frameDuration="1001/30000s"' in ours
    assert "<media-rep" in ours
    written = theirs(timeline(), "fcpx_xml")
    assert 'frameDuration=""' in written
    assert 'version="1.8"' in written
    assert "<media-rep" not in written


def test_their_fcp7_xml_always_says_ndf_and_no_size() -> None:
    drop = timeline(drop_frame=True)
    assert "<displayformat>DF</displayformat>" in fcp7_text(drop)
    assert "<width>1920</width>" in fcp7_text(drop)
    written = theirs(drop, "fcp_xml")
    assert "<displayformat>DF</displayformat>" not in written
    assert "<width>" not in written
