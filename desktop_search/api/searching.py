"""A search as one or more calls: words, a picture, or an exact phrase (contract §7)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop_search.api import endpoints, parsing
from desktop_search.api.body import FilePart
from desktop_search.api.calling import Caller
from desktop_search.api.exchange import Request
from desktop_search.api.forms import list_body, list_filters, search_body
from desktop_search.core.hits import Hit, SearchAnswer
from desktop_search.core.listing import LIST_SIZE, ListFilters
from desktop_search.core.query import Scope, SearchFilters, SearchQuery
from desktop_search.core.token import CancelToken

PHRASE_PAGE_SIZE = 500
_PAGES_MAX = 50


class Searcher:
    """Turns a query into calls, and fits filters that an endpoint does not know onto its answer."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def search(self, query: SearchQuery, token: CancelToken) -> SearchAnswer:
        """The answer, best first. Raises an `AppError`; `Cancelled` between calls."""
        if query.picture is not None:
            return SearchAnswer(hits=self._narrowed(self._by_picture(query, token), query.filters, token))
        if query.exact_phrase:
            return SearchAnswer(hits=self._by_phrase(query, token))
        data = self._caller.ask(Request(endpoints.SEARCH, json_body=search_body(query)), token)
        namespace = query.filters.namespace
        if query.scope is Scope.IMAGE:
            return SearchAnswer(images=parsing.image_hits(data, namespace)[: query.filters.top_k])
        return SearchAnswer(hits=parsing.hits(data, namespace, query.scope)[: query.filters.top_k])

    def inside(self, picture: Path, words: str, video_no: str, namespace: str, token: CancelToken) -> tuple[Hit, ...]:
        """Moments of one video that fit a picture and words, best first. Raises as `search`."""
        form = [("video_no", video_no), ("prompt", words.strip()), ("unique_id", namespace)]
        request = Request(endpoints.SEARCH_INSIDE, form=form, files=[FilePart("file", picture)])
        return parsing.hits_inside(self._caller.ask(request, token), video_no, namespace)

    def _by_picture(self, query: SearchQuery, token: CancelToken) -> tuple[Hit, ...]:
        assert query.picture is not None
        namespace = query.filters.namespace
        fields = [("unique_id", namespace), ("similarity", repr(query.similarity))]
        files = [FilePart("file", query.picture)]
        data = self._caller.ask(Request(endpoints.SEARCH_PICTURE, form=fields, files=files), token)
        return parsing.hits(data, namespace, None)

    def _by_phrase(self, query: SearchQuery, token: CancelToken) -> tuple[Hit, ...]:
        filters = query.filters
        allowed = self._allowed(filters, token)
        found: list[Hit] = []
        seen = 0
        for page in range(1, _PAGES_MAX + 1):
            asked = {
                "query": query.exact_phrase,
                "page": str(page),
                "page_size": str(PHRASE_PAGE_SIZE),
                "unique_id": filters.namespace,
            }
            data = self._caller.ask(Request(endpoints.SEARCH_PHRASE, query=asked), token)
            rows = parsing.hits(data, filters.namespace, Scope.SAID)
            found += [hit for hit in rows if allowed is None or hit.video_no in allowed]
            seen += len(rows)
            if len(found) >= filters.top_k or not rows or seen >= parsing.total(data, 0):
                break
        return tuple(found[: filters.top_k])

    def _narrowed(self, hits: tuple[Hit, ...], filters: SearchFilters, token: CancelToken) -> tuple[Hit, ...]:
        allowed = self._allowed(filters, token) if hits else None
        return tuple(hit for hit in hits if allowed is None or hit.video_no in allowed)[: filters.top_k]

    def _allowed(self, filters: SearchFilters, token: CancelToken) -> frozenset[str] | None:
        """The videos that pass the filters, asked from the list; `None` when everything passes."""
        if list_filters(replace(filters, video_nos=())) == ListFilters():
            return frozenset(filters.video_nos) if filters.video_nos else None
        allowed: set[str] = set()
        seen = 0
        for page in range(1, _PAGES_MAX + 1):
            body = list_body(filters.namespace, page, LIST_SIZE, list_filters(filters))
            data = self._caller.ask(Request(endpoints.LIST_VIDEOS, json_body=body), token)
            records = parsing.video_records(data, filters.namespace)
            allowed |= {record.video_no for record in records}
            seen += len(records)
            if not records or seen >= parsing.total(data, 0):
                break
        return frozenset(allowed)
