from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from desktop_search.engine.encoders.colours import colour_words
from desktop_search.engine.encoders.describe import picture_words, segment_words
from desktop_search.engine.encoders.light import light_words
from desktop_search.engine.encoders.people import people_words
from desktop_search.engine.encoders.screen_text import ScreenText, text_likeness
from desktop_search.engine.encoders.shapes import shape_words
from desktop_search.engine.encoders.terms import COLOURS, TERMS
from desktop_search.engine.indexing.decoding import squeezed
from tests.unit.engine_indexing.drawing import Pixels, noisy, plain, scenery, with_face


@pytest.mark.parametrize(
    ("color", "name"),
    [
        ((10, 10, 12), "black"),
        ((128, 128, 128), "gray"),
        ((250, 250, 248), "white"),
        ((200, 20, 30), "red"),
        ((220, 20, 60), "red"),
        ((250, 140, 10), "orange"),
        ((250, 220, 30), "yellow"),
        ((30, 140, 50), "green"),
        ((20, 200, 200), "cyan"),
        ((20, 60, 200), "blue"),
        ((16, 80, 160), "blue"),
        ((128, 0, 128), "purple"),
        ((110, 60, 180), "purple"),
        ((255, 120, 190), "pink"),
        ((110, 65, 30), "brown"),
        ((225, 205, 165), "beige"),
    ],
)
def test_colours_have_their_names(color: tuple[int, int, int], name: str) -> None:
    words = colour_words(squeezed(noisy(plain(color), 1)))
    assert words[name] == 1.0
    assert sum(words.get(other, 0.0) for other in COLOURS) < 1.5


def test_colours_are_told_by_region() -> None:
    picture = plain((20, 60, 200))
    picture[120:] = (30, 140, 50)
    picture[60:120, :100] = (200, 20, 30)
    words = colour_words(squeezed(picture))
    assert words["blue.top"] == words["green.bottom"] == 1.0
    assert words["red.left"] > words["red"] > 0.3
    assert "red.right" not in words
    assert "blue.bottom" not in words


def test_a_small_red_thing_is_noticed() -> None:
    picture = Image.new("RGB", (640, 360), (40, 130, 50))
    ImageDraw.Draw(picture).ellipse((300, 160, 370, 230), fill=(220, 20, 20))
    assert 0.15 < colour_words(squeezed(np.asarray(picture)))["red"] < 0.6


@pytest.mark.parametrize(
    ("picture", "expected", "absent"),
    [
        (plain((8, 8, 12)), {"dark", "night"}, {"bright", "day", "high contrast"}),
        (plain((245, 245, 245)), {"bright", "high key", "monochrome"}, {"dark", "low key"}),
        (plain((230, 120, 30)), {"warm", "plain"}, {"cool", "monochrome"}),
        (plain((30, 80, 190)), {"cool"}, {"warm", "sunset"}),
        (plain((128, 128, 128)), {"monochrome"}, {"colorful", "warm", "cool"}),
    ],
)
def test_light(picture: Pixels, expected: set[str], absent: set[str]) -> None:
    words = {word for word, weight in light_words(squeezed(picture)).items() if weight >= 0.4}
    assert expected <= words
    assert not absent & words


def test_half_black_half_white_is_high_contrast() -> None:
    picture = plain((0, 0, 0))
    picture[:, 160:] = 255
    assert light_words(squeezed(picture))["high contrast"] == 1.0


def test_a_blue_sky_over_a_textured_meadow() -> None:
    picture = plain((110, 160, 235))
    picture[90:] = noisy(plain((50, 130, 40))[90:], 3, 40.0)
    words = light_words(picture[::2, ::2])
    assert words["sky"] > 0.5
    assert words["foliage"] > 0.4


@pytest.mark.parametrize(("shape", "name"), [("ball", "circle"), ("box", "square"), ("roof", "triangle")])
def test_simple_shapes(shape: str, name: str) -> None:
    picture = Image.new("RGB", (480, 270), (40, 90, 160))
    draw = ImageDraw.Draw(picture)
    if shape == "ball":
        draw.ellipse((200, 90, 280, 170), fill="white")
    elif shape == "box":
        draw.rectangle((200, 90, 280, 170), fill="white")
    else:
        draw.polygon([(200, 170), (290, 170), (245, 80)], fill="white")
    assert set(shape_words(noisy(np.asarray(picture), 2))) == {name}


@pytest.mark.parametrize(
    ("height", "size"),
    [(28, "wide shot"), (33, "wide shot"), (64, "medium shot"), (110, "medium shot"), (200, "close-up")],
)
def test_somebody_is_seen_however_near(height: int, size: str) -> None:
    for seed in (1, 2):
        picture = with_face(scenery(seed, 480, 270), height, left=90 + 10 * seed, top=(270 - height) // 2)
        assert people_words([noisy(picture, seed)]) == {"face": 1.0, "one person": 1.0, size: 1.0}


def test_two_people_are_counted() -> None:
    picture = with_face(scenery(3, 480, 270), 90, left=60, top=80)
    assert "two people" in people_words([with_face(picture, 100, left=300, top=70)])


def test_scenery_has_no_shapes_and_nobody_in_it() -> None:
    for seed in range(5):
        assert shape_words(scenery(seed)) == {}
        assert people_words([scenery(seed)]) == {"nobody": 0.5}


def slate(text: str, size: int) -> Pixels:
    picture = Image.fromarray(scenery(7, 480, 270))
    ImageDraw.Draw(picture).text((40, 120), text, font=ImageFont.load_default(size), fill="white", stroke_width=0)
    return np.asarray(picture)


@pytest.mark.parametrize("size", [18, 28, 40])
def test_text_in_the_picture_is_read(size: int) -> None:
    assert "HARBOUR MASTER 42" in ScreenText().read([scenery(7, 480, 270), slate("HARBOUR MASTER 42", size)]).upper()


def test_without_text_nothing_is_read() -> None:
    assert ScreenText().read([scenery(seed, 480, 270) for seed in range(3)]) == ""
    assert text_likeness(plain((90, 90, 90))) == 0.0


def test_tiny_pictures_have_no_text_and_do_no_harm() -> None:
    for width, height in ((1, 1), (2, 2), (1, 300), (300, 1), (16, 16)):
        tiny = plain((200, 20, 30), width, height)
        assert ScreenText().read([tiny]) == ""
        assert picture_words(squeezed(tiny), tiny)["red"] == 1.0


def test_all_words_belong_to_the_index() -> None:
    for seed in range(6):
        picture = scenery(seed, 480, 270)
        words = segment_words([squeezed(picture)], [picture], [])
        assert set(words) <= TERMS
        assert all(0 < weight <= 1 for weight in words.values())
