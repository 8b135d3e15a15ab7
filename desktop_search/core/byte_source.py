"""Bytes of a file that may still be on their way: who reads them, and who brings them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from desktop_search.core.token import CancelToken


class ByteReader(Protocol):
    """Reads a file that may still be on its way. It raises nothing: decoders pass no errors on.

    `gave_up` is why the bytes ended before the file does: `Cancelled`, or the `AppError` for which no more come.
    """

    gave_up: Exception | None

    def read(self, size: int, /) -> bytes:
        """At least one byte, waited for; none at the end, or when it gave up."""
        ...

    def seek(self, offset: int, whence: int = ..., /) -> int:
        """As a file's."""
        ...

    def tell(self) -> int:
        """As a file's."""
        ...


class ByteSource(Protocol):
    """A file that arrives. `path` is where it will be when it is whole."""

    @property
    def path(self) -> Path:
        """What it is called, although it is not there yet."""
        ...

    @property
    def is_waiting(self) -> bool:
        """Whether somebody reads at a place that is not here yet."""
        ...

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come, and it is not whole."""
        ...

    def size_bytes(self, token: CancelToken) -> int:
        """Of the whole file; waits until it is known. Raises `Cancelled`, and the `AppError` for which it won't be."""
        ...

    @property
    def received_bytes(self) -> int:
        """How much is here. Quick to ask."""
        ...

    @property
    def total_bytes(self) -> int | None:
        """Of the whole file; `None` until it is known. Quick to ask."""
        ...

    def open(self, token: CancelToken) -> ByteReader:
        """A reader that waits for what is not here yet, until the token is cancelled."""
        ...


SourceOf = Callable[[Path], ByteSource | None]  # what is on its way to a path


class ByteSink(Protocol):
    """Takes a file piece by piece, in the order that it asks for."""

    @property
    def received_bytes(self) -> int:
        """How much is here."""
        ...

    def next_byte(self) -> int | None:
        """From where it is wanted next; `None` when all is here."""
        ...

    def begin(self, at: int, total_bytes: int | None, *, ranges: bool) -> None:
        """What follows begins at this byte. `ranges`: whether the server can begin anywhere."""
        ...

    def take(self, piece: bytes) -> bool:
        """The next bytes; whether those that follow are wanted now. Raises `OSError` of the disk."""
        ...

    def end(self) -> None:
        """The server has no more."""
        ...
