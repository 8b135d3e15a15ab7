"""The states of one row of the upload queue, and which may follow which."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, IntEnum
from fractions import Fraction
from pathlib import Path

from desktop_search.core.footage import FootageDetails


class UploadState(Enum):
    """From the drop to *searchable*. The value is what the catalog stores.

    `READY` rows wait for the user to start them, because their library costs money. `PREPARING` ones get a proxy made.
    `KNOWN` ones are not sent, because the same footage is in the library already; the user may insist.
    """

    READY = "ready"
    WAITING = "waiting"
    PREPARING = "preparing"
    SENDING = "sending"
    INDEXING = "indexing"
    SEARCHABLE = "searchable"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    KNOWN = "known"
    FAILED = "failed"


_S = UploadState
_HALTS = frozenset({_S.PAUSED, _S.CANCELLED, _S.FAILED, _S.KNOWN})
_NEXT: dict[UploadState, frozenset[UploadState]] = {
    _S.READY: frozenset({_S.WAITING}) | _HALTS,
    _S.WAITING: frozenset({_S.PREPARING, _S.SENDING, _S.READY}) | _HALTS,
    _S.PREPARING: frozenset({_S.WAITING}) | _HALTS,
    _S.SENDING: frozenset({_S.INDEXING, _S.SEARCHABLE, _S.WAITING}) | _HALTS,
    _S.INDEXING: frozenset({_S.SEARCHABLE, _S.FAILED}),
    _S.SEARCHABLE: frozenset(),
    _S.PAUSED: frozenset({_S.READY, _S.WAITING, _S.CANCELLED, _S.KNOWN}),
    _S.CANCELLED: frozenset({_S.READY, _S.WAITING}),
    _S.KNOWN: frozenset({_S.READY, _S.WAITING}),
    _S.FAILED: frozenset({_S.READY, _S.WAITING}),
}


class MediaKind(Enum):
    """Which library a file goes to."""

    VIDEO = "video"
    IMAGE = "image"


class Priority(IntEnum):
    """Rows of a higher one go first; within one, by position."""

    LOW = -1
    NORMAL = 0
    HIGH = 1


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """What a look into the file told; empty and 0 where nobody knows.

    `start_timecode` is as the file has it, such as "10:04:13;05"; `rate` is exact.
    """

    container: str = ""
    video_codec: str = ""
    audio_codec: str = ""
    duration_ms: int = 0
    width: int = 0
    height: int = 0
    rate: Fraction = Fraction(0)
    start_timecode: str = ""


@dataclass(frozen=True, slots=True)
class UploadItem:
    """One row of the queue.

    Attributes:
        item_id: the catalog's row id; 0 before it is stored.
        library_id: which library it goes to ("local", "memories.ai", or a server address).
        size_bytes, sent_bytes: of what is sent (the proxy, where there is one); may exceed 32 bits.
        remote_id: `videoNo` or image id once the library gave one, else "".
        cause: why it failed or what it waits for, in words for the user; "" otherwise.
        index_permille: how far the library says indexing is, 0 to 1000, or `None`.
        maybe_sent: all of it left this program but no answer was seen; look in the library before sending again.
        position: its place among rows of its priority, smallest first; any number, so that rows fit between two.
        fingerprint: of the original's content; "" until it was read.
        insisted: the user wants it sent although the same footage is there.
        started: whether it may go to a library that costs money; always true for the others.
        begun_ms: when its request was begun the last time, in ms of the wall clock; 0 before.
        proxy_reason: why the library cannot take the file as it is, in words; "" where it can.
        proxy: the file that is sent in its place, once it is made.
        part_start_ms, part_end_ms: the part of the original that this row sends, where it had to be split.
        prepared_permille: how far making the proxy is.
    """

    item_id: int
    library_id: str
    path: Path
    kind: MediaKind
    state: UploadState = UploadState.WAITING
    details: FootageDetails = FootageDetails()
    size_bytes: int = 0
    sent_bytes: int = 0
    remote_id: str = ""
    cause: str = ""
    added_ms: int = 0
    index_permille: int | None = None
    maybe_sent: bool = False
    position: float = 0.0
    priority: Priority = Priority.NORMAL
    fingerprint: str = ""
    insisted: bool = False
    facts: MediaFacts = MediaFacts()
    proxy_reason: str = ""
    proxy: Path | None = None
    part_start_ms: int | None = None
    part_end_ms: int | None = None
    prepared_permille: int | None = None
    started: bool = True
    begun_ms: int = 0

    @property
    def sent_path(self) -> Path:
        """The file whose bytes are sent."""
        return self.proxy or self.path

    def moved_to(self, state: UploadState, **changes: object) -> UploadItem:
        """This row in its next state. Raises `ValueError` for a step that the life cycle does not have."""
        if state not in _NEXT[self.state]:
            raise ValueError(f"an upload cannot go from {self.state.value} to {state.value}")
        return replace(self, state=state, **changes)  # type: ignore[arg-type]
