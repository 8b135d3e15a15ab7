"""Clip files: a range of a clip as a file of its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from desktop_search.core.language import _


class Cut(Enum):
    """How a range becomes a file; the value is its name for good, in the preferences."""

    COPY = "copy"
    H264 = "h264"
    PRORES = "prores"
    PNG = "png"

    @property
    def title(self) -> str:
        """What it is called."""
        return _TITLES[self]


_TITLES = {
    Cut.PRORES: _("Clip files: ProRes 422 HQ, exact"),
    Cut.H264: _("Clip files: H.264, exact"),
    Cut.COPY: _("Clip files: copied without loss, from key frames on"),
    Cut.PNG: _("Still frames (PNG): the first frame of each"),
}


@dataclass(frozen=True, slots=True)
class CutJob:
    """What to make: the range from the frame on screen at `start_ms` up to the one at `end_ms`, of `source`.

    `target` is the file to write. Of a still frame only `start_ms` counts.
    """

    source: Path
    target: Path
    start_ms: int
    end_ms: int
    cut: Cut = Cut.PRORES


@dataclass(frozen=True, slots=True)
class CutClip:
    """What was made.

    Attributes:
        in_frame: the frame of the source that is its first one; by stream copy that can be before the wanted one.
        frames: how many it has.
        early: by how many frames it begins before the wanted one; `late` by how many it ends after it.
        timecode: of its first frame.
    """

    path: Path
    in_frame: int
    frames: int
    early: int
    late: int
    timecode: str
