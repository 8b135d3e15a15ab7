"""The states of one row of the upload queue, and which may follow which."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from desktop_search.core.footage import FootageDetails


class UploadState(Enum):
    """From the drop to *searchable*. The value is what the catalog stores."""

    WAITING = "waiting"
    SENDING = "sending"
    INDEXING = "indexing"
    SEARCHABLE = "searchable"
    FAILED = "failed"


_NEXT: dict[UploadState, frozenset[UploadState]] = {
    UploadState.WAITING: frozenset({UploadState.SENDING, UploadState.FAILED}),
    UploadState.SENDING: frozenset(
        {UploadState.INDEXING, UploadState.SEARCHABLE, UploadState.FAILED, UploadState.WAITING}
    ),
    UploadState.INDEXING: frozenset({UploadState.SEARCHABLE, UploadState.FAILED}),
    UploadState.SEARCHABLE: frozenset(),
    UploadState.FAILED: frozenset({UploadState.WAITING}),
}


class MediaKind(Enum):
    """Which library a file goes to."""

    VIDEO = "video"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class UploadItem:
    """One row of the queue.

    Attributes:
        item_id: the catalog's row id; 0 before it is stored.
        library_id: which library it goes to ("local", "memories.ai", or a server address).
        size_bytes, sent_bytes: may exceed 32 bits.
        remote_id: `videoNo` or image id once the library gave one, else "".
        cause: why it failed or what it waits for, in words for the user; "" otherwise.
        index_permille: how far the library says indexing is, 0 to 1000, or `None`.
        maybe_sent: all of it left this program but no answer was seen; look in the library before sending again.
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

    def moved_to(self, state: UploadState, **changes: object) -> UploadItem:
        """This row in its next state. Raises `ValueError` for a step that the life cycle does not have."""
        if state not in _NEXT[self.state]:
            raise ValueError(f"an upload cannot go from {self.state.value} to {state.value}")
        return replace(self, state=state, **changes)  # type: ignore[arg-type]
