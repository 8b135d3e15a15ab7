"""Asking the libraries how far indexing is, until it is done."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from dataclasses import replace
from functools import partial

from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.errors import AppError, NotFound
from desktop_search.core.footage import Readiness, VideoRecord
from desktop_search.core.library import LOCAL_ID
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import UploadItem, UploadState
from desktop_search.transfers.holds import Holds
from desktop_search.transfers.per_library import PerLibrary
from desktop_search.transfers.ports import Clients, LibraryClient, Report

_OLDEST_FIRST, _IN_TURN = 4, 8  # libraries index in order, mostly: the oldest rows are asked for every time
_MISSING_LIMIT = 3
_REFUSED_PAUSE_S = 30.0

GONE = "The library no longer has this video."
FAILED = "The library could not index this video."


class Poller:
    """One round after the other over the rows that are being indexed."""

    def __init__(self, uploads: UploadsTable, clients: Clients, local_s: float, remote_s: float) -> None:
        self._uploads, self._clients = uploads, clients
        self._local_s, self._remote_s = local_s, remote_s
        self._holds = Holds()
        self._due: dict[str, float] = {}
        self._turn: Counter[str] = Counter()
        self._missing: Counter[int] = Counter()

    def round(self, lanes: PerLibrary, token: CancelToken, report: Report) -> float:
        """Begin to ask what is due; returns in how many seconds to come again. Raises `Cancelled`, `CatalogProblem`."""
        rows: dict[str, list[UploadItem]] = defaultdict(list)
        for item in self._uploads.in_state(UploadState.INDEXING):
            rows[item.library_id].append(item)
        for library_id, items in rows.items():
            if lanes.is_busy(library_id) or self._wait_s(library_id) > 0:
                continue
            interval = self._local_s if library_id == LOCAL_ID else self._remote_s
            self._due[library_id] = time.monotonic() + interval
            chosen = self._chosen(library_id, items)
            lanes.start(library_id, partial(self._ask_library, library_id, chosen, token, report))
        waits = [self._wait_s(library_id) for library_id in rows if not lanes.is_busy(library_id)]
        return min(waits, default=self._remote_s)

    def _wait_s(self, library_id: str) -> float:
        due_s = self._due.get(library_id, 0.0) - time.monotonic()
        return max(0.0, due_s, self._holds.remaining_s(library_id))

    def _chosen(self, library_id: str, items: list[UploadItem]) -> list[UploadItem]:
        oldest, rest = items[:_OLDEST_FIRST], items[_OLDEST_FIRST:]
        start = self._turn[library_id] % len(rest) if rest else 0
        self._turn[library_id] = start + _IN_TURN
        return oldest + rest[start : start + _IN_TURN]

    def _ask_library(self, library_id: str, items: list[UploadItem], token: CancelToken, report: Report) -> None:
        try:
            client = self._clients(library_id, token)
            for item in items:
                token.check()
                self._ask(item, client, token, report)
            self._holds.succeeded(library_id)
        except AppError as error:
            if not error.retryable:
                error.retry_after_s = _REFUSED_PAUSE_S
            wait_s = self._holds.after(library_id, error)
            for item in items:
                self._store(replace(item, cause=f"{error.message} Asks again in {wait_s:.0f} s."), item, report)

    def _ask(self, item: UploadItem, client: LibraryClient, token: CancelToken, report: Report) -> None:
        try:
            record = client.metadata(item.remote_id, item.details.namespace, token=token)
        except NotFound:
            record = None
        if record is None:
            self._missing[item.item_id] += 1
            if self._missing[item.item_id] >= _MISSING_LIMIT:
                self._store(item.moved_to(UploadState.FAILED, cause=GONE), item, report)
            return
        self._missing.pop(item.item_id, None)
        self._store(_after(item, record), item, report)

    def _store(self, new: UploadItem, old: UploadItem, report: Report) -> None:
        # A row that the user removed, or that another thread moved on, is left as it is.
        stored = self._uploads.update(new, was=old.state) if new != old else None
        if stored is not None:
            report(stored)


def _after(item: UploadItem, record: VideoRecord) -> UploadItem:
    if record.readiness is Readiness.SEARCHABLE:
        return item.moved_to(UploadState.SEARCHABLE, cause="", index_permille=1000)
    if record.readiness is Readiness.FAILED:
        return item.moved_to(UploadState.FAILED, cause=record.cause or FAILED)
    return replace(item, cause="", index_permille=record.index_permille)
