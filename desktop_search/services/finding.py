"""One search, as the window wants it: checked first, and asked once more where the engine had to be started again."""

from __future__ import annotations

from collections.abc import Callable

from desktop_search.core.errors import NetworkError, RequestRejected
from desktop_search.core.hits import SearchAnswer
from desktop_search.core.language import _
from desktop_search.core.query import SearchQuery
from desktop_search.core.token import CancelToken
from desktop_search.services.asking import answer_to
from desktop_search.services.libraries import Libraries
from desktop_search.transfers.origins import Origins


class Finder:
    """Searches one library at a time."""

    def __init__(self, libraries: Libraries, origins: Origins) -> None:
        self._libraries, self._origins = libraries, origins

    def search(
        self,
        library_id: str,
        query: SearchQuery,
        token: CancelToken,
        *,
        on_search: Callable[[SearchQuery], object] = lambda _query: None,
    ) -> SearchAnswer:
        """What the library finds, best first; hits in what was sent in place of an original are told in its terms.

        A search inside one clip goes to the library of that clip. `on_search` is told each search that the query is
        made of, once the library has answered it.

        Raises `RequestRejected` for a query with problems, any other `AppError` that the library or the way to it
        gives, and `Cancelled`.
        """
        problems = query.problems()
        if problems:
            raise RequestRejected(" ".join(problems.values()), hint=_("Correct it, then search again."))
        if query.inside is not None:
            library_id = query.inside[0]

        def ask(one: SearchQuery) -> SearchAnswer:
            answer = self._ask(library_id, one, token)
            on_search(one)
            return answer

        return answer_to(query, ask)

    def _ask(self, library_id: str, query: SearchQuery, token: CancelToken) -> SearchAnswer:
        try:
            return self._ask_once(library_id, query, token)
        except NetworkError:
            if not self._libraries.library(library_id).is_local:
                raise
        # The engine died. On the way to a new client it is started again.
        return self._ask_once(library_id, query, token)

    def _ask_once(self, library_id: str, query: SearchQuery, token: CancelToken) -> SearchAnswer:
        answer = self._libraries.client(library_id, token).search(query, token)
        return self._origins.mapped(library_id, answer).of_library(library_id)
