"""Filters that a call does not know, fitted on by the list of videos (contract §9.1), which costs nothing.

A search by picture or by an exact phrase knows none but the namespace; `POST /search` knows one camera, no end of the
capture time, and no rectangle on the map.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from desktop_search.api import endpoints, parsing
from desktop_search.api.calling import Caller
from desktop_search.api.exchange import Request
from desktop_search.api.forms import list_body, list_filters, utc_ms
from desktop_search.core.footage import VideoRecord
from desktop_search.core.hits import ImageHit
from desktop_search.core.listing import LIST_SIZE, ListFilters
from desktop_search.core.query import VIDEO_NOS_MAX, SearchFilters
from desktop_search.core.token import CancelToken

_PAGES_MAX = 50


def asks_more_than_search(filters: SearchFilters) -> bool:
    """Whether `POST /search` cannot be asked for all of it."""
    return len(filters.cameras) > 1 or filters.taken_before is not None or filters.area is not None


def without_more(filters: SearchFilters, top_k: int, allowed: frozenset[str] | None = None) -> SearchFilters:
    """What `POST /search` can be asked instead: for the allowed videos where they are few, else for more than wanted.

    `top_k` is how many are asked for in the second case.
    """
    if allowed is not None and len(allowed) <= VIDEO_NOS_MAX:
        wanted = SearchFilters(namespace=filters.namespace, top_k=filters.top_k, strictness=filters.strictness)
        return replace(wanted, video_nos=tuple(sorted(allowed)), people=filters.people)
    cameras = filters.cameras if len(filters.cameras) == 1 else ()
    return replace(filters, top_k=top_k, cameras=cameras, taken_before=None, area=None)


def passes(found: VideoRecord | ImageHit, filters: SearchFilters) -> bool:
    """Whether it was taken with one of the cameras, before the end of the capture time, and in the rectangle."""
    end_ms = utc_ms(filters.taken_before)
    is_in_time = end_ms is None or (found.taken_ms is not None and found.taken_ms < end_ms)
    is_in_area = filters.area is None or filters.area.has(found.latitude, found.longitude)
    return is_in_time and is_in_area and (len(filters.cameras) < 2 or found.camera in filters.cameras)


class Narrower:
    """Asks the list which videos pass."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def allowed(self, filters: SearchFilters, token: CancelToken) -> frozenset[str] | None:
        """The videos that pass the filters; `None` when everything passes. Raises as any call."""
        plain = list_filters(replace(filters, video_nos=())) == ListFilters()
        if plain and not asks_more_than_search(filters):
            return frozenset(filters.video_nos) if filters.video_nos else None
        return frozenset(record.video_no for record in self._listed(filters, token) if passes(record, filters))

    def _listed(self, filters: SearchFilters, token: CancelToken) -> Iterator[VideoRecord]:
        seen = 0
        for page in range(1, _PAGES_MAX + 1):
            body = list_body(filters.namespace, page, LIST_SIZE, list_filters(filters))
            data = self._caller.ask(Request(endpoints.LIST_VIDEOS, json_body=body), token)
            records = parsing.video_records(data, filters.namespace)
            yield from records
            seen += len(records)
            if not records or seen >= parsing.total(data, 0):
                return
