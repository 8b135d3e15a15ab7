"""What a backup says about itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """A backup that was read whole and found sound.

    Attributes:
        made: when, in the time of the computer that made it.
        program: the version that made it.
        uploads, selects, searches: how many rows, selects and saved searches it has.
    """

    made: datetime
    program: str
    uploads: int
    selects: int
    searches: int
