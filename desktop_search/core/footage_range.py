"""A range of a file of footage."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FootageRange:
    """From `start_ms` up to `end_ms`, which is no longer in it; both count from the file's first frame."""

    path: Path
    start_ms: int
    end_ms: int
