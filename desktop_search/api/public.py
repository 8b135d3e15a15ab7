"""Search in the public library, which all users of the service share (contract §8)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from desktop_search.api import endpoints, parsing
from desktop_search.api.body import FilePart
from desktop_search.api.calling import Caller
from desktop_search.api.exchange import Request
from desktop_search.core.fusion import fuse
from desktop_search.core.hits import Hit
from desktop_search.core.query import (
    SIMILARITY_DEFAULT,
    TOP_K_DEFAULT,
    TOP_K_MAX,
    Platform,
    Scope,
    SearchQuery,
    Strictness,
)
from desktop_search.core.token import CancelToken

PHRASE_PAGE_SIZE = 100
_PAGES_MAX = 50


class PublicCalls:
    """`client.public`. Each search is charged, and one a second is the limit (contract §15).

    The hits have ids that start with "PI-" and names that are the posts' captions: long, with newlines.
    """

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def answer(self, query: SearchQuery, token: CancelToken) -> tuple[Hit, ...]:
        """All that a query with scope PUBLIC finds, best first: for each platform what is seen and what is said.

        Of the filters only `top_k` and the strictness mean something here. Raises as the calls do.
        """
        platforms = tuple(Platform) if query.platform is None else (query.platform,)
        top_k, strictness = query.filters.top_k, query.filters.strictness
        if query.picture is not None:
            like = [
                self.search_picture(query.picture, platform=platform, similarity=query.similarity, token=token)
                for platform in platforms
            ]
            return _best_first(like)[:top_k]
        if query.exact_phrase:
            return self._by_phrase(query, token)[:top_k]
        lists = [
            _best_first(
                self.search(query.words, scope, platform=platform, top_k=top_k, strictness=strictness, token=token)
                for platform in platforms
            )
            for scope in (Scope.SEEN, Scope.SAID)
        ]
        return fuse(lists, top_k)

    def _by_phrase(self, query: SearchQuery, token: CancelToken) -> tuple[Hit, ...]:
        """Without a platform as many pages as it takes; the search for phrases knows none, so with one by meaning."""
        phrase = query.exact_phrase
        if query.platform is not None:
            said = self.search(phrase, Scope.SAID, platform=query.platform, top_k=TOP_K_MAX, token=token)
            return tuple(hit for hit in said if phrase.casefold() in hit.excerpt.casefold())
        found: tuple[Hit, ...] = ()
        for page in range(1, _PAGES_MAX + 1):
            more, in_all = self.search_phrase(phrase, page, PHRASE_PAGE_SIZE, token=token)
            found += more
            if not more or len(found) >= min(in_all, query.filters.top_k):
                break
        return found

    def search(
        self,
        words: str,
        scope: Scope = Scope.SEEN,
        *,
        platform: Platform = Platform.TIKTOK,
        top_k: int = TOP_K_DEFAULT,
        strictness: Strictness | None = None,
        token: CancelToken | None = None,
    ) -> tuple[Hit, ...]:
        """What is seen or said in posts of a platform, best first (§8.1); `top_k` is 1 to 1000.

        Raises `RequestRejected` for other scopes.
        """
        body: dict[str, object] = {
            "search_param": words.strip(),
            "search_type": "BY_VIDEO" if scope is Scope.SEEN else scope.value,
            "type": platform.value,
            "top_k": top_k,
        }
        if strictness is not None:
            body["filtering_level"] = strictness.value
        data = self._caller.call(Request(endpoints.SEARCH_PUBLIC, json_body=body), token)
        return parsing.public_hits(data, scope)

    def search_picture(
        self,
        picture: Path,
        *,
        platform: Platform = Platform.TIKTOK,
        similarity: float = SIMILARITY_DEFAULT,
        token: CancelToken | None = None,
    ) -> tuple[Hit, ...]:
        """Frames like a picture of at most 20 MB, best first (§8.2); `similarity`, 0 to 1, is the lowest score."""
        form = [("type", platform.value), ("similarity", repr(similarity))]
        request = Request(endpoints.SEARCH_PUBLIC_PICTURE, form=form, files=[FilePart("file", picture)])
        return parsing.public_hits(self._caller.call(request, token), None)

    def search_phrase(
        self, phrase: str, page: int = 1, size: int = PHRASE_PAGE_SIZE, *, token: CancelToken | None = None
    ) -> tuple[tuple[Hit, ...], int]:
        """One page, from 1, of the lines that hold a phrase (§8.3), and how many there are in all.

        `size` is 1 to 500. The hits have no end and no score.
        """
        query = {"query": phrase, "page": str(page), "page_size": str(size)}
        data = self._caller.call(Request(endpoints.SEARCH_PUBLIC_PHRASE, query=query), token)
        found = parsing.public_hits(data, Scope.SAID)
        return found, parsing.total(data, len(found))


def _best_first(lists: Iterable[tuple[Hit, ...]]) -> tuple[Hit, ...]:
    """Answers of several platforms as one; a service that does not know one of them answers as for another."""
    moments = {(hit.video_no, hit.start_ms): hit for hits in lists for hit in hits}
    return tuple(sorted(moments.values(), key=lambda hit: hit.score or 0.0, reverse=True))
