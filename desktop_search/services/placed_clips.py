"""Reads where and when the videos of a library were captured, from its lists, which cost nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from desktop_search.core.calls import CallKind
from desktop_search.core.footage import VideoRecord
from desktop_search.core.listing import LIST_SIZE, ListFilters
from desktop_search.core.map_points import PlacedClip
from desktop_search.core.places import Place
from desktop_search.core.query import DEFAULT_NAMESPACE
from desktop_search.core.token import CancelToken

_SPARE_CALLS = 2  # of those that the service allows in a second, left to searches and uploads

Report = Callable[[tuple[PlacedClip, ...]], None]


class Lister(Protocol):
    """The calls of a client that tell what there is."""

    def wait_s(self, kind: CallKind, spare: int = ..., /) -> float:
        """For how many seconds a call would be kept waiting now."""

    def list_unique_ids(self, *, token: CancelToken) -> tuple[str, ...]:
        """The namespaces of the account."""

    def list_videos(
        self, namespace: str, page: int, size: int, /, *, filters: ListFilters = ..., token: CancelToken
    ) -> tuple[tuple[VideoRecord, ...], int]:
        """One page of videos, and how many there are in all."""


def read_placed_clips(
    clients: Callable[[str, CancelToken], Lister], library_id: str, token: CancelToken, report: Report
) -> tuple[PlacedClip, ...]:
    """All videos of all namespaces; `report` gets what is known after page 1, 2, 4, 8 …

    Raises `Cancelled`, and any `AppError` of the library or the way to it.
    """
    client = clients(library_id, token)
    known: dict[tuple[str, str, str], PlacedClip] = {}  # pages shift while uploads arrive: a video may come twice
    for namespace in client.list_unique_ids(token=token) or (DEFAULT_NAMESPACE,):
        for page, records in _pages(client, namespace, token):
            for record in records:
                clip = _placed(library_id, record)
                known[clip.clip] = clip
            if page & (page - 1) == 0:
                report(tuple(known.values()))
    return tuple(known.values())


def _pages(client: Lister, namespace: str, token: CancelToken) -> Iterator[tuple[int, tuple[VideoRecord, ...]]]:
    page, seen = 1, 0
    while True:
        token.wait(client.wait_s(CallKind.LIST, _SPARE_CALLS))
        records, total = client.list_videos(namespace, page, LIST_SIZE, token=token)
        yield page, records
        page, seen = page + 1, seen + len(records)
        if not records or seen >= total:
            return


def _placed(library_id: str, record: VideoRecord) -> PlacedClip:
    has_place = record.latitude is not None and record.longitude is not None
    place = Place(record.latitude or 0.0, record.longitude or 0.0) if has_place else None
    return PlacedClip((library_id, record.namespace, record.video_no), record.name, place, record.taken_ms)
