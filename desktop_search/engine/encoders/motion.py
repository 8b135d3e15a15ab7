"""How the camera and the subject move, from pairs of grey frames a tenth of a second apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]

_FEWEST_POINTS = 8
_LEAST_AGREEING = 0.5  # share of the points that must move as one for the camera to be what moves
_LEAST_SPREAD = 0.3  # of width and of height, that those points must cover
_PAN = 0.06  # picture widths (or heights) in a second, from which a move is one
_FAST_PAN = 0.35
_ZOOM = 0.05  # growth in a second
_SHAKE = 0.035
_LITTLE = 0.15
_CHANGED = 18  # difference of a grey value that is no noise


@dataclass(frozen=True, slots=True)
class Flow:
    """One pair, measured, per second: the content's shift in picture widths and heights, its growth, and the share of
    the picture that moves on its own (0 to 1). `known` is false where there was nothing to hold on to.
    """

    known: bool
    right: float = 0.0
    down: float = 0.0
    growth: float = 0.0
    alone: float = 0.0


def motion_words(pairs: Sequence[tuple[Pixels, Pixels, int]]) -> dict[str, float]:
    """Weights of the words for camera and subject motion. `pairs` are grey frames and the ms between them."""
    flows = [measure(first, second, apart_ms / 1000) for first, second, apart_ms in pairs if apart_ms > 0]
    if not flows:
        return {}
    found = _subject(flows)
    known = [flow for flow in flows if flow.known]
    if len(known) * 2 >= len(flows):
        found |= _camera(known)
    elif float(np.median([flow.alone for flow in flows])) < _LITTLE:
        found["static"] = 0.5  # nothing to hold on to, and little changes
    return {word: round(weight, 3) for word, weight in found.items() if weight >= 0.1}


def measure(first: Pixels, second: Pixels, seconds: float) -> Flow:
    """Camera and subject motion between two grey frames."""
    height, width = first.shape
    changed = float((cv2.absdiff(first, second) > _CHANGED).mean())
    fit = _fit(first, second)
    if fit is None:
        return Flow(known=False, alone=changed)
    matrix = fit
    centre = np.array([width / 2, height / 2, 1.0])
    moved = matrix @ centre - centre[:2]
    scale = float(np.hypot(matrix[0, 0], matrix[1, 0]))
    steady = cv2.warpAffine(first, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    inner = (slice(height // 8, -height // 8), slice(width // 8, -width // 8))
    alone = float((cv2.absdiff(steady, second)[inner] > _CHANGED).mean())
    return Flow(
        known=True,
        right=float(moved[0]) / width / seconds,
        down=float(moved[1]) / height / seconds,
        growth=(scale - 1.0) / seconds,
        alone=min(alone, changed) if changed else 0.0,
    )


def _fit(first: Pixels, second: Pixels) -> npt.NDArray[np.float64] | None:
    """The shift, turn and growth that most points share; `None` where too few can be followed or they disagree."""
    points = cv2.goodFeaturesToTrack(first, maxCorners=120, qualityLevel=0.02, minDistance=6)
    if points is None or len(points) < _FEWEST_POINTS:
        return None
    moved, followed, _ = cv2.calcOpticalFlowPyrLK(first, second, points, None, winSize=(15, 15), maxLevel=3)
    kept = followed.ravel() == 1
    if int(kept.sum()) < _FEWEST_POINTS:
        return None
    matrix, agreeing = cv2.estimateAffinePartial2D(points[kept], moved[kept], ransacReprojThreshold=1.0)
    if matrix is None or float(agreeing.mean()) < _LEAST_AGREEING:
        return None
    across, along = np.ptp(points[kept][agreeing.ravel() == 1].reshape(-1, 2), axis=0)
    if across < _LEAST_SPREAD * first.shape[1] or along < _LEAST_SPREAD * first.shape[0]:
        return None  # a thing on an even ground: it moves, the camera need not
    fitted: npt.NDArray[np.float64] = matrix
    return fitted


def _camera(flows: Sequence[Flow]) -> dict[str, float]:
    right, down, growth = (np.array([getattr(flow, axis) for flow in flows]) for axis in ("right", "down", "growth"))
    across, along, zoom = float(np.median(right)), float(np.median(down)), float(np.median(growth))
    pan, tilt, zooming = _above(abs(across), _PAN), _above(abs(along), _PAN), _above(abs(zoom), _ZOOM)
    shake = float(np.hypot(right - across, down - along).mean()) if len(flows) > 2 else 0.0
    moving = max(pan, tilt, zooming)
    found = {
        "pan": pan,
        "pan left": pan if across > 0 else 0.0,  # the camera turns left when the picture moves right
        "pan right": pan if across < 0 else 0.0,
        "tilt": tilt,
        "tilt up": tilt if along > 0 else 0.0,
        "tilt down": tilt if along < 0 else 0.0,
        "zoom": zooming,
        "zoom in": zooming if zoom > 0 else 0.0,
        "zoom out": zooming if zoom < 0 else 0.0,
        "handheld": _above(shake, _SHAKE) * (1.0 - 0.7 * moving),
    }
    found["static"] = 1.0 if moving == 0.0 and shake < _SHAKE / 2 else 0.0
    if max(abs(across), abs(along)) > _FAST_PAN:
        found["fast"] = 0.8
    return found


def _subject(flows: Sequence[Flow]) -> dict[str, float]:
    alone = float(np.median([flow.alone for flow in flows]))
    most = float(np.percentile([flow.alone for flow in flows], 80))
    return {
        "moving": min(1.0, 0.4 + most / 0.04) if most > 0.004 else 0.0,
        "fast": min(1.0, (most - 0.12) / 0.2 + 0.3) if most > 0.12 else 0.0,
        "still": 1.0 if most <= 0.001 else 0.5 if alone <= 0.001 and most < 0.004 else 0.0,
    }


def _above(value: float, least: float) -> float:
    """0 below `least`, .5 at it, 1 at three times it."""
    return 0.0 if value < least else min(1.0, 0.25 + 0.25 * value / least)
