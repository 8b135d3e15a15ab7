"""Which colours a picture has, overall and by region, and its light."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from desktop_search.engine.encoders.terms import COLOURS, REGIONS

Pixels = npt.NDArray[np.uint8]

_STEPS = 32  # of each of red, green and blue in the table of colour names
_BLACK, _GRAY, _WHITE = (COLOURS.index(name) for name in ("black", "gray", "white"))
_LEAST = 0.008  # share of the picture from which a colour is named
_LEAST_QUIET = {"black": 0.06, "gray": 0.06, "white": 0.025, "brown": 0.06, "beige": 0.06}  # these are less noticed
_FULL = 0.30  # share from which it counts fully
_SMALL_COUNTS = 0.4  # below 1, so that a small red thing is not lost beside a large field
_HUES = (  # upper end of each hue in degrees
    (12, "red"),
    (41, "orange"),
    (68, "yellow"),
    (160, "green"),
    (196, "cyan"),
    (256, "blue"),
    (292, "purple"),
    (342, "pink"),
    (361, "red"),
)


def colour_words(small: Pixels) -> dict[str, float]:
    """Weights of the colour words of a small RGB picture, such as a thumbnail."""
    names = _named(small)
    found = _weights(names, "")
    height, width = names.shape
    third_h, third_w = max(1, height // 3), max(1, width // 3)
    regions = {
        "top": names[:third_h],
        "bottom": names[-third_h:],
        "left": names[:, :third_w],
        "right": names[:, -third_w:],
        "center": names[third_h : max(third_h + 1, height - third_h), third_w : max(third_w + 1, width - third_w)],
    }
    for region in REGIONS:
        found |= _weights(regions[region], f".{region}")
    return found


def colour_shares(small: Pixels) -> dict[str, float]:
    """The share of the picture, 0 to 1, that each colour has."""
    names = _named(small)
    counts = np.bincount(names.ravel(), minlength=len(COLOURS)) / names.size
    return dict(zip(COLOURS, counts.tolist(), strict=True))


def _weights(names: Pixels, suffix: str) -> dict[str, float]:
    counts = np.bincount(names.ravel(), minlength=len(COLOURS)) / names.size
    found = {}
    for name, share in zip(COLOURS, counts.tolist(), strict=True):
        if share >= _LEAST_QUIET.get(name, _LEAST):
            found[name + suffix] = round(min(1.0, (share / _FULL) ** _SMALL_COUNTS), 3)
    return found


def _named(small: Pixels) -> Pixels:
    step = 256 // _STEPS
    red, green, blue = (small[:, :, channel] // step for channel in range(3))
    named: Pixels = _table()[red, green, blue]
    return named


@lru_cache(maxsize=1)
def _table() -> Pixels:
    """The colour name (as its place in `COLOURS`) of every RGB cell."""
    values = (np.arange(_STEPS, dtype=np.uint8) * (256 // _STEPS) + 256 // _STEPS // 2).astype(np.uint8)
    cells = np.stack(np.meshgrid(values, values, values, indexing="ij"), axis=-1).reshape(1, -1, 3)
    hsv = cv2.cvtColor(cells.astype(np.float32) / 255.0, cv2.COLOR_RGB2HSV)[0]
    hue, saturation, value = hsv[:, 0], hsv[:, 1], hsv[:, 2]
    names = np.zeros(len(hue), np.uint8)
    lower = 0.0
    for upper, name in _HUES:
        names[(hue >= lower) & (hue < upper)] = COLOURS.index(name)
        lower = upper
    chroma = saturation * value
    reddish = (hue < 50) | (hue > 345)
    names[(hue >= 12) & (hue < 50) & (value < 0.62) & (saturation > 0.3)] = COLOURS.index("brown")
    names[(hue >= 285) & (hue < 322) & (value < 0.7)] = COLOURS.index("purple")
    names[((hue > 330) | (hue < 20)) & (saturation < 0.62) & (value > 0.72)] = COLOURS.index("pink")
    names[(hue >= 20) & (hue < 55) & (saturation < 0.45) & (value > 0.6)] = COLOURS.index("beige")
    names[reddish & (hue < 50) & (saturation < 0.45) & (value <= 0.6) & (chroma >= 0.1)] = COLOURS.index("brown")
    names[chroma < 0.1] = _GRAY
    names[(chroma < 0.1) & (value > 0.86)] = _WHITE
    names[(value < 0.16) | ((value < 0.24) & (chroma < 0.12))] = _BLACK
    return names.reshape(_STEPS, _STEPS, _STEPS)
