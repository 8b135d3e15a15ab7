"""What travels to a worker process to be embedded, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop_search.engine.indexing.results import Meant


@dataclass(frozen=True, slots=True)
class Material:
    """What is to be embedded of footage that is indexed already. `None` stands for nothing to do.

    Attributes:
        keyframes: one file for each segment of a video.
        texts: the utterances of that video.
        images: files of still images.
    """

    keyframes: tuple[Path, ...] | None = None
    texts: tuple[str, ...] | None = None
    images: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Embedded:
    """What became of it. For an image that could not be read there is `None`. `texts` are what `said` was made of."""

    seen: Meant | None = None
    said: Meant | None = None
    images: tuple[Meant | None, ...] = ()
    texts: tuple[str, ...] | None = None
