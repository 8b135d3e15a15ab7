"""Clip files of several ranges: named by the template, each told of, and nothing half done."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from desktop_search.core.cutting import Cut
from desktop_search.core.errors import Cancelled, FileProblem, RequestRejected
from desktop_search.core.handing_over import HandedOver, Progress, Stage
from desktop_search.core.selects import Select
from desktop_search.core.token import CancelToken
from desktop_search.services.clip_files import ClipFiles, Report
from desktop_search.services.handing_over import HandOver, NothingWritten
from tests.clips import Clip, Scene, Shape, make_clip
from tests.unit.handoff.test_every_rate import select
from tests.unit.media.proxies import numbered_frames


@pytest.fixture
def clip(tmp_path: Path) -> Clip:
    scenes = [Scene(2, "teal", shape=Shape.BALL)]
    return make_clip(tmp_path / "A & ü.mov", scenes, Fraction(25), (320, 180), gop=10, timecode="10:00:00:00")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "clips"
    made.mkdir()
    return made


def export(
    selects: list[Select],
    folder: Path,
    cut: Cut = Cut.H264,
    template: str = "{n} {name} {in}",
    token: CancelToken | None = None,
    report: Report = lambda _: None,
) -> HandedOver:
    return ClipFiles(HandOver()).export(selects, cut, folder, template, "Bin", token or CancelToken(), report)


def test_files_are_named_by_the_template_and_replace_nothing(clip: Clip, folder: Path) -> None:
    told: list[Progress] = []
    made = export([select(clip, 12, 20), select(clip, 30, 33)], folder, template="{bin} {in}", report=told.append)
    assert (made.said, made.problems) == ("2 files written", ())
    assert told[0].stage is Stage.LOOKING
    assert any(each.stage is Stage.CLIPS and each.done == 1 and each.permille for each in told)
    export([select(clip, 12, 14)], folder, template="{bin} {in}")
    found = {path.name: numbered_frames([path]) for path in folder.iterdir()}
    assert found == {
        "Bin 10.00.00.12.mp4": list(range(12, 20)),
        "Bin 10.00.00.12 (2).mp4": [12, 13],
        "Bin 10.00.01.05.mp4": [30, 31, 32],
    }


def test_of_copies_it_is_said_where_they_really_begin_and_end(clip: Clip, folder: Path) -> None:
    made = export([select(clip, 10, 20), select(clip, 25, 30)], folder, Cut.COPY)
    assert made.said == "2 files written"
    assert [line.split(")")[0] for line in made.problems][-1] == "2 (A & ü.mov"
    assert "It begins 5 frames early, at the key frame at 10:00:00:20." in made.problems[-1]


def test_what_cannot_be_is_said_before_anything_is_written(clip: Clip, folder: Path) -> None:
    good = select(clip, 0, 5)
    with pytest.raises(NothingWritten):
        export([good, replace(good, end_ms=9_000)], folder)
    with pytest.raises(RequestRejected, match="no “what”"):
        export([good], folder, template="{what}")
    with pytest.raises(FileProblem, match="is no folder"):
        export([good], folder / "no")
    assert not list(folder.iterdir())


def test_stopping_leaves_whole_files_alone(clip: Clip, folder: Path) -> None:
    token = CancelToken()

    def stop(told: Progress) -> None:
        if told.stage is Stage.CLIPS and told.done == 1:
            token.cancel()

    with pytest.raises(Cancelled):
        export([select(clip, 0, 5), select(clip, 5, 50)], folder, token=token, report=stop)
    (whole,) = folder.iterdir()
    assert numbered_frames([whole]) == list(range(5))
