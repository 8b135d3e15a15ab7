"""Look vectors in a byte for each number, as they are stored and searched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

_MOST = np.float32(127)


@dataclass(frozen=True, slots=True, eq=False)
class Looks:
    """n vectors of length 1; row i is about `codes[i] * scales[i]`. Scores by them are off by .003 at most."""

    codes: npt.NDArray[np.int8]
    scales: npt.NDArray[np.float32]

    @classmethod
    def of(cls, vectors: npt.NDArray[np.floating]) -> Self:
        """Stretch each row (n × dim) so that its largest number fills the byte. A row of zeros stays one."""
        wide = vectors.astype(np.float32)
        scales = np.abs(wide).max(axis=1, initial=0.0) / _MOST
        wide /= np.where(scales > 0, scales, 1.0)[:, None]
        return cls(np.rint(wide).astype(np.int8), scales)

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""
        return int(self.codes.shape[1])

    @property
    def vectors(self) -> npt.NDArray[np.float32]:
        """The vectors as they are known."""
        wide: npt.NDArray[np.float32] = self.codes * self.scales[:, None]
        return wide
