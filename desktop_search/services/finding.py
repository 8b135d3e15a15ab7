"""One search, as the window wants it: checked first, and asked once more when the library merely stumbled."""

from __future__ import annotations

from desktop_search.api.errors import Hiccup
from desktop_search.core.errors import AppError, NetworkError, RateLimited, RequestRejected
from desktop_search.core.hits import SearchAnswer
from desktop_search.core.query import SearchQuery
from desktop_search.core.token import CancelToken
from desktop_search.services.libraries import Libraries

_STUMBLE_WAIT_S = 0.4
_RATE_WAIT_S = 1.0  # the service takes one search per second (contract §15)
_RATE_WAIT_MAX_S = 3.0


class Finder:
    """Searches one library at a time."""

    def __init__(self, libraries: Libraries) -> None:
        self._libraries = libraries

    def search(self, library_id: str, query: SearchQuery, token: CancelToken) -> SearchAnswer:
        """What the library finds, best first.

        Raises `RequestRejected` for a query with problems, any other `AppError` that the library or the way to it
        gives, and `Cancelled`.
        """
        problems = query.problems()
        if problems:
            raise RequestRejected(" ".join(problems.values()), hint="Correct it, then search again.")
        try:
            return self._ask(library_id, query, token)
        except (Hiccup, NetworkError, RateLimited) as error:
            wait_s = _wait_before_retry_s(error)
            if wait_s is None:
                raise
        token.wait(wait_s)
        # A new client, because an engine that died is started again on the way to it.
        return self._ask(library_id, query, token)

    def _ask(self, library_id: str, query: SearchQuery, token: CancelToken) -> SearchAnswer:
        return self._libraries.client(library_id, token).search(query, token)


def _wait_before_retry_s(error: AppError) -> float | None:
    """How long to wait before asking once more; `None` when that would keep the user waiting for nothing."""
    if not isinstance(error, RateLimited):
        return _STUMBLE_WAIT_S
    wait_s = _RATE_WAIT_S if error.retry_after_s is None else error.retry_after_s
    return wait_s if wait_s <= _RATE_WAIT_MAX_S else None
