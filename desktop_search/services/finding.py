"""One search, as the window wants it: checked first, and asked once more where the engine had to be started again."""

from __future__ import annotations

from desktop_search.core.errors import NetworkError, RequestRejected
from desktop_search.core.hits import SearchAnswer
from desktop_search.core.query import SearchQuery
from desktop_search.core.token import CancelToken
from desktop_search.services.asking import answer_to
from desktop_search.services.libraries import Libraries
from desktop_search.transfers.origins import Origins


class Finder:
    """Searches one library at a time."""

    def __init__(self, libraries: Libraries, origins: Origins) -> None:
        self._libraries, self._origins = libraries, origins

    def search(self, library_id: str, query: SearchQuery, token: CancelToken) -> SearchAnswer:
        """What the library finds, best first; hits in what was sent in place of an original are told in its terms.

        A search inside one clip goes to the library of that clip.

        Raises `RequestRejected` for a query with problems, any other `AppError` that the library or the way to it
        gives, and `Cancelled`.
        """
        problems = query.problems()
        if problems:
            raise RequestRejected(" ".join(problems.values()), hint="Correct it, then search again.")
        if query.inside is not None:
            library_id = query.inside[0]
        return answer_to(query, lambda one: self._ask(library_id, one, token))

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
