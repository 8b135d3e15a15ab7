"""What the engine of *This computer* is doing."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop_search.core.coverage import Amount


@dataclass(frozen=True, slots=True)
class IndexingVideo:
    """A video that is being indexed, and how far it is (0 to 1000)."""

    video_no: str
    name: str
    permille: int


@dataclass(frozen=True, slots=True)
class OfflineVideo:
    """A video that is still searchable though its file is away."""

    video_no: str
    name: str
    file: str


@dataclass(frozen=True, slots=True)
class LearningProgress:
    """How many clips a newly chosen model has gone through, of how many."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class EngineState:
    """One look at the engine.

    Attributes:
        waiting: clips that wait to be indexed.
        indexing: clips that are being indexed.
        offline: the first of the clips whose files are away; `offline_count` says how many there are.
        learning: by kind of model ("seen", "text", "speech"), for what is not finished.
        in_use: the kinds of which a model is in use.
        searched: the videos that can be searched, and how long they are.
        failed_count: videos that could not be indexed.
    """

    paused: bool = False
    waiting: int = 0
    indexing: tuple[IndexingVideo, ...] = ()
    offline: tuple[OfflineVideo, ...] = ()
    offline_count: int = 0
    learning: tuple[tuple[str, LearningProgress], ...] = ()
    in_use: frozenset[str] = frozenset()
    searched: Amount = field(default_factory=Amount)
    failed_count: int = 0

    @property
    def is_busy(self) -> bool:
        """Whether something is done in the background, or would be if it were not paused."""
        return bool(self.waiting or self.indexing or self.learning)


@dataclass(frozen=True, slots=True)
class Relinked:
    """What came of looking for files that are away. `complete` is false where the folder was too large for that."""

    found_count: int
    offline_count: int
    complete: bool = True
