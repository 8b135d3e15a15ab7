"""Small JPEG pictures of frames."""

from __future__ import annotations

import io

import numpy as np
import numpy.typing as npt
from PIL import Image

_QUALITY = 82


def as_jpeg(rgb: npt.NDArray[np.uint8]) -> bytes:
    """JPEG bytes of an RGB picture."""
    data = io.BytesIO()
    Image.fromarray(rgb).save(data, "JPEG", quality=_QUALITY)
    return data.getvalue()
