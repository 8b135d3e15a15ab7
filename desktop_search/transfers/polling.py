"""Asking the libraries how far indexing is, until it is done."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.errors import AppError, NotFound
from desktop_search.core.footage import Readiness, VideoRecord
from desktop_search.core.language import _
from desktop_search.core.library import LOCAL_ID
from desktop_search.core.listing import ListFilters
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import UploadItem, UploadState
from desktop_search.transfers.holds import Holds
from desktop_search.transfers.per_library import PerLibrary
from desktop_search.transfers.ports import Clients, LibraryClient, Report

# Of so many rows at most one round asks: the oldest every time, for libraries index in order, mostly, and of the others
# as many in turn. A remote library is asked for all of them in one call (contract §9.1: a page has 200); this computer,
# which is asked ten times as often, for fewer.
_REMOTE_ROWS, _LOCAL_ROWS = 200, 50
_MISSING_LIMIT = 3

GONE = _("The library no longer has this video.")
FAILED = _("The library could not index this video.")


def asks_again(error: AppError, wait_s: float) -> str:
    """What is said while a library is not asked because of `error`."""
    return _("{problem} Asks again in {seconds} s.").format(problem=error.message, seconds=f"{wait_s:.0f}")


class Poller:
    """One round after the other over the rows that are being indexed: one call for each library and namespace."""

    def __init__(self, uploads: UploadsTable, clients: Clients, local_s: float, remote_s: float) -> None:
        self._uploads, self._clients = uploads, clients
        self._local_s, self._remote_s = local_s, remote_s
        self._holds = Holds()
        self._due: dict[str, float] = {}
        self._turn: Counter[str] = Counter()
        self._missing: Counter[int] = Counter()

    def round(self, lanes: PerLibrary, token: CancelToken, report: Report) -> float:
        """Begin to ask what is due; returns in how many seconds to come again. Raises `Cancelled`, `CatalogProblem`."""
        waits = [self._remote_s]
        for library_id in self._uploads.libraries_in(UploadState.INDEXING):
            if lanes.running(library_id):
                continue
            wait_s = self._wait_s(library_id)
            if wait_s > 0:
                waits.append(wait_s)
                continue
            interval = self._local_s if library_id == LOCAL_ID else self._remote_s
            self._due[library_id] = time.monotonic() + interval
            lanes.start(library_id, partial(self._ask_library, library_id, self._chosen(library_id), token, report))
        return min(waits)

    def _wait_s(self, library_id: str) -> float:
        due_s = self._due.get(library_id, 0.0) - time.monotonic()
        return max(0.0, due_s, self._holds.remaining_s(library_id))

    def _chosen(self, library_id: str) -> Sequence[UploadItem]:
        count = (_LOCAL_ROWS if library_id == LOCAL_ID else _REMOTE_ROWS) // 2
        oldest = self._uploads.indexing(library_id, count)
        if len(oldest) < count:
            return oldest
        in_turn = self._uploads.indexing(library_id, count, count + self._turn[library_id])
        self._turn[library_id] = self._turn[library_id] + count if len(in_turn) == count else 0
        return oldest + in_turn

    def _ask_library(self, library_id: str, items: Sequence[UploadItem], token: CancelToken, report: Report) -> None:
        try:
            client = self._clients(library_id, token)
            spaces: dict[str, list[UploadItem]] = defaultdict(list)
            for item in items:
                spaces[item.details.namespace].append(item)
            for namespace, rows in spaces.items():
                self._ask(namespace, rows, client, token, report)
            self._holds.succeeded(library_id)
        except AppError as error:
            wait_s = self._holds.after(library_id, error)
            for item in items:
                self._store(replace(item, cause=asks_again(error, wait_s)), item, report)

    def _ask(
        self, namespace: str, items: list[UploadItem], client: LibraryClient, token: CancelToken, report: Report
    ) -> None:
        ids = tuple(item.remote_id for item in items)
        records, _ = client.list_videos(namespace, 1, len(ids), filters=ListFilters(video_nos=ids), token=token)
        listed = {record.video_no: record for record in records}
        for item in items:
            record = listed.get(item.remote_id)
            if record is None:
                record = self._missing_record(item, client, token)
            if record is not None:
                self._missing.pop(item.item_id, None)
                self._store(_after(item, record), item, report)
            elif self._missing[item.item_id] >= _MISSING_LIMIT:
                self._store(item.moved_to(UploadState.FAILED, cause=GONE), item, report)

    def _missing_record(self, item: UploadItem, client: LibraryClient, token: CancelToken) -> VideoRecord | None:
        """What is not in the list may only be late there: ask for it alone, and believe it the third time."""
        self._missing[item.item_id] += 1
        try:
            return client.metadata(item.remote_id, item.details.namespace, token=token)
        except NotFound:
            return None

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
