"""Draws the scenes of the sample footage. Each scene is a function of the time in it and its length, in seconds."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter, ImageFont

SIZE = (640, 360)
_FINE = 2  # drawn twice as large, then reduced: smooth edges
W, H = SIZE[0] * _FINE, SIZE[1] * _FINE

Scenery = Callable[[float, float], Image.Image]
Points = Sequence[tuple[float, float]]
Stops = tuple[tuple[float, str], ...]


@lru_cache(maxsize=64)
def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Pillow's own font, so that the recipe gives the same letters everywhere."""
    return ImageFont.load_default(size)


@lru_cache(maxsize=32)
def gradient(stops: Stops, top: float = 0, bottom: float = 1) -> Image.Image:
    """A picture that runs through the colours from top to bottom; with a grain that hides the steps."""
    at = np.clip((np.linspace(0, 1, H) - top) / (bottom - top), 0, 1)
    places = [stop[0] for stop in stops]
    colors = np.array([ImageColor.getrgb(stop[1])[:3] for stop in stops], dtype=float)
    rows = np.stack([np.interp(at, places, colors[:, channel]) for channel in range(3)], axis=1)
    grain = np.random.default_rng(7).normal(0, 1.2, (H, W, 1))
    return Image.fromarray(np.clip(rows[:, None, :] + grain, 0, 255).astype(np.uint8))


@lru_cache(maxsize=32)
def _halo(radius: int, power: float) -> NDArray[np.float64]:
    y, x = np.mgrid[-radius : radius + 1, -radius : radius + 1] / radius
    return np.clip(1 - np.hypot(x, y), 0, 1) ** power


def glow(
    image: Image.Image, x: float, y: float, radius: int, color: str, strength: float = 1, power: float = 2
) -> None:
    """Add light around a point."""
    lamp = _halo(radius, power)[:, :, None] * np.array(ImageColor.getrgb(color)[:3]) * strength
    patch = Image.fromarray(np.clip(lamp, 0, 255).astype(np.uint8))
    box = (round(x) - radius, round(y) - radius)
    under = image.crop((*box, box[0] + patch.width, box[1] + patch.height))
    image.paste(ImageChops.add(under, patch), box)


@lru_cache(maxsize=8)
def clouds(seed: int, color: str, amount: int) -> Image.Image:
    """A soft band of clouds, twice as wide as the picture so that it can drift."""
    chance = np.random.default_rng(seed)
    mask = Image.new("L", (2 * W, H // 2))
    draw = ImageDraw.Draw(mask)
    for _ in range(amount):
        x, y, length = chance.uniform(0, 2 * W), chance.uniform(0.1, 0.75) * H / 2, chance.uniform(120, 330)
        for _ in range(9):
            dx, dy, size = chance.uniform(-length, length), chance.uniform(-16, 10), chance.uniform(18, 52)
            draw.ellipse((x + dx - 2 * size, y + dy - size / 2, x + dx + 2 * size, y + dy + size / 2), fill=170)
    layer = Image.new("RGBA", mask.size, color)
    layer.putalpha(mask.filter(ImageFilter.GaussianBlur(13)))
    return layer


def put(image: Image.Image, layer: Image.Image, x: float, y: float) -> None:
    """Lay a transparent layer over the picture."""
    image.paste(layer, (round(x), round(y)), layer)


def lay_ground(image: Image.Image, horizon: float, stops: Stops) -> None:
    """Cover everything below `horizon` (a share of the height) with a gradient of its own."""
    top = round(H * horizon)
    image.paste(gradient(stops, horizon, 1).crop((0, top, W, H)), (0, top))


def shimmer(image: Image.Image, seconds: float, horizon: float, color: str, around: float | None = None) -> None:
    """Short moving lines of light on water, everywhere or in a column below a light."""
    chance = np.random.default_rng(11)
    draw = ImageDraw.Draw(image, "RGBA")
    red, green, blue = ImageColor.getrgb(color)[:3]
    for _ in range(260):
        depth, place, phase = chance.uniform(0.01, 1) ** 1.3, chance.uniform(0, 1), chance.uniform(0, 6.3)
        y = horizon + depth * (H - horizon)
        spread = W if around is None else 60 + 150 * depth
        x = (W * place if around is None else around + (place - 0.5) * 2 * spread) + 14 * math.sin(seconds + phase)
        light = 0.5 + 0.5 * math.sin(2.4 * seconds + phase)
        length = 8 + 46 * depth
        draw.line(
            (x - length, y, x + length, y), fill=(red, green, blue, round(130 * light)), width=2 + round(2 * depth)
        )


def hills(draw: ImageDraw.ImageDraw, base: float, rise: float, step: float, phase: float, color: str) -> None:
    """A rolling silhouette down to the lower edge."""
    line: list[tuple[float, float]] = [
        (x, base - rise * (math.sin(x / step + phase) + 0.4 * math.sin(2.7 * x / step + 2 * phase)))
        for x in range(0, W + 9, 8)
    ]
    draw.polygon([(0, H), *line, (W, H)], fill=color)


def sailboat(draw: ImageDraw.ImageDraw, x: float, y: float, size: float, tilt: float, sail: str, hull: str) -> None:
    """A boat with two sails; `tilt` in degrees."""
    cosine, sine = math.cos(math.radians(tilt)), math.sin(math.radians(tilt))

    def turned(points: Points) -> list[tuple[float, float]]:
        return [(x + size * (px * cosine - py * sine), y + size * (px * sine + py * cosine)) for px, py in points]

    draw.polygon(turned([(-1.0, -0.05), (1.15, -0.05), (0.75, 0.3), (-0.75, 0.3)]), fill=hull)
    draw.line(turned([(0, 0), (0, -1.95)]), fill=hull, width=max(3, round(size / 22)))
    draw.polygon(turned([(0.07, -1.9), (0.07, -0.2), (1.05, -0.2)]), fill=sail)
    draw.polygon(turned([(-0.07, -1.6), (-0.07, -0.2), (-0.8, -0.2)]), fill=sail)


def harbour_day(seconds: float, length: float) -> Image.Image:
    """A white sailing boat crosses a blue sea under a light sky."""
    image = gradient(((0, "#4fa3e0"), (0.5, "#bfe3f7"), (0.52, "#2f86bd"), (1, "#0b3f73"))).copy()
    put(image, clouds(3, "#ffffff", 10), -260 - 30 * seconds, 10)
    hills(ImageDraw.Draw(image), H * 0.515, 22, 170, 1.2, "#5b7f93")
    lay_ground(image, 0.52, ((0, "#3f97cb"), (1, "#0b3f73")))
    shimmer(image, seconds, H * 0.53, "#e8f7ff")
    draw = ImageDraw.Draw(image)
    sailboat(draw, W * 0.84 - 40 * seconds, H * 0.56, 42, 1.5 * math.sin(seconds * 2 + 1), "#f4ead8", "#7a4a32")
    x = W * (0.18 + 0.56 * seconds / length)
    sailboat(draw, x, H * 0.68 + 5 * math.sin(seconds * 2.2), 128, 2.5 * math.sin(seconds * 1.7), "#ffffff", "#b3262a")
    return image


def harbour_sunset(seconds: float, length: float) -> Image.Image:
    """The sun goes down over the harbour: orange sky, dark boats."""
    image = gradient(
        ((0, "#3b1f5b"), (0.22, "#b8395a"), (0.45, "#ff8a3c"), (0.6, "#ffd27a"), (1, "#ffd27a")), 0, 0.95
    ).copy()
    sun = H * (0.40 + 0.13 * seconds / length)
    glow(image, W * 0.56, sun, 460, "#ff9a3c", 0.8)
    ImageDraw.Draw(image).ellipse((W * 0.56 - 74, sun - 74, W * 0.56 + 74, sun + 74), fill="#fff1c4")
    put(image, clouds(8, "#8a2c55", 8), -420 + 16 * seconds, 0)
    lay_ground(image, 0.6, ((0, "#e8743a"), (0.4, "#8f2f52"), (1, "#241038")))
    shimmer(image, seconds, H * 0.6, "#ffe0a0", around=W * 0.56)
    draw = ImageDraw.Draw(image)
    for place, size in ((0.16, 74), (0.33, 48), (0.82, 92)):
        swing = 2 * math.sin(seconds * 1.5 + place * 20)
        sailboat(draw, W * place + 10 * seconds, H * 0.66 + size * 0.3 + swing, size, swing, "#2c1233", "#1d0b24")
    return image


@lru_cache(maxsize=1)
def _cliff() -> Image.Image:
    layer = Image.new("RGBA", (W, H))
    draw = ImageDraw.Draw(layer)
    top = []
    for x in range(W // 4, W + 9, 8):
        shore = max(0.0, 1 - (x - W / 4) / 300) ** 2 * H * 0.4
        top.append((x, H * 0.66 - 130 * math.exp(-(((x - W * 0.7) / 330) ** 2)) + 7 * math.sin(x / 31) + shore))
    draw.polygon([(W * 0.25, H), *top, (W, H)], fill="#3d7a3f")
    draw.polygon([(W * 0.25, H), *[(x, y + 46 + 9 * math.sin(x / 17)) for x, y in top], (W, H)], fill="#7b6a58")
    for step in range(3):
        lower = [(x, y + 130 + 75 * step + 12 * math.sin(x / (23 + 9 * step) + step)) for x, y in top]
        draw.polygon([(W * 0.25, H), *lower, (W, H)], fill=("#6b5b4b", "#5c4e41", "#4d4136")[step])
    x, base = W * 0.7, H * 0.5
    draw.polygon([(x - 46, base), (x + 46, base), (x + 30, base - 250), (x - 30, base - 250)], fill="#fdfdfb")
    for band in (0, 2):
        y = base - 60 - 60 * band
        draw.polygon(
            [(x - 46 + 4 * band, y), (x + 46 - 4 * band, y), (x + 42 - 4 * band, y - 56), (x - 42 + 4 * band, y - 56)],
            fill="#d3312f",
        )
    draw.rectangle((x - 42, base - 262, x + 42, base - 250), fill="#3a3f46")
    draw.rectangle((x - 22, base - 302, x + 22, base - 262), fill="#fff3b0")
    draw.polygon([(x - 34, base - 302), (x + 34, base - 302), (x, base - 340)], fill="#b3262a")
    return layer


def lighthouse(seconds: float, _length: float) -> Image.Image:
    """A red and white lighthouse on a green cliff, gulls, moving clouds."""
    image = gradient(((0, "#2f7fc1"), (0.55, "#d8eef8"), (0.68, "#4ba3a8"), (1, "#1d5f78"))).copy()
    put(image, clouds(21, "#ffffff", 14), -100 - 55 * seconds, 20)
    shimmer(image, seconds, H * 0.69, "#ffffff")
    put(image, _cliff(), 0, 0)
    draw = ImageDraw.Draw(image)
    for bird in range(5):
        x = (W * 0.1 + bird * 97 + 62 * seconds) % W
        y = H * (0.22 + 0.05 * math.sin(bird * 2 + seconds))
        wing = 13 * math.sin(seconds * 7 + bird)
        draw.line(
            [(x - 24, y - wing), (x - 8, y), (x, y + 3), (x + 8, y), (x + 24, y - wing)],
            fill="#26323a",
            width=4,
            joint="curve",
        )
    return image


@lru_cache(maxsize=2)
def _skyline(seed: int, color: str, low: float, high: float) -> Image.Image:
    chance = np.random.default_rng(seed)
    layer = Image.new("RGBA", (2 * W, H))
    draw = ImageDraw.Draw(layer)
    x = -20.0
    while x < 2 * W:
        width, top = chance.uniform(70, 150), H * (0.72 - chance.uniform(low, high))
        draw.rectangle((x, top, x + width, H), fill=color)
        for wy in np.arange(top + 16, H * 0.72, 24):
            for wx in np.arange(x + 12, x + width - 16, 22):
                if chance.random() < 0.42:
                    draw.rectangle(
                        (wx, wy, wx + 10, wy + 13),
                        fill=str(chance.choice(["#ffd97a", "#ffc24d", "#fff0c0", "#9fd0ff"])),
                    )
        x += width + chance.uniform(4, 26)
    return layer


def city_night(seconds: float, _length: float) -> Image.Image:
    """A skyline at night; lit windows, and the lights of cars on the road."""
    image = gradient(((0, "#05060f"), (0.7, "#1a1d4a"), (0.72, "#0a0b14"), (1, "#15161f"))).copy()
    glow(image, W * 0.8, H * 0.16, 190, "#cdd6ff", 0.5)
    ImageDraw.Draw(image).ellipse((W * 0.8 - 42, H * 0.16 - 42, W * 0.8 + 42, H * 0.16 + 42), fill="#eef1ff")
    put(image, _skyline(5, "#12142e", 0.2, 0.5), -60 - 10 * seconds, 0)
    put(image, _skyline(9, "#080914", 0.05, 0.3), -20 - 26 * seconds, 0)
    lay_ground(image, 0.73, ((0, "#1b1c26"), (1, "#0a0a10")))
    for lamp in range(9):
        glow(image, (lamp * 190 - 40 * seconds) % (W + 200) - 60, H * 0.66, 92, "#ffb347", 0.75)
    for car in range(6):
        right = (car * 310 + 330 * seconds) % (W + 400) - 200
        left = W + 200 - (car * 270 + 260 * seconds) % (W + 400)
        for offset in (0, 34):
            glow(image, right + offset, H * 0.9, 58, "#fff6d8", 1.1)
            glow(image, left + offset, H * 0.8, 46, "#ff2a2a", 1.1)
    return image


def neon_rain(seconds: float, _length: float) -> Image.Image:
    """Rain in a dark street, a pink neon sign that says OPEN ALL NIGHT."""
    image = gradient(((0, "#0a0618"), (0.6, "#1c0f33"), (1, "#07040f"))).copy()
    flicker = 0.8 + 0.2 * math.sin(seconds * 9) * math.sin(seconds * 3.1)
    glow(image, W / 2, H * 0.34, 560, "#c2187f", 0.55 * flicker)
    glow(image, W / 2, H * 0.86, 420, "#4a1f9e", 0.5)
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((W * 0.2, H * 0.16, W * 0.8, H * 0.52), 34, outline="#39d5ff", width=9)
    draw.text(
        (W / 2, H * 0.34),
        "OPEN ALL NIGHT",
        font=font(86),
        fill="#ffd9f0",
        anchor="mm",
        stroke_width=3,
        stroke_fill="#ff4fb4",
    )
    chance = np.random.default_rng(2)
    for _ in range(230):
        x, y, speed = chance.uniform(0, W), chance.uniform(0, H), chance.uniform(900, 1500)
        fall = (y + speed * seconds) % (H + 60) - 30
        draw.line((x, fall, x - 5, fall + 30), fill="#6d6aa0", width=2)
    return image


def slate(seconds: float, _length: float) -> Image.Image:
    """A clapper board: scene 12, take 3; its arm claps at the end of the first second."""
    image = gradient(((0, "#d9d4c8"), (1, "#a79f8e"))).copy()
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((W * 0.17, H * 0.33, W * 0.83, H * 0.93), 18, fill="#1b1d21")
    for y in (0.53, 0.73):
        draw.line((W * 0.17, H * y, W * 0.83, H * y), fill="#f3f1ea", width=4)
    draw.text((W * 0.5, H * 0.43), "SCENE 12   TAKE 3", font=font(92), fill="#f7f5ee", anchor="mm")
    draw.text((W * 0.5, H * 0.63), "THE LONG WAY HOME", font=font(72), fill="#f7f5ee", anchor="mm")
    draw.text((W * 0.5, H * 0.83), f"FRAME {round(seconds * 25):04d}", font=font(84), fill="#ffd35c", anchor="mm")
    angle = (
        -24 * max(0.0, 1 - seconds) if seconds < 1 else -2 * math.exp(-6 * (seconds - 1)) * abs(math.cos(20 * seconds))
    )
    arm = Image.new("RGBA", (round(W * 0.66), 70), "#1b1d21")
    stripes = ImageDraw.Draw(arm)
    for x in range(-80, arm.width, 140):
        stripes.polygon([(x, 70), (x + 70, 0), (x + 140, 0), (x + 70, 70)], fill="#f3f1ea")
    turned = arm.rotate(-angle, Image.Resampling.BICUBIC, expand=True)
    put(image, turned, W * 0.17, H * 0.33 - turned.height + 2)
    return image


def title(seconds: float, length: float) -> Image.Image:
    """A title card on petrol blue: CHAPTER ONE, and a line that grows."""
    image = gradient(((0, "#0f4c5c"), (1, "#062a35"))).copy()
    glow(image, W * (0.2 + 0.6 * seconds / length), H * 0.3, 420, "#2a8fa3", 0.5)
    draw = ImageDraw.Draw(image)
    draw.text((W / 2, H * 0.4), "CHAPTER ONE", font=font(132), fill="#fdf6e3", anchor="mm")
    reach = W * 0.32 * min(1.0, seconds / length * 1.4)
    draw.line((W / 2 - reach, H * 0.54, W / 2 + reach, H * 0.54), fill="#f2b441", width=8)
    draw.text((W / 2, H * 0.65), "a journey along the coast", font=font(58), fill="#cfe6ea", anchor="mm")
    return image


def meadow(seconds: float, length: float) -> Image.Image:
    """A red ball rolls over green hills."""
    image = gradient(((0, "#6cc0ee"), (0.6, "#e6f6fb"), (1, "#e6f6fb"))).copy()
    put(image, clouds(14, "#ffffff", 9), -330 - 20 * seconds, 0)
    draw = ImageDraw.Draw(image)
    hills(draw, H * 0.6, 34, 210, 0.4, "#9ccf72")
    hills(draw, H * 0.7, 26, 260, 2.2, "#63ae45")
    hills(draw, H * 0.84, 12, 330, 3.6, "#3f8f2f")
    travel = seconds / length
    x, radius = W * (0.1 + 0.8 * travel), 88
    y = H * 0.84 - 12 * (math.sin(x / 330 + 3.6) + 0.4 * math.sin(2.7 * x / 330 + 7.2)) - radius + 6
    draw.ellipse((x - radius * 0.95, y + radius * 0.82, x + radius * 0.95, y + radius * 1.12), fill="#2f6f24")
    ball(image, x, y, radius, math.degrees(W * 0.8 * travel / radius))
    return image


def ball(image: Image.Image, x: float, y: float, radius: int, turn: float) -> None:
    """A shiny red ball with two darker stripes, turned by `turn` degrees."""
    side = 2 * radius + 4
    disc = Image.new("RGBA", (side, side))
    draw = ImageDraw.Draw(disc)
    draw.ellipse((2, 2, side - 3, side - 3), fill="#d81e1e")
    for start in (turn, turn + 180):
        draw.pieslice((2, 2, side - 3, side - 3), start, start + 26, fill="#cc1b1b")
    draw.ellipse((radius - 16, radius - 16, radius + 20, radius + 20), fill="#d81e1e")
    put(image, disc, x - radius - 2, y - radius - 2)
    glow(image, x - radius * 0.35, y - radius * 0.4, radius // 3, "#ffffff", 0.25)


@lru_cache(maxsize=1)
def _flowers() -> tuple[tuple[float, float, float], ...]:
    chance = np.random.default_rng(17)
    places = [
        (chance.uniform(-0.05, 1.05) * W, chance.uniform(0.25, 1.0) * H, chance.uniform(0.6, 1.3)) for _ in range(70)
    ]
    return tuple(sorted(places, key=lambda place: place[1]))


def flowers(seconds: float, _length: float) -> Image.Image:
    """Yellow flowers sway in the wind, close."""
    image = gradient(((0, "#bfe08a"), (0.4, "#5aa03c"), (1, "#245c1e"))).copy()
    draw = ImageDraw.Draw(image)
    for x, y, size in _flowers():
        depth = 0.35 + 1.1 * y / H
        reach = 34 * size * depth
        sway = 26 * depth * math.sin(1.8 * seconds + x / 150)
        draw.line((x, y + 200 * depth, x + sway, y), fill="#2f7a26", width=round(6 * depth))
        for petal in range(8):
            angle = petal * math.pi / 4 + 0.1 * math.sin(seconds + x)
            px, py = x + sway + reach * 0.7 * math.cos(angle), y + reach * 0.7 * math.sin(angle)
            draw.ellipse((px - reach * 0.42, py - reach * 0.42, px + reach * 0.42, py + reach * 0.42), fill="#ffd21f")
        draw.ellipse((x + sway - reach * 0.4, y - reach * 0.4, x + sway + reach * 0.4, y + reach * 0.4), fill="#b8681a")
    return image


def draw_scene(scenery: Scenery, seconds: float, length: float) -> Image.Image:
    """One picture of a scene at `SIZE`."""
    return scenery(seconds, length).resize(SIZE, Image.Resampling.LANCZOS)
