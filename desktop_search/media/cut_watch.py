"""A cheap look for cuts in frames that pass by in order: good enough to choose where a long video is divided."""

from __future__ import annotations

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

_WIDTH, _HEIGHT = 32, 18
_LEAST = 14.0  # mean change of a pixel's brightness, of 255
_TIMES_USUAL = 4.0
_MEMORY = 0.9  # how slowly the usual change follows what is seen


class CutWatch:
    """Tells of each frame whether a new shot begins with it."""

    def __init__(self) -> None:
        self._last: NDArray[np.int16] | None = None
        self._usual = 0.0

    def begins_shot(self, frame: VideoFrame) -> bool:
        """Whether the picture changed all at once from the frame before. The first frame begins none."""
        small = frame.reformat(width=_WIDTH, height=_HEIGHT, format="gray").to_ndarray().astype(np.int16)
        last, self._last = self._last, small
        if last is None:
            return False
        change = float(np.abs(small - last).mean())
        is_cut = change > max(_LEAST, _TIMES_USUAL * self._usual)
        if not is_cut:
            self._usual = _MEMORY * self._usual + (1 - _MEMORY) * change
        return is_cut
