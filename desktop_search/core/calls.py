"""The calls of the service by kind: what its rate limits and its prices go by (contract §15, §16)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from desktop_search.core.token import CancelToken


class CallKind(Enum):
    """A group of endpoints with one limit. The value is its name in the settings and in the usage ledger."""

    UPLOAD = "upload"  # a file, a URL, images
    IMPORT = "import"  # posts, creators, hashtags
    SEARCH = "search"
    TRANSCRIPT = "transcript"  # transcripts and captions
    LIST = "list"  # lists, metadata, namespaces, folders
    TASK = "task"
    DELETE = "delete"
    DOWNLOAD = "download"


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One call that has ended.

    Attributes:
        endpoint: the path below the base path, such as "/search".
        sent_bytes, received_bytes: of the bodies.
        code: the answer's four-digit code; "" when no answer came.
        retry_after_s: the wait that the server asked for, in seconds, if it asked.
    """

    kind: CallKind
    endpoint: str
    sent_bytes: int
    received_bytes: int
    code: str
    retry_after_s: float | None = None

    @property
    def succeeded(self) -> bool:
        """Whether the library did what it was asked; only such calls cost (contract §16)."""
        return self.code == "0000"


class Gate(Protocol):
    """What every call to one account passes: kept from calling too fast and from spending too much, and counted."""

    def enter(self, kind: CallKind, token: CancelToken) -> None:
        """Wait until the call may be made. Raises `Cancelled`, and `AppError` when it may not be made at all."""

    def wait_s(self, kind: CallKind, spare: int = 0) -> float:
        """For how many seconds `enter` would wait now; or until it would leave `spare` calls to others."""

    def left(self, record: CallRecord) -> None:
        """The call has ended; said on the thread that entered. Never raises."""


class OpenGate:
    """Lets everything through: for libraries that have no limits, such as *This computer*."""

    def enter(self, kind: CallKind, token: CancelToken) -> None:  # noqa: ARG002 - the protocol's
        """Never waits."""
        token.check()

    def wait_s(self, kind: CallKind, spare: int = 0) -> float:  # noqa: ARG002 - the protocol's
        """Always 0."""
        return 0.0

    def left(self, record: CallRecord) -> None:
        """Counts nothing."""
