"""The user's own test set at work: verdicts kept by footage and search, and both models asked before one gives way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.local_files import LocalFilesTable
from desktop_search.catalog.verdicts import VerdictsTable
from desktop_search.core.errors import AppError
from desktop_search.core.hits import Hit, ImageHit
from desktop_search.core.language import _
from desktop_search.core.library import LOCAL_ID
from desktop_search.core.marks import Place, nearest, places_of
from desktop_search.core.query import SearchQuery
from desktop_search.core.query_texts import query_of, query_text
from desktop_search.core.test_set import Asked, Comparison, TrialState, worth
from desktop_search.core.token import CancelToken
from desktop_search.services.asking import answer_to
from desktop_search.services.engine_status import EngineStatus
from desktop_search.transfers.origins import Origins

Found = Hit | ImageHit


class TestSet:
    """Not for the GUI thread. Methods raise `CatalogProblem`, `DiskFull`; those that ask the engine any `AppError`."""

    __test__ = False  # no test, whatever its name looks like

    def __init__(self, catalog: Catalog, origins: Origins, engine: EngineStatus) -> None:
        self._table, self._links = VerdictsTable(catalog), LocalFilesTable(catalog)
        self._origins, self._engine = origins, engine

    def verdicts(self, query: SearchQuery, found: Iterable[Found]) -> dict[Found, bool]:
        """What was said of these, as far as anything was."""
        kept = {verdict.place: verdict.is_right for verdict in self._table.of(query_text(query))}
        said = {}
        for each, places in self._places(found).items():
            same = next((there for place in places if (there := nearest(place, kept))), None)
            if same is not None:
                said[each] = kept[same]
        return said

    def judge(self, query: SearchQuery, found: Iterable[Found], *, is_right: bool | None) -> tuple[int, int]:
        """Keep that these are right for the search, or wrong, or take it back (`None`); what `counts` is then.

        Raises `AppError` for a search that cannot be asked again: without words.
        """
        if not query.words.strip() and not query.exact_phrase:
            raise AppError(_("Only results of a search by words can be kept in the test set."))
        text = query_text(query)
        kept = {verdict.place for verdict in self._table.of(text)}
        changes: dict[Place, bool | None] = {}
        for places in self._places(found).values():
            for place in places:
                same = nearest(place, kept)
                if same is not None:
                    changes[same] = None
            changes[places[0]] = is_right
        self._table.put(text, changes)
        return self._table.counts()

    def counts(self) -> tuple[int, int]:
        """How many searches there are, and how many verdicts."""
        return self._table.counts()

    def state(self, token: CancelToken) -> TrialState:
        """Whether another model is on trial, and how far it is."""
        return self._engine.trial(token)

    def set_trial(self, is_on: bool, token: CancelToken) -> TrialState:
        """Keep the model before until both were compared; or let the one in use answer."""
        return self._engine.set_trial(is_on, token)

    def compare(self, token: CancelToken, report: Callable[[Any], None]) -> Comparison:
        """Ask the models of both sides every search of the set. Reports permille. Raises `Cancelled`."""
        state, texts = self._engine.trial(token), self._table.queries()
        asked = []
        for number, text in enumerate(texts, 1):
            token.check()
            query, verdicts = query_of(text), self._table.of(text)
            before, after = (worth(self._answer(query, which, token), verdicts) for which in ("before", "after"))
            asked.append(Asked(query.words or query.exact_phrase, before, after))
            report(1000 * number // len(texts))
        return Comparison(state, tuple(asked))

    def _answer(
        self, query: SearchQuery, which: Literal["before", "after"], token: CancelToken
    ) -> list[tuple[Place, ...]]:
        with self._engine.tried(which, token) as client:
            answer = answer_to(query, lambda one: client.search(one, token))
        told = self._origins.mapped(LOCAL_ID, answer).of_library(LOCAL_ID)
        return list(self._places((*told.hits, *told.images)).values())

    def _places(self, found: Iterable[Found]) -> dict[Found, tuple[Place, ...]]:
        each_once = dict.fromkeys(found)
        ids = {each: each.video_no if isinstance(each, Hit) else each.image_id for each in each_once}
        fingerprints = self._links.fingerprints_of((each.library_id, remote_id) for each, remote_id in ids.items())
        return {
            each: places_of(each, fingerprints.get((each.library_id, remote_id), "")) for each, remote_id in ids.items()
        }
