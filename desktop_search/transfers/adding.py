"""From a drop to rows of the queue: expanded, looked at, stored in batches, the rest named with its reason."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.drops import Found, Skipped, expand
from desktop_search.core.errors import FileProblem
from desktop_search.core.footage import FootageDetails
from desktop_search.core.language import _
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import UploadItem, UploadState
from desktop_search.media.fingerprint import fingerprint
from desktop_search.media.probe import probe
from desktop_search.transfers.inspection import details_of, details_problem, facts_of, file_facts, proxy_reason
from desktop_search.transfers.known import KnownFootage
from desktop_search.transfers.outside_facts import OutsideFacts
from desktop_search.transfers.ports import Report

_BATCH_ROWS, _BATCH_S = 50, 0.5
ALREADY_LISTED = _("It is in the list already.")


@dataclass(frozen=True, slots=True)
class AddResult:
    """What became of a drop: stored rows (damaged files among them as failed ones), and what was not taken."""

    added: tuple[UploadItem, ...]
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class AddProgress:
    """How far looking at a drop is, in files; and the rows that were stored since the last report."""

    added: int
    skipped: int
    rows: tuple[UploadItem, ...] = ()


class Adding:
    """One drop on its way into the queue. `stored` is called whenever new rows are in the catalog.

    Rows that are not `started` wait for the user to do that.
    """

    def __init__(
        self,
        uploads: UploadsTable,
        known: KnownFootage,
        library_id: str,
        details: FootageDetails,
        stored: Callable[[], None],
        *,
        started: bool,
    ) -> None:
        self._uploads, self._library_id, self._details, self._stored = uploads, library_id, details, stored
        self._started, self._known = started, known
        self._batch: list[UploadItem] = []
        self._added: list[UploadItem] = []
        self._skipped: list[Skipped] = []
        self._flushed_at = time.monotonic()
        self._outside = OutsideFacts()

    def run(self, paths: Iterable[Path], token: CancelToken, report: Report) -> AddResult:
        """Take what can be taken. Raises `Cancelled`; what was looked at by then stays in the queue."""
        try:
            for one in expand(paths, token):
                if isinstance(one, Skipped):
                    self._skipped.append(one)
                else:
                    self._take(one, token)
                if len(self._batch) >= _BATCH_ROWS or time.monotonic() - self._flushed_at >= _BATCH_S:
                    self._batch = self._outside.completed(self._batch, token)
                    self._flush(report)
            self._batch = self._outside.completed(self._batch, token)
        finally:
            self._flush(report)
        return AddResult(tuple(self._added), tuple(self._skipped))

    def _take(self, found: Found, token: CancelToken) -> None:
        problem = details_problem(self._details, found.kind)
        if problem or self._listed(found.path, found.size_bytes):
            self._skipped.append(Skipped(found.path, problem or ALREADY_LISTED))
            return
        try:
            facts = file_facts(found.path, found.kind)
        except FileProblem as error:
            self._skipped.append(Skipped(found.path, str(error)))
            return
        item = UploadItem(
            item_id=0,
            library_id=self._library_id,
            path=found.path,
            kind=found.kind,
            state=UploadState.WAITING if self._started else UploadState.READY,
            details=self._details,
            size_bytes=facts.size_bytes,
            started=self._started,
            added_ms=time.time_ns() // 1_000_000,
        )
        try:
            info = probe(found.path)
            name = fingerprint(found.path, token)
        except FileProblem as error:
            self._batch.append(item.moved_to(UploadState.FAILED, cause=str(error)))
        else:
            item = replace(
                item,
                details=self._details.filled_from(details_of(info)),
                fingerprint=name,
                facts=facts_of(info, found.path),
                proxy_reason=proxy_reason(info, found.path, self._library_id),
            )
            self._batch.append(item if self._started else replace(item, cause=self._known.may_be(item)))

    def _listed(self, path: Path, size_bytes: int) -> bool:
        """Whether the file has a row that was not given up; one that is done counts only while the file is the same."""
        return any(
            row.state not in {UploadState.FAILED, UploadState.CANCELLED}
            and (row.state is not UploadState.SEARCHABLE or row.size_bytes == size_bytes)
            for row in self._uploads.by_path(self._library_id, path)
        )

    def _flush(self, report: Report) -> None:
        rows: tuple[UploadItem, ...] = ()
        if self._batch:
            fresh = [item for item in self._batch if not self._listed(item.path, item.size_bytes)]
            self._skipped += [Skipped(item.path, ALREADY_LISTED) for item in self._batch if item not in fresh]
            self._batch = []
            rows = self._uploads.replace_failed(fresh)
            self._added += rows
            self._stored()
        self._flushed_at = time.monotonic()
        report(AddProgress(len(self._added), len(self._skipped), rows))
