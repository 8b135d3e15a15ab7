"""Light, contrast, saturation and warmth of a picture."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from desktop_search.engine.encoders.colours import colour_shares

Pixels = npt.NDArray[np.uint8]

_WARM = ("red", "orange", "yellow", "brown", "beige", "pink")
_COOL = ("blue", "cyan", "purple")


def light_words(small: Pixels) -> dict[str, float]:
    """Weights of the words for light of a small RGB picture, such as a thumbnail."""
    lab = cv2.cvtColor(small.astype(np.float32) / 255.0, cv2.COLOR_RGB2LAB)
    lightness = lab[:, :, 0]
    chroma = np.hypot(lab[:, :, 1], lab[:, :, 2])
    mean, spread = float(lightness.mean()), float(np.percentile(lightness, 97) - np.percentile(lightness, 3))
    dark, bright = _ramp(mean, 32, 14), _ramp(mean, 60, 82)
    lamps = _ramp(float((lightness > mean + 35).mean()), 0.001, 0.01)
    shares = colour_shares(small)
    colourful = _ramp(float(chroma.mean()), 22, 45)
    found = {
        "dark": dark,
        "bright": bright,
        "night": dark * (0.5 + 0.5 * lamps),
        "day": _ramp(mean, 45, 65) * _ramp(float(chroma.mean()), 2, 8),
        "low key": dark * _ramp(spread, 30, 60),
        "high key": bright * _ramp(spread, 50, 20),
        "high contrast": _ramp(spread, 68, 90),
        "low contrast": _ramp(spread, 38, 18) * _ramp(spread, 2, 6) * (1.0 - dark),
        "plain": _ramp(float(cv2.Laplacian(lightness, cv2.CV_32F).std()), 1.5, 0.4) * _ramp(spread, 16, 6),
        "colorful": colourful * _ramp(float(sum(share > 0.06 for share in shares.values())), 1.5, 3),
        "muted": _ramp(float(chroma.mean()), 16, 8) * _ramp(float(np.percentile(chroma, 95)), 2, 6),
        "monochrome": _ramp(float(np.percentile(chroma, 98)), 7, 3),
    }
    warm, cool = sum(shares[name] for name in _WARM), sum(shares[name] for name in _COOL)
    found["warm"] = _ramp(warm - cool, 0.25, 0.6)
    found["cool"] = _ramp(cool - warm, 0.25, 0.6)
    found |= _scene(shares, small, mean)
    return {word: round(weight, 3) for word, weight in found.items() if weight >= 0.1}


def _scene(shares: dict[str, float], small: Pixels, mean: float) -> dict[str, float]:
    """Hints of places, from where colours are: rough, so never with full weight."""
    third = max(1, small.shape[0] // 3)
    top, bottom = colour_shares(small[:third]), colour_shares(small[-third:])
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    texture = float(np.abs(cv2.Laplacian(grey, cv2.CV_32F)).mean())
    smooth_top = float(np.abs(cv2.Laplacian(grey[:third], cv2.CV_32F)).mean())
    lighter_top = float(grey[:third].mean()) - float(grey[-third:].mean())
    blue = top["blue"] + top["cyan"]
    apart = max(_ramp(blue - bottom["blue"] - bottom["cyan"], 0.3, 0.7), _ramp(lighter_top, 20, 50))
    upper = colour_shares(small[: 2 * third])
    glow = [upper[name] for name in ("red", "orange", "yellow", "pink")]
    mixed = _ramp(float(sum(share > 0.06 for share in glow)), 1, 2)  # an evenly red wall is no sunset
    return {
        "sky": 0.8 * _ramp(blue, 0.4, 0.8) * _ramp(smooth_top, 14, 6) * apart,
        "foliage": 0.8 * _ramp(shares["green"], 0.15, 0.45) * _ramp(texture, 3, 8),
        "sunset": 0.8 * _ramp(sum(glow), 0.3, 0.6) * mixed * _ramp(mean, 78, 62) * _ramp(smooth_top, 14, 6),
        "snow": 0.6 * _ramp(bottom["white"], 0.4, 0.8) * _ramp(shares["white"], 0.3, 0.6) * _ramp(texture, 1, 3),
    }


def _ramp(value: float, none: float, full: float) -> float:
    """0 at `none`, 1 at `full`, straight between; `none` may be the larger one."""
    return min(1.0, max(0.0, (value - none) / (full - none)))
