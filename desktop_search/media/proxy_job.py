"""What a proxy is to become and what became of it: what goes to the child process that makes it, and comes back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ProxyJob:
    """What to make: files called `1.mp4`, `2.mp4`, … in `folder`, none of them larger than `max_bytes`.

    `start_timecode` is the original's, for originals that do not say it themselves.
    """

    source: Path
    folder: Path
    max_bytes: int
    start_timecode: str = ""


@dataclass(frozen=True, slots=True)
class MadePart:
    """One file, and when in the original it begins and ends, in milliseconds after the first video frame."""

    path: Path
    start_ms: int
    end_ms: int
