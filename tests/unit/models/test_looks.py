"""What looks the same: copies of one picture do, other pictures do not, and black looks like nothing."""

from __future__ import annotations

import random
from io import BytesIO

from PIL import Image, ImageDraw
from PySide6.QtGui import QImage

from desktop_search.models.looks import Look, LookGroups, look_of


def picture(seed: int, colour: tuple[int, int, int] = (40, 90, 150)) -> Image.Image:
    made = Image.new("RGB", (256, 144), colour)
    draw, chance = ImageDraw.Draw(made), random.Random(seed)
    for _ in range(6):
        x, y = chance.randrange(220), chance.randrange(110)
        fill = tuple(chance.randrange(256) for _channel in range(3))
        draw.ellipse((x, y, x + chance.randrange(30, 120), y + chance.randrange(20, 70)), fill=fill)
    return made


def look(image: Image.Image, quality: int = 85) -> Look | None:
    data = BytesIO()
    image.save(data, "JPEG", quality=quality)
    return look_of(QImage.fromData(data.getvalue()))


def test_copies_of_a_picture_look_alike_and_others_do_not() -> None:
    groups = LookGroups()
    for seed in range(40):
        one, poor = look(picture(seed)), look(picture(seed).resize((128, 72)), 40)
        assert one is not None
        assert poor is not None
        assert groups.put((seed, "one"), one) == (seed, False)
        assert groups.put((seed, "poor"), poor) == (seed, True)


def test_the_same_shapes_in_other_colours_are_another_picture() -> None:
    red, green = (Image.new("RGB", (64, 36), colour) for colour in ("#a03030", "#308030"))
    for image in (red, green):
        ImageDraw.Draw(image).ellipse((10, 5, 40, 30), fill="#e0e0e0")
    one, other = look(red), look(green)
    assert one is not None
    assert other is not None
    assert not one.is_like(other)


def test_black_white_and_fades_look_like_nothing() -> None:
    for grey in (0, 3, 128, 255):
        assert look(Image.new("RGB", (256, 144), (grey, grey, grey))) is None
    nearly = Image.new("RGB", (256, 144), (4, 4, 4))
    ImageDraw.Draw(nearly).rectangle((0, 0, 90, 90), fill=(18, 16, 20))
    assert look(nearly) is None
    assert look_of(QImage()) is None


def test_a_picture_that_changes_changes_its_group() -> None:
    groups, one, other = LookGroups(), look(picture(1)), look(picture(2))
    assert one is not None
    assert other is not None
    assert groups.put("a", one) == (0, False)
    assert groups.put("b", one) == (0, True)
    assert groups.put("b", other) == (1, False)
    assert groups.put("c", one) == (0, True)
