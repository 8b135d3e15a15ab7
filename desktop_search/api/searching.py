"""A search as one or more calls: words, a picture, an exact phrase, or what all users share (contract §7, §8)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop_search.api import endpoints, parsing
from desktop_search.api.body import FilePart
from desktop_search.api.calling import Caller
from desktop_search.api.exchange import Request
from desktop_search.api.forms import search_body
from desktop_search.api.narrowing import Narrower, asks_more_than_search, passes, without_more
from desktop_search.api.public import PublicCalls
from desktop_search.core.hits import Hit, ImageHit, SearchAnswer
from desktop_search.core.query import TOP_K_MAX, TOP_K_MAX_CAPTION, Scope, SearchFilters, SearchQuery
from desktop_search.core.token import CancelToken

PHRASE_PAGE_SIZE = 500
_PAGES_MAX = 50


class Searcher:
    """Turns a query into calls, and fits filters that an endpoint does not know onto its answer."""

    def __init__(self, caller: Caller, public: PublicCalls, *, knows_people: bool = False) -> None:
        """`knows_people`: the library is the engine of this computer. No other is ever asked for people."""
        self._caller, self._public, self._narrower = caller, public, Narrower(caller)
        self._knows_people = knows_people

    def search(self, query: SearchQuery, token: CancelToken) -> SearchAnswer:
        """The answer, best first. Raises an `AppError`; `Cancelled` between calls."""
        query = query.with_people
        if query.filters.people and not self._knows_people:
            return SearchAnswer()
        if query.scope is Scope.PUBLIC:
            return SearchAnswer(hits=self._public.answer(query, token))
        query = query.in_its_clip
        if query.picture is not None:
            found = (
                self._inside(query, token) if query.inside and query.words.strip() else self._by_picture(query, token)
            )
            return SearchAnswer(hits=self._narrowed(found, query.filters, token))
        if query.exact_phrase and query.filters.people:  # the search for phrases knows nobody
            query = replace(query, words=query.exact_phrase)
        elif query.exact_phrase:
            return SearchAnswer(hits=self._by_phrase(query, token))
        if query.scope is Scope.IMAGE:
            return SearchAnswer(images=self._images(query, token))
        return SearchAnswer(hits=self._by_words(query, token))

    def inside(self, picture: Path, words: str, video_no: str, namespace: str, token: CancelToken) -> tuple[Hit, ...]:
        """Moments of one video that fit a picture and words, best first. Raises as `search`."""
        form = [("video_no", video_no), ("prompt", words.strip()), ("unique_id", namespace)]
        request = Request(endpoints.SEARCH_INSIDE, form=form, files=[FilePart("file", picture)])
        return parsing.hits_inside(self._caller.ask(request, token), video_no, namespace)

    def _by_words(self, query: SearchQuery, token: CancelToken) -> tuple[Hit, ...]:
        filters, asked = query.filters, query
        allowed: frozenset[str] | None = None
        if asks_more_than_search(filters):
            allowed = self._narrower.allowed(filters, token)
            top_k = TOP_K_MAX_CAPTION if query.scope is Scope.CAPTION else TOP_K_MAX
            asked = replace(query, filters=without_more(filters, top_k, allowed))
        if allowed == frozenset():
            return ()  # no search is needed to know that, nor paid for
        data = self._caller.ask(Request(endpoints.SEARCH, json_body=search_body(asked)), token)
        hits = parsing.hits(data, filters.namespace, query.scope)
        return tuple(hit for hit in hits if allowed is None or hit.video_no in allowed)[: filters.top_k]

    def _images(self, query: SearchQuery, token: CancelToken) -> tuple[ImageHit, ...]:
        filters, asked = query.filters, query
        if asks_more_than_search(filters):
            asked = replace(query, filters=without_more(filters, TOP_K_MAX))
        data = self._caller.ask(Request(endpoints.SEARCH, json_body=search_body(asked)), token)
        images = parsing.image_hits(data, filters.namespace)
        return tuple(image for image in images if passes(image, filters))[: filters.top_k]

    def _inside(self, query: SearchQuery, token: CancelToken) -> tuple[Hit, ...]:
        assert query.inside is not None
        assert query.picture is not None
        _library_id, namespace, video_no = query.inside
        hits = self.inside(query.picture, query.words, video_no, namespace, token)
        return tuple(replace(hit, name=query.inside_name or hit.name) for hit in hits)

    def _by_picture(self, query: SearchQuery, token: CancelToken) -> tuple[Hit, ...]:
        assert query.picture is not None
        namespace = query.filters.namespace
        fields = [("unique_id", namespace), ("similarity", repr(query.similarity))]
        files = [FilePart("file", query.picture)]
        data = self._caller.ask(Request(endpoints.SEARCH_PICTURE, form=fields, files=files), token)
        return parsing.hits(data, namespace, None)

    def _by_phrase(self, query: SearchQuery, token: CancelToken) -> tuple[Hit, ...]:
        filters = query.filters
        allowed = self._narrower.allowed(filters, token)
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
        allowed = self._narrower.allowed(filters, token) if hits else None
        return tuple(hit for hit in hits if allowed is None or hit.video_no in allowed)[: filters.top_k]
