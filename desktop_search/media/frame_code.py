"""A strip of black and white cells that tells which frame of which made clip a picture shows.

The sample footage and the tests' clips carry it along their bottom edge, so that the frame that is really on the
screen can be read from the screen's pixels, scaled and compressed as it may be.

The strip has `CELLS` cells over the whole width: a quiet cell, a guard of three black and three white cells, 28 bits
as two cells each (black-white is 0, white-black is 1: no run is longer than two, so the guards are unmistakable), the
guard mirrored, a quiet cell. The bits are the clip's number (4), the frame's number (16) and a CRC-8 of both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MAX_FRAME, MAX_CLIP = 0xFFFF, 0xF
_BITS, _GUARD = 28, (0, 0, 0, 1, 1, 1)
CELLS = 2 + 2 * len(_GUARD) + 2 * _BITS
SMALLEST_WIDTH_PX = 3 * CELLS
_BLACK, _WHITE, _THRESHOLD = 16, 240, 128
_GUARD_TOLERANCE = 0.25
_ROWS_THAT_AGREE = 3

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class FrameCode:
    """What a strip says, and where in the picture it is (pixels; `right` and `bottom` are just outside)."""

    frame: int
    clip: int
    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """How wide the strip, and so the shown video, is."""
        return self.right - self.left


def strip_height_px(height: int) -> int:
    """How high the strip is in a clip of `height` pixels."""
    return max(6, height // 22)


def draw(pixels: Pixels, frame: int, clip: int = 0) -> None:
    """Draw the strip along the bottom edge of `pixels` (height × width × 3, changed in place).

    Raises `ValueError` for a number that does not fit, or a picture narrower than `SMALLEST_WIDTH_PX`.
    """
    height, width = pixels.shape[:2]
    if not 0 <= frame <= MAX_FRAME or not 0 <= clip <= MAX_CLIP or width < SMALLEST_WIDTH_PX:
        raise ValueError(f"no strip for frame {frame} of clip {clip} at {width} pixels")
    cells = np.array(_cells(frame, clip), dtype=np.uint8)
    which = np.arange(width) * CELLS // width
    row = np.where(cells[which] == 1, _WHITE, _BLACK).astype(np.uint8)
    pixels[height - strip_height_px(height) :, :] = row[None, :, None]


def find(pixels: Pixels) -> tuple[FrameCode, ...]:
    """Every strip in a picture (height × width, or × 3 or 4 channels), the widest first."""
    # Of black and white, one channel says as much as three.
    white = (pixels if pixels.ndim == 2 else pixels[:, :, 1]) >= _THRESHOLD
    rows: dict[tuple[int, int, int], list[tuple[int, int, int]]] = {}
    codes: list[tuple[int, int, int, int]] = []
    for y in range(white.shape[0]):
        if y == 0 or not np.array_equal(white[y], white[y - 1]):
            codes = list(_codes_in_row(white[y]))
        for frame, clip, left, right in codes:
            # Rows of one strip may disagree by a pixel or two about its edges.
            rows.setdefault((frame, clip, round((left + right) / 16)), []).append((y, left, right))
    found = [
        FrameCode(frame, clip, min(r[1] for r in lines), lines[0][0], max(r[2] for r in lines), lines[-1][0] + 1)
        for (frame, clip, _), lines in rows.items()
        if len(lines) >= _ROWS_THAT_AGREE
    ]
    return tuple(sorted(found, key=lambda code: -code.width))


def _cells(frame: int, clip: int) -> list[int]:
    """Black (0) and white (1) cells of the whole strip."""
    data = clip << 16 | frame
    bits = data << 8 | _crc8(data)
    payload: list[int] = []
    for shift in range(_BITS - 1, -1, -1):
        bit = bits >> shift & 1
        payload += [bit, 1 - bit]
    return [1, *_GUARD, *payload, *reversed(_GUARD), 1]


def _crc8(data: int) -> int:
    """CRC-8 (polynomial 0x07) of 20 bits."""
    crc = 0xA5
    for shift in range(19, -1, -1):
        top = (crc >> 7) ^ (data >> shift & 1)
        crc = (crc << 1 & 0xFF) ^ (0x07 if top else 0)
    return crc


def _codes_in_row(white: NDArray[np.bool_]) -> Iterator[tuple[int, int, int, int]]:
    """(frame, clip, left, right) of every strip that this row of pixels crosses."""
    edges = np.flatnonzero(white[1:] != white[:-1]) + 1
    if len(edges) < _BITS:
        return
    runs = np.diff(edges)
    first, second, third = runs[:-2], runs[1:-1], runs[2:]
    # The opening guard: black three cells, then white three or four (the first bit may begin white), then at most two.
    ratio = first / second
    starts = np.flatnonzero(
        (ratio > 0.6) & (ratio < 1 + _GUARD_TOLERANCE) & (first >= 3) & (first > 1.2 * third) & ~white[edges[:-3]]
    )
    for index in starts:
        code = _decode(white, edges, int(edges[index]), runs[index] / 3)
        if code is not None:
            yield code


def _decode(
    white: NDArray[np.bool_], edges: NDArray[np.intp], start: int, rough_cell: float
) -> tuple[int, int, int, int] | None:
    """Read the strip whose opening guard begins at pixel `start`; the closing guard's edge gives the cell's size."""
    inner = CELLS - 2
    expected_end = start + rough_cell * inner
    for end in edges[np.abs(edges - expected_end) <= rough_cell * inner * _GUARD_TOLERANCE]:
        cell = (int(end) - start) / inner
        centres = (start + (np.arange(inner) + 0.5) * cell).astype(np.intp)
        if centres[-1] >= len(white):
            continue
        number = _number(white[centres].astype(int).tolist())
        if number is not None:
            return number & MAX_FRAME, number >> 16, round(start - cell), round(int(end) + cell)
    return None


def _number(cells: list[int]) -> int | None:
    """Clip and frame in one number from the cells between the quiet ones, or `None` if they are no strip."""
    guard = list(_GUARD)
    if cells[: len(guard)] != guard or cells[-len(guard) :] != guard[::-1]:
        return None
    payload = cells[len(guard) : -len(guard)]
    bits = 0
    for first, second in zip(payload[::2], payload[1::2], strict=True):
        if first == second:
            return None
        bits = bits << 1 | first
    data, crc = bits >> 8, bits & 0xFF
    return data if _crc8(data) == crc else None
