from __future__ import annotations

from collections.abc import Callable
from math import cos, exp, sin

import cv2
import pytest

from desktop_search.engine.encoders.motion import motion_words
from tests.unit.engine_indexing.drawing import Pixels, noisy, plain, scenery, view

Path = Callable[[float], tuple[float, float, float]]
LARGE = scenery(11, 1600, 900)


def pairs(path: Path) -> list[tuple[Pixels, Pixels, int]]:
    """Pairs as the indexer takes them, two a second, along a camera path of (x, y, width) over a large picture."""
    times = [number / 2 for number in range(6)]
    return [(noisy(view(LARGE, *path(t)), 1), noisy(view(LARGE, *path(t + 0.12)), 2), 120) for t in times]


@pytest.mark.parametrize(
    ("path", "word", "absent"),
    [
        (lambda t: (800, 450, 700), "static", "pan"),
        (lambda t: (500 + 80 * t, 450, 700), "pan right", "pan left"),
        (lambda t: (1100 - 250 * t, 450, 700), "pan left", "static"),
        (lambda t: (800, 600 - 70 * t, 700), "tilt up", "tilt down"),
        (lambda t: (800, 300 + 90 * t, 700), "tilt down", "zoom"),
        (lambda t: (800, 450, 1200 * exp(-0.2 * t)), "zoom in", "zoom out"),
        (lambda t: (800, 450, 600 * exp(0.15 * t)), "zoom out", "static"),
        (lambda t: (800 + 18 * sin(7 * t) + 9 * sin(13 * t), 450 + 14 * cos(9 * t), 700), "handheld", "static"),
    ],
)
def test_camera_moves_have_their_words(path: Path, word: str, absent: str) -> None:
    words = motion_words(pairs(path))
    assert words[word] >= 0.4
    assert absent not in words


def thing(speed: float, ground: Pixels) -> list[tuple[Pixels, Pixels, int]]:
    found = []
    for number in range(6):
        two = []
        for at_s in (number / 2, number / 2 + 0.12):
            picture = ground.copy()
            cv2.circle(picture, (round(20 + speed * at_s) % 190, 60), 12, 240, -1)
            two.append(picture)
        found.append((two[0], two[1], 120))
    return found


@pytest.mark.parametrize("ground", [view(LARGE, 800, 450, 700), plain((90, 90, 90), 192, 108)[:, :, 0]])
def test_a_moving_thing_is_not_a_moving_camera(ground: Pixels) -> None:
    words = motion_words(thing(40, ground.copy()))
    assert words["moving"] >= 0.4
    assert "static" in words
    assert not {"pan", "tilt", "zoom", "still"} & set(words)


def test_a_still_picture_is_still() -> None:
    words = motion_words([(view(LARGE, 800, 450, 700),) * 2 + (120,)] * 4)
    assert words["still"] == words["static"] == 1.0


def test_without_pairs_nothing_is_said() -> None:
    assert motion_words([]) == {}
