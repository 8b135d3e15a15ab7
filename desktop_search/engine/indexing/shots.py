"""Where shots begin: exact to the frame, in one pass, a few frames behind the decoder."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np

from desktop_search.engine.indexing.decoding import Copier, Pixels, TimedFrame

THUMB_WIDTH, THUMB_HEIGHT = 96, 54
_AROUND = 6  # frames before and after that a cut is compared with
JUMP = 9.0  # mean difference of the 8-bit values, below which nothing is a cut
_STANDS_OUT = 2.2  # a cut is this much more than the second largest change around it
_FLASH_FRAMES = 3  # a change that is undone this soon is a flash
_STAYS = 0.6


@dataclass(frozen=True, slots=True)
class LaidFrame:
    """A frame with its thumbnail (96 × 54, squeezed), and whether a shot begins with it."""

    timed: TimedFrame
    thumb: Pixels
    change: float
    starts_shot: bool = False


def with_cuts(frames: Iterable[TimedFrame], copier: Copier) -> Iterator[LaidFrame]:
    """The same frames, each with its thumbnail and whether a shot begins with it. The first always begins one."""
    window: deque[LaidFrame] = deque()  # up to _AROUND frames before and after the one being decided
    decided = 0  # how many of the window's first frames are decided
    previous: Pixels | None = None
    for timed in frames:
        thumb = copier.exactly(timed.frame, THUMB_WIDTH, THUMB_HEIGHT, "rgb24")
        change = 0.0 if previous is None else difference(previous, thumb)
        window.append(LaidFrame(timed, thumb, change, starts_shot=previous is None))
        previous = thumb
        if len(window) > decided + _AROUND:
            yield _decide(window, decided)
            decided += 1
        if decided > _AROUND:
            window.popleft()
            decided -= 1
    for index in range(decided, len(window)):
        yield _decide(window, index)


def thumbnail(rgb: Pixels) -> Pixels:
    """The thumbnail of a picture that was not decoded from a video."""
    small: Pixels = cv2.resize(rgb, (THUMB_WIDTH, THUMB_HEIGHT), interpolation=cv2.INTER_AREA)
    return small


def difference(first: Pixels, second: Pixels) -> float:
    """Mean absolute difference of two thumbnails, 0 to 255."""
    return float(np.abs(first.astype(np.int16) - second.astype(np.int16)).mean())


def _decide(window: deque[LaidFrame], index: int) -> LaidFrame:
    laid = window[index]
    return replace(laid, starts_shot=laid.starts_shot or _is_cut(list(window), index))


def _is_cut(window: list[LaidFrame], index: int) -> bool:
    change = window[index].change
    if index == 0 or change < JUMP:
        return False
    near = window[max(0, index - _AROUND) : index] + window[index + 1 : index + 1 + _AROUND]
    others = sorted((other.change for other in near), reverse=True)
    if len(others) > 1 and change < _STANDS_OUT * others[1]:
        return False
    earlier = window[max(0, index - 1 - _FLASH_FRAMES)]
    later = window[min(index + _FLASH_FRAMES, len(window) - 1)]
    begins = difference(window[index - 1].thumb, later.thumb) > _STAYS * JUMP
    return begins and difference(earlier.thumb, window[index].thumb) > _STAYS * JUMP
