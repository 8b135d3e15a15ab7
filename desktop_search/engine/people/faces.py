"""What is known of faces, as plain values."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FaceVector = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Box:
    """Where a face is: shares of the picture's width and height, 0 to 1."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class SeenFace:
    """A face in a key frame, or in a still image.

    Attributes:
        box: where it is.
        score: how sure the detector is, 0 to 1.
        vector: who it is, of length 1.
        jpeg: the face with a little around it.
    """

    box: Box
    score: float
    vector: FaceVector
    jpeg: bytes
