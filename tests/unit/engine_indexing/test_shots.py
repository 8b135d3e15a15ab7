from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from desktop_search.engine.indexing.decoding import Copier
from desktop_search.engine.indexing.shots import with_cuts
from tests.unit.engine_indexing.drawing import Pixels, as_frames, noisy, plain, scenery


def cuts(pictures: list[Pixels]) -> list[int]:
    """The numbers of the frames that begin a shot."""
    laid = list(with_cuts(as_frames(pictures), Copier(Fraction(1))))
    assert [one.timed.at_ms for one in laid] == [40 * number for number in range(len(pictures))]
    return [number for number, one in enumerate(laid) if one.starts_shot]


def shot(seed: int, count: int) -> list[Pixels]:
    picture = scenery(seed, 320, 180)
    return [noisy(picture, seed * 1000 + number) for number in range(count)]


def test_every_cut_is_found_at_its_frame() -> None:
    lengths = [30, 5, 12, 41, 8]
    pictures = [picture for seed, count in enumerate(lengths) for picture in shot(seed, count)]
    assert cuts(pictures) == [0, 30, 35, 47, 88]


@pytest.mark.parametrize("length", [1, 2, 3, 7])
def test_very_short_videos_are_one_shot(length: int) -> None:
    assert cuts(shot(1, length)) == [0]


def test_colours_of_the_same_brightness_are_told_apart() -> None:
    assert cuts([plain((200, 40, 40))] * 10 + [plain((20, 125, 20))] * 10) == [0, 10]


def test_black_and_white() -> None:
    assert cuts([plain((0, 0, 0))] * 10 + [plain((255, 255, 255))] * 10 + [plain((0, 0, 0))] * 10) == [0, 10, 20]


def test_a_flash_is_no_cut() -> None:
    pictures = shot(2, 40)
    pictures[20] = plain((255, 255, 255))
    pictures[21] = plain((230, 230, 230))
    assert cuts(pictures) == [0]


@pytest.mark.parametrize("hold", [1, 2, 3])
def test_a_fast_pan_is_no_cut_even_drawn_on_twos_and_threes(hold: int) -> None:
    wide = scenery(3, 2400, 180)
    pictures = [wide[:, 24 * (number // hold) * hold :][:, :320] for number in range(60)]
    assert cuts([np.ascontiguousarray(picture) for picture in pictures]) == [0]


def test_a_cut_out_of_a_pan_is_found() -> None:
    wide = scenery(4, 2400, 180)
    pan = [np.ascontiguousarray(wide[:, 8 * number :][:, :320]) for number in range(40)]
    assert cuts(pan + shot(5, 30)) == [0, 40]


def test_slow_changes_are_no_cut() -> None:
    assert cuts([plain((3 * number, 3 * number, 2 * number)) for number in range(80)]) == [0]
