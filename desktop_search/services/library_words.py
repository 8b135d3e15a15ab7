"""Reads which tags, cameras and videos a namespace of a library has, from the list of videos, which costs nothing."""

from __future__ import annotations

from collections.abc import Callable

from desktop_search.core.calls import CallKind
from desktop_search.core.footage import VideoRecord
from desktop_search.core.library_words import LibraryWords
from desktop_search.core.listing import LIST_SIZE
from desktop_search.core.token import CancelToken
from desktop_search.transfers.ports import Clients

PAGES_MAX = 50  # of the newest videos: 10,000
_SPARE_CALLS = 2  # of those that the service allows in a second, left to searches and uploads


def read_words(
    clients: Clients, library_id: str, namespace: str, token: CancelToken, report: Callable[[LibraryWords], None]
) -> LibraryWords:
    """The words of a namespace, newest videos first; `report` gets what is known after page 1, 2, 4, 8 …

    Raises `Cancelled`, and any `AppError` of the library or the way to it.
    """
    client = clients(library_id, token)
    known: dict[str, VideoRecord] = {}  # pages shift while uploads arrive, so that a video may come twice
    for page in range(1, PAGES_MAX + 1):
        token.wait(client.wait_s(CallKind.LIST, _SPARE_CALLS))
        records, total = client.list_videos(namespace, page, LIST_SIZE, token=token)
        known |= {record.video_no: record for record in records}
        is_whole = not records or len(known) >= total
        if is_whole:
            return LibraryWords.of(known.values(), is_whole=True)
        if page & (page - 1) == 0:
            report(LibraryWords.of(known.values()))
    return LibraryWords.of(known.values())
