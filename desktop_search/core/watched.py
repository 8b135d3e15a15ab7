"""Watched folders: whose new footage joins the queue by itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from desktop_search.core.drops import kind_of
from desktop_search.core.footage import FootageDetails

_UNFINISHED = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".filepart", "~")


@dataclass(frozen=True, slots=True)
class WatchedFolder:
    """One folder, with all below it.

    Attributes:
        folder_id: the catalog's row id; 0 before it is stored.
        has_begun: whether what was there at first has been seen to. Until then, nothing counts as new.
    """

    folder_id: int
    library_id: str
    path: Path
    details: FootageDetails = FootageDetails()
    has_begun: bool = False
    added_ms: int = 0


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What tells one state of a file from another, without reading it."""

    size_bytes: int
    mtime_ns: int


class WatchState(Enum):
    """Whether a folder can be looked into."""

    STARTING = "starting"
    WATCHING = "watching"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class WatchReport:
    """How a folder is.

    Attributes:
        cause: why it cannot be looked into, in words; "" when it can.
        growing: files that still grow or do not open whole yet.
        added: how many files were added since the program began.
        has_news: rows have just joined the queue.
    """

    folder: WatchedFolder
    state: WatchState = WatchState.STARTING
    cause: str = ""
    growing: int = 0
    added: int = 0
    has_news: bool = False


def is_watched_for(name: str) -> bool:
    """Whether a file of this name may be footage that is to be added: not hidden, and not on its way to be written."""
    path = Path(name)
    stem = path.stem.lower()
    return not name.startswith(".") and not stem.endswith(_UNFINISHED) and kind_of(path) is not None
