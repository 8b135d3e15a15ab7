"""Failed videos sent again: by their rows of the queue where there are such, else by their files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from desktop_search.core.footage import FootageDetails
from desktop_search.core.library_items import ItemKind, LibraryItem
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import MediaKind, UploadItem, UploadState
from desktop_search.services.trying_again import send_again


class Queue:
    """Writes down what is asked of it."""

    def __init__(self) -> None:
        self.retried: list[int] = []
        self.added: list[tuple[Path, str, FootageDetails]] = []

    def retry(self, ids: Sequence[int], /) -> tuple[UploadItem, ...]:
        self.retried += ids
        return ()

    def add(
        self,
        paths: Sequence[Path],
        library_id: str,
        details: FootageDetails,
        token: CancelToken,
        report: Callable[[object], None],
        /,
    ) -> object:
        self.added.append((paths[0], library_id, details))
        return None


def test_each_is_sent_again_once_with_what_the_library_knew() -> None:
    def item(number: int, path: str, *, is_away: bool = False) -> LibraryItem:
        return LibraryItem(
            "x",
            ItemKind.VIDEO,
            "b-roll",
            f"VI{number}",
            "a",
            "FAILED",
            taken_ms=1_773_480_000_000,
            camera="X100",
            latitude=1.0,
            longitude=2.0,
            tags=("dusk", "api"),
            path=path,
            is_away=is_away,
        )

    row = UploadItem(7, "x", Path("/clips/1.mp4"), MediaKind.VIDEO, UploadState.FAILED, remote_id="VI1")
    queue = Queue()
    items = [item(1, "/clips/1.mp4"), item(2, "/clips/2.mp4"), item(3, "/clips/3.mp4", is_away=True), item(4, "")]
    assert send_again(items, [row], queue, CancelToken()) == 2
    taken = datetime(2026, 3, 14, 9, 20)  # noqa: DTZ001 - wall time in UTC, as the contract has it
    assert queue.retried == [7]
    assert queue.added == [(Path("/clips/2.mp4"), "x", FootageDetails("b-roll", ("dusk",), "X100", taken, 1.0, 2.0))]
