"""Simple shapes that stand out clearly: a ball, a box, a triangle. Nothing is said where it is not clear."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
Contour = npt.NDArray[np.int32]

_SMALLEST, _LARGEST = 0.004, 0.5  # share of the picture
_FLAT = 14.0  # spread of the colour inside a shape
_STANDS_OUT = 28.0  # difference of its colour from what is around it
_WEIGHT = 0.8


def shape_words(rgb: Pixels) -> dict[str, float]:
    """Weights of "circle", "square", "triangle" for an RGB picture."""
    smooth = cv2.medianBlur(rgb, 5)
    edges = cv2.dilate(cv2.Canny(smooth, 40, 110), np.ones((3, 3), np.uint8))
    contours, _ = cv2.findContours(255 - edges, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    lab = cv2.cvtColor(smooth, cv2.COLOR_RGB2LAB)
    found: dict[str, float] = {}
    for contour in contours:
        share = cv2.contourArea(contour) / edges.size
        if _SMALLEST <= share <= _LARGEST and not _touches_edge(contour, edges.shape):
            name = _name(contour)
            if name and _is_one_thing(contour, lab):
                found[name] = _WEIGHT
    return found


def _touches_edge(contour: Contour, shape: tuple[int, ...]) -> bool:
    left, top, width, height = cv2.boundingRect(contour)
    return bool(left <= 2 or top <= 2 or left + width >= shape[1] - 2 or top + height >= shape[0] - 2)


def _name(contour: Contour) -> str:
    hull = cv2.convexHull(contour)
    area, around = cv2.contourArea(hull), cv2.arcLength(hull, closed=True)
    if area <= 0 or cv2.contourArea(contour) / area < 0.93:
        return ""
    corners = len(cv2.approxPolyDP(hull, 0.04 * around, closed=True))
    (_, (width, height), _) = cv2.minAreaRect(hull)
    if min(width, height) / max(width, height) < 0.3:
        return ""
    if corners == 3:
        return "triangle"
    if corners == 4 and area / (width * height) > 0.9:
        return "square"
    roundness = 4 * np.pi * area / around**2
    return "circle" if roundness > 0.93 and min(width, height) / max(width, height) > 0.8 else ""


def _is_one_thing(contour: Contour, lab: Pixels) -> bool:
    """Even inside, and of another colour than what is around it."""
    inside = np.zeros(lab.shape[:2], np.uint8)
    cv2.drawContours(inside, [contour], -1, 255, thickness=-1)
    ring = cv2.dilate(inside, np.ones((17, 17), np.uint8)) - cv2.dilate(inside, np.ones((9, 9), np.uint8))
    mean, spread = cv2.meanStdDev(lab, mask=inside)
    around, _ = cv2.meanStdDev(lab, mask=ring)
    return float(spread.max()) < _FLAT and float(np.linalg.norm(mean - around)) > _STANDS_OUT
