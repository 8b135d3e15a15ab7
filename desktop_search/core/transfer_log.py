"""One line of the transfer log: a file that reached a library."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from desktop_search.core.library import LOCAL_ID
from desktop_search.core.uploads import MediaKind, UploadItem


class SentAs(Enum):
    """In what shape a file was given to the library. The value is what the catalog stores."""

    AS_IS = "as it is"
    PROXY = "proxy"
    PART = "part"
    IN_PLACE = "in place"  # indexed where it is; no byte left this computer


@dataclass(frozen=True, slots=True)
class LogEntry:
    """What was sent, when, and what the library answered.

    Attributes:
        entry_id: the catalog's row id; 0 before it is stored.
        path: the original, where it was then.
        size_bytes: of what was sent.
        fingerprint: of the original's content.
        remote_id: the id that the library answered.
        began_ms, ended_ms: since the epoch; `began_ms` is `None` where the answer was found after a crash.
        part_start_ms, part_end_ms: the part of the original, where it was split.
        cost: what indexing it was estimated to cost, in dollars.
    """

    entry_id: int
    library_id: str
    path: Path
    kind: MediaKind
    sent_as: SentAs
    size_bytes: int
    fingerprint: str
    remote_id: str
    began_ms: int | None
    ended_ms: int
    part_start_ms: int | None = None
    part_end_ms: int | None = None
    cost: float = 0.0

    @property
    def rate_bytes_s(self) -> float | None:
        """Mean bytes per second; `None` where nothing was sent, or nobody knows how long it took."""
        if self.began_ms is None or self.ended_ms <= self.began_ms or self.sent_as is SentAs.IN_PLACE:
            return None
        return self.size_bytes * 1000 / (self.ended_ms - self.began_ms)


def joint_rate(spans: Iterable[tuple[int, int, int]]) -> float | None:
    """Bytes per second while anything was sent at all, of begin and end in milliseconds and size; `None` for nothing.

    Files that went side by side shared the line; time in which nothing went, for want of a slot, does not count.
    """
    busy_ms, until_ms, sent_bytes = 0, 0, 0
    for began_ms, ended_ms, size_bytes in sorted(spans):
        busy_ms += max(0, ended_ms - max(began_ms, until_ms))
        until_ms = max(until_ms, ended_ms)
        sent_bytes += size_bytes
    return sent_bytes * 1000 / busy_ms if busy_ms else None


def entry_of(item: UploadItem, began_ms: int | None, ended_ms: int, cost: float) -> LogEntry:
    """The line for a row that has arrived."""
    return LogEntry(
        entry_id=0,
        library_id=item.library_id,
        path=item.path,
        kind=item.kind,
        sent_as=_sent_as(item),
        size_bytes=item.size_bytes,
        fingerprint=item.fingerprint,
        remote_id=item.remote_id,
        began_ms=began_ms,
        ended_ms=ended_ms,
        part_start_ms=item.part_start_ms,
        part_end_ms=item.part_end_ms,
        cost=cost,
    )


def _sent_as(item: UploadItem) -> SentAs:
    if item.part_start_ms is not None:
        return SentAs.PART
    if item.proxy is not None:
        return SentAs.PROXY
    in_place = item.library_id == LOCAL_ID and item.kind is MediaKind.VIDEO
    return SentAs.IN_PLACE if in_place else SentAs.AS_IS
