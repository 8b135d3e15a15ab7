"""Every form with every rate, counting and start timecode: written, read back by other code, exact to the frame."""

from __future__ import annotations

import hashlib
import os
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from desktop_search.core.handing_over import Arrangement, Form
from desktop_search.core.selects import Select
from desktop_search.core.token import CancelToken
from desktop_search.media.source_clip import source_clip
from desktop_search.services.handing_over import HandOver
from tests.clips import Clip, Scene, make_clip

RATES = (
    (Fraction(24000, 1001), ":"),
    (Fraction(24), ":"),
    (Fraction(25), ":"),
    (Fraction(30000, 1001), ";"),
    (Fraction(30000, 1001), ":"),
    (Fraction(30), ":"),
    (Fraction(50), ":"),
    (Fraction(60000, 1001), ";"),
    (Fraction(60000, 1001), ":"),
)
STARTS = ("", "00:00:00:00", "01:00:00:00", "23:59:59:00")
PROVED = (Form.FCPXML, Form.FCP7_XML, Form.OTIO, Form.OTIOZ, Form.EDL)
SIZE = (160, 90)


def footage(folder: Path, rate: Fraction, start: str, name: str = "A001 ü & 'C\".mov") -> Clip:
    return make_clip(folder / name, [Scene(2, "navy")], rate, SIZE, numbered=False, timecode=start)


def select(clip: Clip, first: int, last: int) -> Select:
    """Frames `first` up to `last` of a clip, times in whole ms as everywhere in the program."""
    start_ms, end_ms = (round(Fraction(frame * 1000) / clip.rate) for frame in (first, last))
    return Select(0, 1, "", clip.path, ("local", "default", "VI1"), clip.path.name, start_ms, end_ms, "note <&>")


def said_of(form: Form, selects: list[Select], folder: Path, arrangement: Arrangement = Arrangement.TIMELINE) -> str:
    target = folder / f"cut{form.suffix}"
    made = HandOver().export(selects, form, target, CancelToken(), lambda _: None, arrangement)
    assert made.problems == ()
    return made.said


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize(("rate", "mark"), RATES, ids=lambda value: str(value))
def test_every_form_is_exact(tmp_path: Path, rate: Fraction, mark: str, start: str) -> None:
    clip = footage(tmp_path, rate, f"{start[:8]}{mark}{start[9:]}" if start else "")
    frames = source_clip(clip.path).frames
    assert frames == round(2 * rate)
    selects = [select(clip, 7, 20), select(clip, 0, 1), select(clip, frames - 3, frames), select(clip, 13, 14)]
    for form in PROVED:
        for arrangement in form.arrangements:
            assert said_of(form, selects, tmp_path, arrangement) == "4/4 events frame-exact"


CONTAINERS: dict[str, dict[str, Any]] = {
    "A.mp4": {},
    "A.mkv": {},
    "A.mxf": {"codec": "mpeg2video"},
    "A.mov": {"codec": "prores_ks", "pixel_format": "yuv422p10le"},
}


@pytest.mark.parametrize("name", CONTAINERS)
@pytest.mark.parametrize("rate", [Fraction(24000, 1001), Fraction(25), Fraction(30000, 1001), Fraction(50)], ids=str)
@pytest.mark.parametrize("timecode", ["", "23:59:50:00"])
def test_other_containers(tmp_path: Path, rate: Fraction, name: str, timecode: str) -> None:
    options = CONTAINERS[name]
    clip = make_clip(tmp_path / name, [Scene(2, "navy")], rate, SIZE, numbered=False, timecode=timecode, **options)
    found = source_clip(clip.path)
    assert found.frames == round(2 * rate)
    for form in PROVED:
        for arrangement in form.arrangements:
            selects = [select(clip, 5, 9), select(clip, 20, 47)]
            assert said_of(form, selects, tmp_path, arrangement) == "2/2 events frame-exact"


def test_a_variable_rate_counts_by_its_nominal_one(tmp_path: Path) -> None:
    times = [n * 40 + (n % 4) * 6 for n in range(50)]
    clip = make_clip(tmp_path / "vfr.mkv", [Scene(2, "navy")], size=SIZE, numbered=False, times_ms=times)
    for form in PROVED:
        for arrangement in form.arrangements:
            selects = [select(clip, 5, 9), select(clip, 20, 47)]
            assert said_of(form, selects, tmp_path, arrangement) == "2/2 events frame-exact"


def test_mixed_rates_are_exact_where_they_fit_and_said_where_not(tmp_path: Path) -> None:
    twenty_five = footage(tmp_path, Fraction(25), "10:00:00:00", "25.mov")
    fifty = footage(tmp_path, Fraction(50), "", "50.mov")
    selects = [select(twenty_five, 0, 50), select(fifty, 10, 20), select(fifty, 10, 21)]
    for form in PROVED:
        made = HandOver().export(selects, form, tmp_path / f"mix{form.suffix}", CancelToken(), lambda _: None)
        assert made.said == "2/3 events frame-exact"
        assert made.problems == ("3 (50.mov): It is 5.500 frames long in the timeline; 6 are used.",)


def test_an_edl_as_it_is_read_by_people(tmp_path: Path) -> None:
    clip = footage(tmp_path, Fraction(30000, 1001), "10:20:30;05", "A012_C003.mov")
    said_of(Form.EDL, [select(clip, 10, 40)], tmp_path)
    lines = (tmp_path / "cut.edl").read_text().splitlines()
    assert lines[1] == "FCM: DROP FRAME"
    assert lines[3] == "001  A012_C00 V     C        10:20:30;15 10:20:31;15 01:00:00;00 01:00:01;00"
    assert lines[4] == "* FROM CLIP NAME: A012_C003.mov"
    assert lines[5] == f"* SOURCE FILE: {clip.path}"


def test_two_clips_of_one_name_are_two_reels(tmp_path: Path) -> None:
    clips = [footage(tmp_path / folder, Fraction(25), "", "LONGNAME_1.mov") for folder in ("a", "b")]
    said_of(Form.EDL, [select(clip, 0, 5) for clip in clips], tmp_path)
    reels = [line.split()[1] for line in (tmp_path / "cut.edl").read_text().splitlines() if line[:3].isdecimal()]
    assert len(set(reels)) == 2
    assert all(len(reel) <= 8 for reel in reels)


def test_otioz_holds_the_media(tmp_path: Path) -> None:
    import zipfile

    clip = footage(tmp_path, Fraction(25), "", "boat.mov")
    said_of(Form.OTIOZ, [select(clip, 0, 5)], tmp_path)
    with zipfile.ZipFile(tmp_path / "cut.otioz") as archive:
        (inside,) = (name for name in archive.namelist() if name.endswith("boat.mov"))
        assert hashlib.sha256(archive.read(inside)).digest() == hashlib.sha256(clip.path.read_bytes()).digest()


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_name_that_is_no_unicode_is_read_back_whole_where_the_form_can_hold_it(tmp_path: Path) -> None:
    clip = footage(tmp_path, Fraction(25), "", os.fsdecode(b"caf\xe9\n1.mov"))
    for form in (Form.FCPXML, Form.FCP7_XML, Form.OTIO):
        assert said_of(form, [select(clip, 0, 5)], tmp_path) == "1/1 events frame-exact"
    made = HandOver().export([select(clip, 0, 5)], Form.EDL, tmp_path / "cut.edl", CancelToken(), lambda _: None)
    assert "Its file reads" in made.problems[0]  # text alone cannot hold such a name, and that is told
