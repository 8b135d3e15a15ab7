"""Scenes of a made clip, and how one frame of them is drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from PIL import Image, ImageColor, ImageDraw, ImageFont

Size = tuple[int, int]


class Shape(Enum):
    """What moves in a scene."""

    NONE = "none"
    BALL = "ball"
    BOAT = "boat"
    BOXES = "boxes"


@dataclass(frozen=True, slots=True)
class Scene:
    """One shot.

    Attributes:
        seconds: how long it lasts; rounded to whole frames.
        color: what fills the picture, any Pillow colour name or "#rrggbb".
        lower_color: with it, the lower half has this colour (a sea, a meadow).
        shape, shape_color: what moves from left to right, once per scene.
        words: shown large in the upper half.
    """

    seconds: float
    color: str = "gray"
    lower_color: str = ""
    shape: Shape = Shape.NONE
    shape_color: str = "white"
    words: str = ""


@lru_cache(maxsize=32)
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def draw_scene(scene: Scene, progress: float, size: Size) -> Image.Image:
    """The picture of `scene` when `progress` (0 to 1) of it is over, without the strip."""
    width, height = size
    image = Image.new("RGB", size, ImageColor.getrgb(scene.color)[:3])
    draw = ImageDraw.Draw(image)
    if scene.lower_color:
        draw.rectangle((0, height // 2, width, height), fill=scene.lower_color)
    _draw_shape(draw, scene, progress, size)
    if scene.words:
        text_size = max(12, min(height // 6, round(1.6 * width / len(scene.words))))
        red, green, blue = image.getpixel((width // 2, height // 10))  # type: ignore[misc]
        ink = "black" if 3 * red + 6 * green + blue > 1280 else "white"
        draw.text((width // 2, height // 4), scene.words, font=_font(text_size), fill=ink, anchor="mm")
    return image


def _draw_shape(draw: ImageDraw.ImageDraw, scene: Scene, progress: float, size: Size) -> None:
    width, height = size
    x, radius = width * (0.15 + 0.7 * progress), height / 8
    y = height * 0.62 - abs(math.sin(progress * 9)) * height * 0.06
    match scene.shape:
        case Shape.NONE:
            return
        case Shape.BALL:
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=scene.shape_color)
        case Shape.BOAT:
            hull = [(x - 2 * radius, y), (x + 2 * radius, y), (x + radius, y + radius), (x - radius, y + radius)]
            draw.polygon(hull, fill=scene.shape_color)
            draw.polygon([(x, y - 2 * radius), (x, y - 4), (x + 1.4 * radius, y - 4)], fill=scene.shape_color)
        case Shape.BOXES:
            for index in range(5):
                left = (x + index * width / 5) % width
                draw.rectangle((left, y - radius, left + radius, y + radius), fill=scene.shape_color)
