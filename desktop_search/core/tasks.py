"""A task of a library: posts that it fetches from a platform (contract §6, §9.3)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from desktop_search.core.footage import VideoRecord


class TaskState(Enum):
    """How far a task is. The service does not say (`UNKNOWN`); the engine of this computer does."""

    UNKNOWN = ""
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True)
class TaskFailure:
    """An address of a task that brought nothing, and why."""

    address: str
    cause: str


@dataclass(frozen=True, slots=True)
class TaskReport:
    """What a task has brought so far.

    Attributes:
        videos: as far as they are known; of each, numbers may be missing until it is indexed.
        fetch_permille: how far fetching is, 0 to 1000, where the library says so.
    """

    videos: tuple[VideoRecord, ...] = ()
    state: TaskState = TaskState.UNKNOWN
    failures: tuple[TaskFailure, ...] = ()
    fetch_permille: int | None = None
