"""What cannot be handed over is said before anything is written, and what was there stays."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from desktop_search.core.errors import AppError, Cancelled, DiskFull, FileProblem
from desktop_search.core.handing_over import CONTACT_SHEETS, Form
from desktop_search.core.selects import Select
from desktop_search.core.timeline import SourceClip
from desktop_search.core.token import CancelToken
from desktop_search.media.source_clip import KnownClips, source_clip
from desktop_search.services.handing_over import HandOver, NothingWritten
from tests.clips import Clip
from tests.unit.handoff.test_every_rate import footage, select


@pytest.fixture
def clip(tmp_path: Path) -> Clip:
    return footage(tmp_path, Fraction(25), "")


def export(selects: list[Select], target: Path, form: Form = Form.EDL) -> AppError:
    with pytest.raises(AppError) as caught:
        HandOver().export(selects, form, target, CancelToken(), lambda _: None)
    return caught.value


def test_each_range_that_makes_no_sense_is_named(clip: Clip, tmp_path: Path) -> None:
    good = select(clip, 0, 10)
    target = tmp_path / "cut.edl"
    target.write_text("the old one")
    bad = [
        replace(good, end_ms=good.start_ms),
        replace(good, start_ms=400, end_ms=200),
        replace(good, end_ms=3_000),
        replace(good, path=tmp_path / "gone.mov"),
        replace(good, path=None),
        replace(good, path=target),
    ]
    error = export([good, *bad], target)
    assert isinstance(error, NothingWritten)
    assert "6 of 7" in str(error)
    lines = error.details.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["2", "3", "4", "5", "6", "7"]
    for line, words in zip(
        lines,
        ("no frame long", "before its in point", "25 frames after", "not there", "library alone", "not a video"),
        strict=True,
    ):
        assert words in line
    assert target.read_text() == "the old one"


def test_nothing_chosen(tmp_path: Path) -> None:
    assert "nothing to export" in str(export([], tmp_path / "cut.edl"))


@pytest.mark.parametrize("form", [form for form in Form if form not in CONTACT_SHEETS])
def test_a_folder_that_is_not_there(clip: Clip, tmp_path: Path, form: Form) -> None:
    error = export([select(clip, 0, 5)], tmp_path / "no such folder" / f"cut{form.suffix}", form)
    assert isinstance(error, FileProblem)
    assert "could not be written" in str(error)


@pytest.fixture
def small_disk(clip: Clip) -> Iterator[None]:
    """Files can have 100 bytes, then writing fails: what a full disk is like from inside of one process."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.usefixtures("small_disk")
@pytest.mark.parametrize("form", [form for form in Form if form not in CONTACT_SHEETS])
def test_what_does_not_fit_leaves_the_old_file_and_nothing_else(clip: Clip, tmp_path: Path, form: Form) -> None:
    target = tmp_path / f"cut{form.suffix}"
    target.write_text("the old one")
    before = sorted(tmp_path.iterdir())
    assert isinstance(export([select(clip, 0, 5)] * 3, target, form), (FileProblem, DiskFull))
    assert target.read_text() == "the old one"
    assert sorted(tmp_path.iterdir()) == before


def test_a_target_that_is_a_folder(clip: Clip, tmp_path: Path) -> None:
    (tmp_path / "cut.edl").mkdir()
    assert isinstance(export([select(clip, 0, 5)], tmp_path / "cut.edl"), FileProblem)
    assert not list(tmp_path.glob(".*"))


def test_cancelling_leaves_nothing(clip: Clip, tmp_path: Path) -> None:
    token = CancelToken()
    with pytest.raises(Cancelled):
        HandOver().export([select(clip, 0, 5)] * 3, Form.EDL, tmp_path / "cut.edl", token, lambda done: token.cancel())
    assert not (tmp_path / "cut.edl").exists()


def test_a_file_that_changes_while_it_is_handed_over_is_told(clip: Clip, tmp_path: Path) -> None:
    """The proof looks at the disk again: a file is not taken for what it was when it is another one now."""
    looked = []

    def look(path: Path) -> SourceClip:
        looked.append(path)
        found = source_clip(path)
        os.utime(path, ns=(len(looked), len(looked)))
        return found if len(looked) == 1 else replace(found, timebase=replace(found.timebase, start_frame=99))

    made = HandOver(KnownClips(look)).export(
        [select(clip, 0, 5)], Form.FCPXML, tmp_path / "cut.fcpxml", CancelToken(), lambda _: None
    )
    assert made.said == "0/1 events frame-exact"
    assert "Its timecode begins at" in made.problems[0]


def test_each_file_is_looked_into_once(clip: Clip, tmp_path: Path) -> None:
    looked = []

    def look(path: Path) -> SourceClip:
        looked.append(path)
        return source_clip(path)

    hand_over = HandOver(KnownClips(look))
    for name in ("a.edl", "b.edl"):
        selects = [select(clip, frame, frame + 5) for frame in range(20)]
        made = hand_over.export(selects, Form.EDL, tmp_path / name, CancelToken(), lambda _: None)
        assert made.said == "20/20 events frame-exact"
    assert looked == [clip.path]


def test_a_clip_that_is_still_being_fetched_is_said(clip: Clip, tmp_path: Path) -> None:
    hand_over = HandOver(is_arriving=lambda path: path == clip.path)
    with pytest.raises(NothingWritten) as caught:
        hand_over.export([select(clip, 0, 5)], Form.EDL, tmp_path / "a.edl", CancelToken(), lambda _: None)
    assert "still being fetched" in caught.value.details


def test_a_folder_that_may_not_be_written(clip: Clip) -> None:
    """Not even by root."""
    error = export([select(clip, 0, 5)], Path("/proc/cut.edl"))
    assert isinstance(error, FileProblem)
    assert "could not be written" in str(error)
