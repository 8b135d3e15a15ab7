"""Where shots begin: exact to the frame, in one pass, a few frames behind the decoder."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np

from desktop_search.engine.indexing.decoding import THUMB_HEIGHT, THUMB_WIDTH, Copier, Pixels, TimedFrame

_AROUND = 6  # frames before and after that a cut is compared with
JUMP = 9.0  # mean difference of the 8-bit values, below which nothing is a cut
_STANDS_OUT = 2.2  # a cut is this much more than the second largest change around it
_FLASH_FRAMES = 3  # a change that is undone this soon is a flash
_STAYS = 0.6
_UNSEEN = 6.0  # as much may change from frame to frame where frames were left out
_LEAST_SHARED = 0.4  # of the picture, that a pan has in common with where it began


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
        thumb = copier.thumbnail(timed)
        change = 0.0 if previous is None or timed.goes_on else difference(previous, thumb)
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


def difference(first: Pixels, second: Pixels) -> float:
    """Mean absolute difference of two thumbnails, 0 to 255."""
    return float(np.abs(first.astype(np.int16) - second.astype(np.int16)).mean())


def alike(first: Pixels, second: Pixels) -> bool:
    """Whether two thumbnails may be of one shot, some time apart: the same picture, or one that was panned over."""
    if difference(first, second) < JUMP:
        return True
    grey = [cv2.cvtColor(each, cv2.COLOR_RGB2GRAY).astype(np.float32) for each in (first, second)]
    window = cv2.createHanningWindow((THUMB_WIDTH, THUMB_HEIGHT), cv2.CV_32F)
    (right, down), _ = cv2.phaseCorrelate(grey[0], grey[1], window)
    here, there = _overlap(round(right), round(down)), _overlap(-round(right), -round(down))
    shared = first[there]
    return shared.size >= _LEAST_SHARED * first.size and difference(shared, second[here]) < JUMP


def _overlap(right: int, down: int) -> tuple[slice, slice]:
    """The part of a thumbnail that was already seen when the picture has moved so far right and down."""
    return (
        slice(max(0, down), THUMB_HEIGHT + min(0, down)),
        slice(max(0, right), THUMB_WIDTH + min(0, right)),
    )


def _decide(window: deque[LaidFrame], index: int) -> LaidFrame:
    laid = window[index]
    return replace(laid, starts_shot=laid.starts_shot or _is_cut(list(window), index))


def _changes_around(window: list[LaidFrame], index: int) -> Iterator[float]:
    """The changes of the frames right before and after. Beyond frames that were left out, only a guess counts."""
    before, after = reversed(window[max(0, index - _AROUND) : index]), window[index + 1 : index + 1 + _AROUND]
    for side in (before, after):
        for laid in side:
            if laid.timed.goes_on:
                yield from (_UNSEEN, _UNSEEN)
                break
            yield laid.change


def _is_cut(window: list[LaidFrame], index: int) -> bool:
    change = window[index].change
    if index == 0 or change < JUMP:
        return False
    others = sorted(_changes_around(window, index), reverse=True)
    if len(others) > 1 and change < _STANDS_OUT * others[1]:
        return False
    earlier = window[max(0, index - 1 - _FLASH_FRAMES)]
    later = window[min(index + _FLASH_FRAMES, len(window) - 1)]
    begins = difference(window[index - 1].thumb, later.thumb) > _STAYS * JUMP
    return begins and difference(earlier.thumb, window[index].thumb) > _STAYS * JUMP
