"""What transfers ask of a library's client. The HTTP client fits it, and so does any stand-in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any, Protocol

from desktop_search.core.byte_source import ByteSink
from desktop_search.core.calls import CallKind
from desktop_search.core.footage import FootageDetails, VideoRecord
from desktop_search.core.hits import BlobRef
from desktop_search.core.imports import ImportWish
from desktop_search.core.listing import ListFilters
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import UploadItem
from desktop_search.transfers.preparing import Part

Report = Callable[[Any], None]


class LibraryClient(Protocol):
    """One library over the wire. Every method raises `AppError` subclasses; long ones raise `Cancelled` too."""

    def wait_s(self, kind: CallKind, spare: int = ..., /) -> float:
        """For how many seconds a call of that kind would be kept waiting now; or until it leaves `spare` to others."""

    def upload_video(
        self, path: Path, details: FootageDetails, /, *, token: CancelToken, on_sent: Callable[[int], None]
    ) -> str:
        """Send a file; `on_sent` gets the bytes sent so far. Returns the library's id."""

    def upload_images(
        self, paths: Sequence[Path], details: FootageDetails, /, *, token: CancelToken, on_sent: Callable[[int], None]
    ) -> tuple[str, ...]:
        """Send images in one request; one id each."""

    def upload_url(self, url: str, details: FootageDetails, /, *, token: CancelToken) -> str:
        """Let the library fetch (or, for file URLs, index in place). Returns its id."""

    def list_videos(
        self, namespace: str, page: int, size: int, /, *, filters: ListFilters = ..., token: CancelToken
    ) -> tuple[tuple[VideoRecord, ...], int]:
        """One page of the videos that pass the filters, newest first, and how many there are in all."""

    def metadata(self, video_no: str, namespace: str, /, *, token: CancelToken) -> VideoRecord | None:
        """One video, `None` when the library does not have it."""

    def delete_videos(self, ids: Sequence[str], namespace: str, /, *, token: CancelToken) -> None:
        """Remove videos; unknown ids are ignored."""

    def download_video(
        self,
        video_no: str,
        namespace: str,
        target: Path | ByteSink,
        /,
        *,
        token: CancelToken,
        on_received: Callable[[int, int | None], None],
    ) -> None:
        """Fetch a video's file, or give it to a sink; `on_received` gets bytes so far and in all."""

    def download_blob(
        self, blob: BlobRef, target: Path, /, *, token: CancelToken, on_received: Callable[[int, int | None], None]
    ) -> None:
        """Fetch a stored object."""

    def fetch_url(
        self, url: str, target: Path, /, *, token: CancelToken, on_received: Callable[[int, int | None], None]
    ) -> None:
        """Fetch a public address, without the account's key."""


Clients = Callable[[str, CancelToken], LibraryClient]


class ProxyMaker(Protocol):
    """What makes the files that are sent in place of footage that a library does not take."""

    def prepare(self, item: UploadItem, token: CancelToken, on_permille: Callable[[int], None], /) -> tuple[Part, ...]:
        """The file to send instead, or several where one would be too large. Raises `FileProblem`, `Cancelled`, …"""

    def discard(self, path: Path, /) -> None:
        """Delete one of them; it is no error when it is gone."""

    def tidy(self, kept: Collection[Path], /) -> None:
        """Delete all others."""


class Books(Protocol):
    """What is written down about rows that are sent, and what may still be spent on them."""

    def afford(self, item: UploadItem, /) -> None:
        """Raises `BudgetReached` when sending the row would pass the month's budget."""

    def arrived(self, item: UploadItem, began_ms: int | None, /) -> None:
        """The library has the row; called in the transaction that stores it. `began_ms` may not be known."""

    def imported(self, wish: ImportWish, brought: Sequence[VideoRecord], /) -> None:
        """An import has brought these videos; called in the transaction that stores that."""


class NoBooks:
    """Writes nothing down and allows everything."""

    def afford(self, item: UploadItem, /) -> None:
        """Allows it."""

    def arrived(self, item: UploadItem, began_ms: int | None, /) -> None:
        """Forgets it."""

    def imported(self, wish: ImportWish, brought: Sequence[VideoRecord], /) -> None:
        """Forgets them."""


NO_BOOKS = NoBooks()
