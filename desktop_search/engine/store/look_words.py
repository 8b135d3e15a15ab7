"""The index words of a segment as they are stored: a byte for the word, and two for its weight."""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping

_STEPS = 10_000  # of a weight
# What is stored are places in this list: it may grow at its end, to 256 at most, and never change otherwise.
NAMES = tuple(
    """
beige, beige.bottom, beige.center, beige.left, beige.right, beige.top, black, black.bottom, black.center,
black.left, black.right, black.top, blue, blue.bottom, blue.center, blue.left, blue.right, blue.top, bright,
brown, brown.bottom, brown.center, brown.left, brown.right, brown.top, circle, close-up, colorful, cool, cyan,
cyan.bottom, cyan.center, cyan.left, cyan.right, cyan.top, dark, day, face, fast, foliage, gray, gray.bottom,
gray.center, gray.left, gray.right, gray.top, green, green.bottom, green.center, green.left, green.right,
green.top, group, handheld, high contrast, high key, low contrast, low key, medium shot, monochrome, moving,
muted, night, nobody, one person, orange, orange.bottom, orange.center, orange.left, orange.right, orange.top,
pan, pan left, pan right, pink, pink.bottom, pink.center, pink.left, pink.right, pink.top, plain, purple,
purple.bottom, purple.center, purple.left, purple.right, purple.top, red, red.bottom, red.center, red.left,
red.right, red.top, sky, snow, square, static, still, sunset, text, tilt, tilt down, tilt up, triangle, two
people, warm, white, white.bottom, white.center, white.left, white.right, white.top, wide shot, yellow,
yellow.bottom, yellow.center, yellow.left, yellow.right, yellow.top, zoom, zoom in, zoom out
""".strip()
    .replace("\n", " ")
    .split(", ")
)
_NUMBERS = {name: number for number, name in enumerate(NAMES)}


def packed(words: Mapping[str, float]) -> bytes:
    """Index words, each with its weight, above 0 and up to 1. Raises KeyError for a word that is not in the list."""
    weights = array("H", [max(1, round(weight * _STEPS)) for weight in words.values()])
    return bytes(_NUMBERS[word] for word in words) + weights.tobytes()


def unpacked(stored: bytes | str) -> dict[str, float]:
    """The words again, with weights exact to four digits. Earlier versions stored JSON."""
    if isinstance(stored, str):
        words: dict[str, float] = json.loads(stored)
        return words
    count = len(stored) // 3
    weights = array("H", stored[count:])
    return {NAMES[number]: weight / _STEPS for number, weight in zip(stored[:count], weights, strict=True)}
