"""Which faces are of one person: each new face joins the person whose mean it is nearest to, or is somebody new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from desktop_search.engine.people.faces import FaceVector

SAME = 0.42  # cosine; SFace's own threshold for two single faces is 0.363, and a mistake is dearer than a split


@dataclass(frozen=True, slots=True)
class Mean:
    """A person, as the mean of so many faces; `vector` has length 1."""

    vector: FaceVector
    count: int

    def with_face(self, vector: FaceVector) -> Mean:
        """With one more."""
        return Mean(unit(self.vector * self.count + vector), self.count + 1)


def mean_of(vectors: Sequence[FaceVector]) -> Mean:
    """Of these faces alone; there is at least one."""
    return Mean(unit(np.sum(vectors, axis=0)), len(vectors))


def chosen_person(face: FaceVector, people: Mapping[int, Mean], taken: set[int]) -> int | None:
    """Who it is; `None` for somebody new. `taken` are in the same picture already: nobody is there twice."""
    free = [each for each in people if each not in taken]
    if not free:
        return None
    likeness = np.stack([people[each].vector for each in free]) @ face
    best = int(np.argmax(likeness))
    return free[best] if float(likeness[best]) >= SAME else None


def unit(vector: FaceVector) -> FaceVector:
    """The same direction, of length 1."""
    length = float(np.linalg.norm(vector))
    return np.asarray(vector / length if length > 0 else vector, dtype=np.float32)
