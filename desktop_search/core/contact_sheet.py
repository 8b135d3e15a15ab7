"""A contact sheet: a picture of each range, and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One range. `picture` is a JPEG file of its first frame; times are timecode, `length` at the clip's rate."""

    number: int
    name: str
    path: str
    begins: str
    ends: str
    length: str
    picture: Path
    note: str = ""
    rating: int = 0
    tags: tuple[str, ...] = ()
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All of them. `summary` is a line on how many, and how long."""

    title: str
    summary: str
    entries: tuple[SheetEntry, ...]
