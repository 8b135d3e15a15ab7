"""Filters in words: what a search that found nothing can do without."""

from __future__ import annotations

from dataclasses import replace

from desktop_search.core.language import _
from desktop_search.core.query import Scope, SearchFilters, SearchQuery
from desktop_search.models.result_words import one_line
from desktop_search.models.upload_words import plain_line

WAYS_OUT_MAX = 3
_LONGEST = 28

WayOut = tuple[str, SearchFilters]


def ways_out(query: SearchQuery) -> tuple[WayOut, ...]:
    """What to ask for instead, at most three: each filter taken away, and with more than three all of them at once.

    The namespace and the number of results stay; the strictness never makes an answer empty.
    """
    if query.scope is Scope.PUBLIC:
        return ()  # it knows no filters
    filters = query.filters
    found: list[WayOut] = []
    if filters.tag:
        found.append((_("Without the tag “{tag}”").format(tag=_short(filters.tag)), replace(filters, tag="")))
    if filters.cameras:
        found.append((_("Taken with any camera"), replace(filters, cameras=())))
    if filters.taken_after is not None or filters.taken_before is not None:
        found.append((_("Taken at any time"), filters.with_taken(None, None)))
    if filters.latitude is not None or filters.area is not None:
        found.append((_("Taken anywhere"), replace(filters, latitude=None, longitude=None, area=None)))
    if filters.people:
        found.append((_("Whoever is in the picture"), replace(filters, people=())))
    if filters.video_nos and query.inside is None:
        found.append((_("In all videos"), replace(filters, video_nos=())))
    if len(found) <= WAYS_OUT_MAX:
        return tuple(found)
    free = SearchFilters(namespace=filters.namespace, top_k=filters.top_k, strictness=filters.strictness)
    return (*found[: WAYS_OUT_MAX - 1], (_("Without any filter"), free))


def _short(text: str) -> str:
    shown = plain_line(one_line(text))
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"
