"""How a picture looks, as numbers: for finding the frame that a picture was taken from, or one like it.

The picture is described by slow waves of light and colour across it (a cosine transform of a small copy). Finer waves
are raised and the even brightness left out, so that two landscapes do not look alike merely because the sky is bright.
Scaling, compression and a slight crop hardly change those waves.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
Vector = npt.NDArray[np.float16]

_SIDE = 32
_LIGHT_WAVES, _COLOUR_WAVES = 9, 7
VECTOR_DIM = _LIGHT_WAVES**2 - 1 + 2 * _COLOUR_WAVES**2 + 2
_RISE = 0.6  # how much finer waves are raised: natural pictures fall by about 1
_COMPRESS = 0.65  # a few strong waves must not decide alone
_EVEN_COLOUR = 0.35  # what the overall tint counts beside the waves
_EMPTY = 2.2  # a picture without waves is told by its brightness alone, which says little of any other picture
_WHITE_TURN = 1.9  # radians from black to white


def look_vector(rgb: Pixels) -> Vector:
    """The look vector of an RGB picture of any size (height × width × 3), `VECTOR_DIM` numbers of length 1."""
    small = cv2.resize(rgb, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
    lab = cv2.cvtColor(small.astype(np.float32) / 255.0, cv2.COLOR_RGB2LAB)
    light = _waves(lab[:, :, 0], _LIGHT_WAVES)[1:]
    green_red, blue_yellow = (_waves(lab[:, :, channel], _COLOUR_WAVES) for channel in (1, 2))
    green_red[0] *= _EVEN_COLOUR
    blue_yellow[0] *= _EVEN_COLOUR
    turn = float(lab[:, :, 0].mean()) / 100.0 * _WHITE_TURN
    brightness = [_EMPTY * math.cos(turn), _EMPTY * math.sin(turn)]
    vector = np.concatenate([light, green_red, blue_yellow, brightness])
    unit: Vector = (vector / np.linalg.norm(vector)).astype(np.float16)
    return unit


def _waves(channel: npt.NDArray[np.float32], count: int) -> npt.NDArray[np.float32]:
    """The first `count` × `count` waves of a channel, the even part first, raised and compressed."""
    transformed = cv2.dct(np.ascontiguousarray(channel))[:count, :count] / _SIDE
    index = np.arange(count, dtype=np.float32)
    raised = transformed * np.maximum(1.0, np.hypot(index[:, None], index[None, :])) ** _RISE
    squeezed: npt.NDArray[np.float32] = (np.sign(raised) * np.abs(raised) ** _COMPRESS).astype(np.float32).ravel()
    return squeezed
