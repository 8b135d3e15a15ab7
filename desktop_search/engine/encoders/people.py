"""Faces: how many, and how near. Frontal ones only, by OpenCV's cascade: nobody found is not nobody there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]

_SAMPLES = 3  # of a segment
_SIDE = 400
_SMALLEST = 0.07  # of the picture's height
_STEP = 1.12  # from each size of face that is looked for to the next one
_CLOSE, _MEDIUM = 0.38, 0.16  # height of the largest face in the picture's


def people_words(samples: Sequence[Pixels]) -> dict[str, float]:
    """Weights of the words for people, from a segment's RGB samples (a few of them are looked at)."""
    if not samples:
        return {}
    looked_at = chosen(samples)
    found: Counter[str] = Counter()
    for sample in looked_at:
        found.update(_words(faces(sample)))
    share = {word: count / len(looked_at) for word, count in found.items()}
    if share.get("nobody", 0.0) < 1.0:  # once seen is seen
        share.pop("nobody", None)
        return {word: round(0.4 + 0.6 * weight, 3) for word, weight in share.items()}
    return {"nobody": 0.5}


def chosen(samples: Sequence[Pixels]) -> list[Pixels]:
    """A few samples of a segment, spread over it, for what is dear to find: every other one, and few of a long one."""
    count = min(_SAMPLES, (len(samples) + 1) // 2)
    return [samples[(2 * number + 1) * len(samples) // (2 * count)] for number in range(count)]


def faces(rgb: Pixels) -> list[float]:
    """The heights of the faces found, as shares of the picture's height, largest first."""
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    scale = min(1.0, _SIDE / max(grey.shape))
    if scale < 1.0:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    grey = cv2.equalizeHist(grey)
    smallest = max(20, round(_SMALLEST * grey.shape[0]))
    if not _may_have_faces(grey, smallest):
        return []
    boxes = _cascade().detectMultiScale(grey, scaleFactor=_STEP, minNeighbors=6, minSize=(smallest, smallest))
    return sorted((box[3] / grey.shape[0] for box in np.asarray(boxes).reshape(-1, 4).tolist()), reverse=True)


def _may_have_faces(grey: Pixels, smallest: int) -> bool:
    """Whether anything is like a face at every other size, beginning with the second.

    A face is found many times over, at sizes beside each other; most pictures have nothing like one, and are done with
    at two fifths of the cost.
    """
    smaller = cv2.resize(grey, None, fx=1 / _STEP, fy=1 / _STEP, interpolation=cv2.INTER_LINEAR)
    least = max(20, round(smallest / _STEP))
    return len(_cascade().detectMultiScale(smaller, scaleFactor=_STEP**2, minNeighbors=0, minSize=(least, least))) > 0


def _words(heights: list[float]) -> list[str]:
    if not heights:
        return ["nobody"]
    size = "close-up" if heights[0] >= _CLOSE else "medium shot" if heights[0] >= _MEDIUM else "wide shot"
    number = {1: "one person", 2: "two people"}.get(len(heights), "group")
    return ["face", size, number]


@lru_cache(maxsize=1)
def _cascade() -> cv2.CascadeClassifier:
    return cv2.CascadeClassifier(str(Path(cv2.__file__).parent / "data" / "haarcascade_frontalface_alt2.xml"))
