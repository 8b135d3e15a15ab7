"""Search in the public library, which all users of the service share (contract §8)."""

from __future__ import annotations

from pathlib import Path

from desktop_search.api import endpoints, parsing
from desktop_search.api.body import FilePart
from desktop_search.api.calling import Caller
from desktop_search.api.exchange import Request
from desktop_search.core.hits import Hit
from desktop_search.core.query import SIMILARITY_DEFAULT, TOP_K_DEFAULT, Platform, Scope, Strictness
from desktop_search.core.token import CancelToken

PHRASE_PAGE_SIZE = 100


class PublicCalls:
    """`client.public`. Each search is charged, and one a second is the limit (contract §15).

    The hits have ids that start with "PI-" and names that are the posts' captions: long, with newlines.
    """

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

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
