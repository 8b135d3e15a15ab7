"""What part of a library a search has looked through, and what it could not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Gap(Enum):
    """Why some of the footage is not searched, or is found but not to be seen; in the order in which it is said."""

    INDEXING = "indexing"
    QUEUED = "queued"
    FAILED = "failed"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class Amount:
    """So many clips, and how long they are in all, as far as that is known."""

    count: int = 0
    duration_ms: int = 0

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.count + other.count, self.duration_ms + other.duration_ms)

    def at_least(self, count: int) -> Amount:
        """The same, of no fewer clips."""
        return Amount(max(self.count, count), self.duration_ms)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of one or several libraries.

    Attributes:
        searched: clips that can be searched, those that are offline among them.
        indexing: clips that the library has and works at.
        queued: clips that are to be sent.
        failed: clips that the library could not index, or that could not be sent.
        offline: clips that are found although their files are away.
    """

    searched: Amount = Amount()
    indexing: Amount = Amount()
    queued: Amount = Amount()
    failed: Amount = Amount()
    offline: Amount = Amount()

    def __add__(self, other: Coverage) -> Coverage:
        return Coverage(
            self.searched + other.searched,
            self.indexing + other.indexing,
            self.queued + other.queued,
            self.failed + other.failed,
            self.offline + other.offline,
        )

    @property
    def whole(self) -> Amount:
        """Everything that was meant to be searched."""
        return self.searched + self.indexing + self.queued + self.failed

    def gap(self, gap: Gap) -> Amount:
        """How much is missing for this reason."""
        amounts = {
            Gap.INDEXING: self.indexing,
            Gap.QUEUED: self.queued,
            Gap.FAILED: self.failed,
            Gap.OFFLINE: self.offline,
        }
        return amounts[gap]
