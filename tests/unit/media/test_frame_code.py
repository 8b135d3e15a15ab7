"""The strip of black and white cells: read back from any scaling, never read from what is none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from desktop_search.media.frame_code import CELLS, MAX_CLIP, MAX_FRAME, SMALLEST_WIDTH_PX, draw, find


@settings(deadline=None, max_examples=60)
@given(
    frame=st.integers(0, MAX_FRAME),
    clip=st.integers(0, MAX_CLIP),
    width=st.integers(260, 1300),
    left=st.integers(0, 90),
    grey=st.integers(0, 255),
)
def test_what_was_drawn_is_read_after_scaling(frame: int, clip: int, width: int, left: int, grey: int) -> None:
    pixels = np.full((360, 640, 3), grey, dtype=np.uint8)
    draw(pixels, frame, clip)
    shown = Image.fromarray(pixels).resize((width, width * 9 // 16), Image.Resampling.BILINEAR)
    screen = Image.new("RGB", (1440, 760), "#303030")
    screen.paste(shown, (left, 11))
    (code,) = find(np.asarray(screen))
    assert (code.frame, code.clip) == (frame, clip)
    assert abs(code.width - width) <= 2 * width / CELLS


def test_two_strips_are_told_apart_the_widest_first() -> None:
    small, large = np.zeros((90, 240, 3), dtype=np.uint8), np.zeros((270, 480, 3), dtype=np.uint8)
    draw(small, 7, 1)
    draw(large, 1234, 2)
    screen = np.full((300, 800, 3), 40, dtype=np.uint8)
    screen[10:100, 20:260] = small
    screen[15:285, 300:780] = large
    assert [(code.frame, code.clip) for code in find(screen)] == [(1234, 2), (7, 1)]


def test_noise_and_stripes_are_no_strip() -> None:
    noise = np.random.default_rng(3).integers(0, 256, (400, 900, 3), dtype=np.uint8)
    assert find(noise) == ()
    stripes = np.zeros((60, 900), dtype=np.uint8)
    stripes[:, (np.arange(900) // 12) % 2 == 0] = 255
    assert find(stripes) == ()


def test_a_damaged_strip_is_not_read_wrongly() -> None:
    pixels = np.zeros((100, 700, 3), dtype=np.uint8)
    draw(pixels, 4242, 3)
    for cell in range(7, CELLS - 7):
        damaged = pixels.copy()
        damaged[:, cell * 10 : cell * 10 + 10] = 255 - damaged[:, cell * 10 : cell * 10 + 10]
        assert not [code for code in find(damaged) if code.width > 650]


@pytest.mark.parametrize(("frame", "clip", "width"), [(-1, 0, 640), (MAX_FRAME + 1, 0, 640), (0, 16, 640), (0, 0, 0)])
def test_what_does_not_fit_is_refused(frame: int, clip: int, width: int) -> None:
    with pytest.raises(ValueError, match="no strip"):
        draw(np.zeros((100, width or SMALLEST_WIDTH_PX - 1, 3), dtype=np.uint8), frame, clip)
