"""One query for one or several libraries at the same time; an answer that was paid for is not paid for again."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from desktop_search.catalog.answers import AnswersTable
from desktop_search.core.costs import searches_cost
from desktop_search.core.errors import AppError, Cancelled, RequestRejected
from desktop_search.core.findings import Asked, Findings, findings_of, waiting, with_part
from desktop_search.core.hits import SearchAnswer
from desktop_search.core.language import _
from desktop_search.core.library import Library
from desktop_search.core.query import SearchQuery
from desktop_search.core.query_texts import query_text
from desktop_search.core.recalling import without_words
from desktop_search.core.token import CancelToken
from desktop_search.core.transfer_settings import TransferSettings
from desktop_search.services.finding import Finder
from desktop_search.services.libraries import Libraries
from desktop_search.transfers.origins import Origins

_log = logging.getLogger(__name__)

Report = Callable[[Findings], None]


class TogetherFinder:
    """Safe from any thread; not for the GUI thread."""

    def __init__(
        self,
        finder: Finder,
        libraries: Libraries,
        answers: AnswersTable,
        origins: Origins,
        settings: Callable[[], TransferSettings],
        keeps: Callable[[], bool] = lambda: True,
    ) -> None:
        """`keeps` tells whether answers that cost money are to be kept."""
        self._finder, self._libraries, self._answers, self._origins = finder, libraries, answers, origins
        self._settings, self._keeps = settings, keeps

    def find(
        self,
        library_ids: tuple[str, ...],
        query: SearchQuery,
        token: CancelToken,
        report: Report,
        *,
        asks_anew: bool = False,
    ) -> Findings:
        """What these libraries find; all that the user has a key for when none is named.

        A search inside one video asks the library of that. `report` gets what is there each time that one of several
        has answered. With `asks_anew` no kept answer is taken. What fails is told in its part; where one library alone
        is asked it is raised, as everything that `Finder.search` raises.
        """
        if query.inside is not None:
            library_ids = query.inside[:1]
        chosen = [self._libraries.library(each) for each in library_ids] or self._libraries.with_keys()
        parts = tuple(Asked(library) for library in chosen)
        return self._completed(parts, query, token, report, asks_anew=asks_anew)

    def again(
        self, findings: Findings, library_id: str, query: SearchQuery, token: CancelToken, report: Report
    ) -> Findings:
        """The same, with one library asked anew; what the others have answered stays. Raises as `find`."""
        parts = tuple(waiting(part) if part.library.library_id == library_id else part for part in findings.asked)
        return self._completed(parts, query, token, report, asks_anew=True)

    def outdate(self, library_id: str) -> None:
        """The library's footage has changed. Raises `CatalogProblem`, `DiskFull`."""
        self._answers.outdate(library_id)

    def forget(self, library_id: str | None = None) -> None:
        """Forget the kept answers of a library, or all. Raises `CatalogProblem`, `DiskFull`."""
        self._answers.forget(library_id)

    def _completed(
        self, parts: tuple[Asked, ...], query: SearchQuery, token: CancelToken, report: Report, *, asks_anew: bool
    ) -> Findings:
        top_k = query.filters.top_k
        if len(parts) == 1:
            return findings_of([self._asked(parts[0].library, query, token, asks_anew=asks_anew)], top_k)
        come: queue.SimpleQueue[Asked] = queue.SimpleQueue()

        def ask(part: Asked) -> None:
            come.put(self._told(part, query, token, asks_anew=asks_anew))

        threads = [threading.Thread(target=ask, args=(part,)) for part in parts if part.is_waiting]
        for thread in threads:
            thread.start()
        for number in range(len(threads)):
            parts = with_part(parts, come.get())
            if number + 1 < len(threads) and not token.cancelled:
                report(findings_of(parts, top_k, query.floor))
        for thread in threads:
            thread.join()
        token.check()
        return findings_of(parts, top_k, query.floor)

    def _told(self, part: Asked, query: SearchQuery, token: CancelToken, *, asks_anew: bool) -> Asked:
        """One library of several: whatever becomes of it spoils nothing of the others."""
        try:
            return self._asked(part.library, query, token, asks_anew=asks_anew)
        except Cancelled:
            return part
        except AppError as error:
            return Asked(part.library, problem=error)
        except Exception as error:  # noqa: BLE001 - the last net, as for jobs: the others go on
            _log.exception("a library among several failed unexpectedly")
            details = f"{type(error).__name__}: {error}"
            return Asked(part.library, problem=AppError(_("Something went wrong inside the program."), details=details))

    def _asked(self, library: Library, query: SearchQuery, token: CancelToken, *, asks_anew: bool) -> Asked:
        if query.with_people.filters.people and not library.is_local:
            hint = _("Choose “This computer” to search for them.")
            raise RequestRejected(_("People are known on this computer alone."), hint=hint)
        name, keeps = _name_of(query), library.is_paid and self._keeps()
        kept = self._answers.get(library.library_id, name) if keeps and not asks_anew else None
        if kept is not None:
            answer = self._origins.mapped(library.library_id, kept.answer).of_library(library.library_id)
            return Asked(library, answer, kept_ms=kept.found_ms, is_outdated=kept.is_outdated)
        searches: list[SearchQuery] = []
        answer = self._finder.search(library.library_id, query, token, on_search=searches.append)
        if keeps:
            self._keep(library, name, answer)
        number = sum(each.searches for each in searches) if library.is_paid else 0
        return Asked(library, answer, cost=searches_cost(number, self._settings().prices))

    def _keep(self, library: Library, name: str, answer: SearchAnswer) -> None:
        try:
            self._answers.keep(library.library_id, name, answer)
        except AppError as error:  # it was paid for, and is there: that it could not be kept is no reason to lose it
            _log.warning("an answer was not kept: %s (%s)", error, error.details)


def _name_of(query: SearchQuery) -> str:
    """What an answer is kept under; another picture at the same place is another query."""
    return query_text(without_words(query)) + ("" if query.picture is None else _state_of(query.picture))


def _state_of(picture: Path) -> str:
    with suppress(OSError):
        facts = picture.stat()
        return f" {facts.st_size} {facts.st_mtime_ns}"
    return ""
