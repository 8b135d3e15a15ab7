"""Vectors in 12 bits for each number: 8 of them for the scan of all rows, 4 more for a second look at the best.

A row is stretched so that its largest number fills the range, and its scale kept. In float16 they would take a third
more, in the record and again beside the 8 bits, and find the same: the order changes where cosines differ by a few
hundred thousandths.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desktop_search.engine.vectors.kernel import Codes, Scores

Fine = npt.NDArray[np.uint8]
_MOST = 127
_STEPS = 16  # that 4 bits divide a step of the 8-bit numbers into
_BYTES = np.arange(256)
_STEPS_OF = ((np.stack([_BYTES & 15, _BYTES >> 4], axis=1) + 0.5) / _STEPS - 0.5).astype(np.float32)  # of each byte
_PAIRS = _STEPS_OF.view(np.complex64).ravel()  # two numbers in one, since single numbers are looked up much faster


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """n × dim numbers; row i is about `codes[i] * scales[i]`, and more exactly with `fine`, two numbers to a byte."""

    codes: Codes
    fine: Fine
    scales: Scores

    def __getitem__(self, rows: npt.NDArray[np.int64] | npt.NDArray[np.bool_] | slice) -> Coded:
        return Coded(self.codes[rows], self.fine[rows], self.scales[rows])

    def exact(self) -> npt.NDArray[np.float32]:
        """The numbers as exactly as they are known."""
        steps = np.take(_PAIRS, self.fine).view(np.float32)[:, : self.codes.shape[1]]
        numbers: npt.NDArray[np.float32] = steps + self.codes
        numbers *= self.scales[:, None]
        return numbers


def coded(vectors: npt.NDArray[np.floating]) -> Coded:
    """The copy of n × dim vectors. A row of zeros stays one."""
    wide = vectors.astype(np.float32)
    scales = np.abs(wide).max(axis=1, initial=0.0) / np.float32(_MOST)
    wide /= np.where(scales > 0, scales, 1.0)[:, None]
    rounded = np.rint(wide)
    wide -= rounded
    steps = np.clip((wide + np.float32(0.5)) * _STEPS, 0, _STEPS - 1).astype(np.uint8)
    if steps.shape[1] % 2:
        steps = np.pad(steps, ((0, 0), (0, 1)))
    return Coded(rounded.astype(np.int8), steps[:, ::2] | steps[:, 1::2] << 4, scales)


def nothing(dim: int) -> Coded:
    """No rows, of `dim` numbers each."""
    return Coded(np.empty((0, dim), np.int8), np.empty((0, (dim + 1) // 2), np.uint8), np.empty(0, np.float32))


def joined(parts: list[Coded]) -> Coded:
    """The rows of several, one after the other; there is at least one."""
    return Coded(
        np.concatenate([part.codes for part in parts]),
        np.concatenate([part.fine for part in parts]),
        np.concatenate([part.scales for part in parts]),
    )


def packed(vectors: npt.NDArray[np.floating]) -> bytes:
    """n × dim vectors for the record: all codes, all that makes them exact, and the scales, little-endian float32."""
    made = coded(vectors)
    return made.codes.tobytes() + made.fine.tobytes() + made.scales.astype("<f4").tobytes()


def unpacked(data: bytes, dim: int) -> Coded:
    """What `packed` gave out, of vectors of `dim` numbers. Raises ValueError."""
    half = (dim + 1) // 2
    count = len(data) // (dim + half + 4)
    codes = np.frombuffer(data, np.int8, count * dim).reshape(-1, dim)
    fine = np.frombuffer(data, np.uint8, count * half, count * dim).reshape(-1, half)
    return Coded(codes, fine, np.frombuffer(data, "<f4", count, count * (dim + half)))


def dim_of_one(data: bytes) -> int:
    """How many numbers the only vector has that was packed."""
    return (len(data) - 4) * 2 // 3


def error_of(scale: float) -> float:
    """The standard deviation of the error that rounding to steps of `scale` leaves in a product with a unit vector."""
    return scale / float(np.sqrt(12.0))
