"""What part of a library can be searched: from the engine of *This computer*, and from the queue of this program."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.coverage import Amount, Coverage
from desktop_search.core.engine_state import EngineState
from desktop_search.core.library import LOCAL_ID
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import UploadState
from desktop_search.services.engine_status import EngineStatus

_S = UploadState
_QUEUED = (_S.READY, _S.WAITING, _S.PREPARING, _S.SENDING, _S.PAUSED)


class CoverageReader:
    """Not for the GUI thread."""

    def __init__(self, catalog: Catalog, engine: EngineStatus) -> None:
        self._uploads, self._engine = UploadsTable(catalog), engine

    def read(self, library_ids: tuple[str, ...], token: CancelToken) -> Coverage:
        """Of all these libraries together. Raises an `AppError`, and `Cancelled`.

        What a library other than *This computer* has is known as far as the queue still lists it; asking it would cost
        calls of the account.
        """
        whole = Coverage()
        for library_id in library_ids:
            token.check()
            totals = self._uploads.totals(library_id)
            state = self._engine.read(token) if library_id == LOCAL_ID else None
            whole += _by_queue(totals) if state is None else _by_engine(totals, state)
        return whole


def _by_queue(totals: Mapping[UploadState, Amount]) -> Coverage:
    return Coverage(
        searched=_sum(totals, _S.SEARCHABLE, _S.KNOWN),
        indexing=_sum(totals, _S.INDEXING),
        queued=_sum(totals, *_QUEUED),
        failed=_sum(totals, _S.FAILED),
    )


def _by_engine(totals: Mapping[UploadState, Amount], state: EngineState) -> Coverage:
    """The engine knows what it has, the queue how long that is which nobody has read yet."""
    return Coverage(
        searched=state.searched,
        indexing=_sum(totals, _S.INDEXING).at_least(state.waiting + len(state.indexing)),
        queued=_sum(totals, *_QUEUED),
        failed=_sum(totals, _S.FAILED).at_least(state.failed_count),
        offline=Amount(state.offline_count),
    )


def _sum(totals: Mapping[UploadState, Amount], *states: UploadState) -> Amount:
    return sum((totals.get(state, Amount()) for state in states), Amount())
