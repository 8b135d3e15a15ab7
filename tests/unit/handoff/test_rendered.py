"""Exported timelines, rendered by MLT: the very frames that were chosen, by the numbers on the pictures."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from desktop_search.core.handing_over import Form
from desktop_search.core.selects import Select
from desktop_search.core.token import CancelToken
from desktop_search.services.handing_over import HandOver
from tests.clips import Clip, Scene, Shape
from tests.clips.fixtures import ClipCache
from tests.unit.handoff.mlt import SIZE, entries, rendered_numbers
from tests.unit.handoff.test_every_rate import select

pytestmark = pytest.mark.slow
FORMS = (Form.FCPXML, Form.FCP7_XML, Form.OTIO, Form.EDL)
SCENE = Scene(2, "teal", shape=Shape.BALL)
PRORES = {"codec": "prores_ks", "pixel_format": "yuv422p10le"}
MPEG2 = {"codec": "mpeg2video"}
NTSC = Fraction(30000, 1001)


def check(selects: list[Select], rate: Fraction, wanted: list[int], folder: Path) -> None:
    """Write all forms, and render them one after the other in one go."""
    all_entries = []
    for form in FORMS:
        target = folder / f"cut{form.suffix}"
        made = HandOver().export(selects, form, target, CancelToken(), lambda _: None)
        assert made.problems == ()
        all_entries += entries(target, form)
    numbers = rendered_numbers(all_entries, rate, folder)
    for place, form in enumerate(FORMS):
        assert numbers[place * len(wanted) : (place + 1) * len(wanted)] == wanted, form
    assert len(numbers) == len(FORMS) * len(wanted)


@pytest.mark.parametrize(
    ("name", "rate", "timecode", "options"),
    [
        ("A é & b.mov", Fraction(24000, 1001), "01:00:00:00", {}),
        ("a.mp4", Fraction(24), "", {}),
        ("a.mov", Fraction(25), "23:59:59:00", PRORES),
        ("a.mov", NTSC, "10:09:59;20", {}),
        ("a.mp4", NTSC, "10:09:59:20", {}),
        ("a.mkv", Fraction(30), "", {}),
        ("a.mxf", Fraction(25), "", MPEG2),
        ("a.mov", Fraction(50), "00:00:00:00", {}),
        ("a.mov", Fraction(60000, 1001), "23:59:59;30", {}),
        ("a.mov", Fraction(60000, 1001), "01:00:00:00", PRORES),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_the_frames_are_those_that_were_chosen(
    clips: ClipCache, tmp_path: Path, name: str, rate: Fraction, timecode: str, options: dict[str, str]
) -> None:
    clip = clips.get(name, [SCENE], rate=rate, size=SIZE, timecode=timecode, **options)
    last = clip.frame_count
    ranges = [(17, 25), (0, 2), (last - 3, last), (31, 32)]
    selects = [select(clip, first, end) for first, end in ranges]
    check(selects, rate, [frame for first, end in ranges for frame in range(first, end)], tmp_path)


def test_a_variable_rate(clips: ClipCache, tmp_path: Path) -> None:
    times = [n * 40 + (n % 4) * 6 for n in range(50)]
    clip: Clip = clips.get("vfr.mkv", [SCENE], size=SIZE, times_ms=times)
    chosen = Select(0, 1, "", clip.path, ("local", "default", "VI1"), "vfr.mkv", times[9], times[21])
    check([chosen], Fraction(25), list(range(9, 21)), tmp_path)
