"""A select is trimmed within its clip, put in order, coloured; between two states only what differs is an edit."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from desktop_search.core.selects import Select
from desktop_search.core.selects_edit import edit_between, moved_before, moved_by, with_new
from desktop_search.core.timecode import Timebase

NTSC = Timebase(Fraction(30000, 1001))
ONE = Select(1, 1, "abc", Path("/card/boat.mp4"), ("local", "default", "VI1"), "boat.mp4", 1001, 2002)
FIVE = [replace(ONE, select_id=number, start_ms=number) for number in range(1, 6)]


@pytest.mark.parametrize(
    ("in_frames", "out_frames", "frames"),
    [
        (-1, 0, (29, 60)),
        (0, -1, (30, 59)),
        (0, 1, (30, 61)),
        (29, 0, (59, 60)),
        (30, 0, (30, 60)),
        (0, -30, (30, 60)),
        (-31, 0, (30, 60)),
        (0, 30, (30, 90)),
        (0, 31, (30, 60)),
    ],
)
def test_ends_go_by_frames_and_stay_in_the_clip(in_frames: int, out_frames: int, frames: tuple[int, int]) -> None:
    stepped = ONE.stepped(in_frames, out_frames, NTSC, 3003)
    assert (NTSC.frame_at(stepped.start_ms), NTSC.frame_at(stepped.end_ms)) == frames


def test_a_range_without_a_frame_is_no_trim() -> None:
    assert ONE.trimmed(2000, 2000) == ONE
    assert ONE.trimmed(-5, 10) == replace(ONE, start_ms=0, end_ms=10)


def test_there_are_so_many_colours() -> None:
    assert ONE.coloured("pink").coloured("").colour == ""
    with pytest.raises(ValueError, match="mauve"):
        ONE.coloured("mauve")


@pytest.mark.parametrize(
    ("chosen", "row", "order"),
    [
        ({2, 4}, 0, [2, 4, 1, 3, 5]),
        ({2, 4}, 5, [1, 3, 5, 2, 4]),
        ({2, 4}, 3, [1, 3, 2, 4, 5]),
        ({9}, 1, [1, 2, 3, 4, 5]),
    ],
)
def test_rows_are_put_before_another(chosen: set[int], row: int, order: list[int]) -> None:
    assert [one.select_id for one in moved_before(FIVE, frozenset(chosen), row)] == order


@pytest.mark.parametrize(
    ("chosen", "rows", "order"),
    [
        ({2, 4}, 1, [1, 3, 2, 4, 5]),
        ({4, 5}, -9, [4, 5, 1, 2, 3]),
        ({1}, 9, [2, 3, 4, 5, 1]),
        ({1}, -1, [1, 2, 3, 4, 5]),
    ],
)
def test_rows_are_moved_by_some(chosen: set[int], rows: int, order: list[int]) -> None:
    assert [one.select_id for one in moved_by(FIVE, frozenset(chosen), rows)] == order


def test_a_range_of_the_same_content_is_there_once_wherever_it_was_found() -> None:
    elsewhere = replace(ONE, select_id=0, path=Path("/mnt/d/boat.mp4"), clip=("other", "default", "VI9"))
    assert with_new([ONE], [elsewhere]) == [ONE]
    assert len(with_new([ONE], [replace(elsewhere, fingerprint="else")])) == 2


def test_an_edit_holds_what_differs_alone() -> None:
    rated = [replace(one, rating=3) if one.select_id == 2 else one for one in FIVE]
    edit = edit_between({1: FIVE}, {1: rated})
    assert (edit.put, edit.gone, dict(edit.orders)) == ((rated[1],), (), {})
    edit = edit_between({1: FIVE}, {1: FIVE[:3]})
    assert (edit.put, edit.gone, list(edit.orders[1])) == ((), (4, 5), [1, 2, 3])
    assert not edit_between({1: FIVE}, {1: list(FIVE)})
