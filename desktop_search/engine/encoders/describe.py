"""All index words of a segment or picture, from its samples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from desktop_search.engine.encoders.colours import colour_words
from desktop_search.engine.encoders.light import light_words
from desktop_search.engine.encoders.motion import motion_words
from desktop_search.engine.encoders.people import chosen, people_words
from desktop_search.engine.encoders.shapes import shape_words

Pixels = npt.NDArray[np.uint8]

_LEAST = 0.05


def still_words(thumbs: Sequence[Pixels]) -> dict[str, float]:
    """Colour and light words, as the mean over a segment's thumbnails."""
    return averaged([{**colour_words(thumb), **light_words(thumb)} for thumb in thumbs])


def segment_words(
    thumbs: Sequence[Pixels], samples: Sequence[Pixels], pairs: Sequence[tuple[Pixels, Pixels, int]]
) -> dict[str, float]:
    """Every word of a segment but "text". `pairs` are grey frames with the time between them, in ms."""
    shapes = averaged([shape_words(sample) for sample in chosen(samples)])
    return {**still_words(thumbs), **people_words(samples), **shapes, **motion_words(pairs)}


def picture_words(thumb: Pixels, pixels: Pixels) -> dict[str, float]:
    """Every word of a still image but "text"."""
    return {**still_words([thumb]), **people_words([pixels]), **shape_words(pixels)}


def averaged(findings: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The mean weight of each word over all findings; what is too rare is left out."""
    total: dict[str, float] = {}
    for finding in findings:
        for word, weight in finding.items():
            total[word] = total.get(word, 0.0) + weight
    divisor = max(1, len(findings))
    return {word: round(weight / divisor, 3) for word, weight in total.items() if weight / divisor >= _LEAST}
