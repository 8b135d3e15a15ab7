"""Bringing one row of the queue to its library: looked up first where it may have arrived, then sent."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.local_files import LocalFilesTable
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.errors import Cancelled, FileProblem
from desktop_search.core.footage import Readiness, VideoRecord
from desktop_search.core.library import LOCAL_ID
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import MediaKind, UploadItem, UploadState
from desktop_search.media.fingerprint import fingerprint
from desktop_search.media.probe import probe
from desktop_search.transfers.active import Active
from desktop_search.transfers.inspection import FileFacts, file_facts
from desktop_search.transfers.ports import Books, LibraryClient, Report

_PROGRESS_S = 0.1
_CLOCK_SLACK_MS = 10 * 60 * 1000  # the library's clock may differ from ours
_PAGES_MAX, _PAGE_SIZE = 25, 200

PICTURE_UNSURE = (
    "The program ended, or the connection broke, while this picture was on its way; it may have arrived. "
    "Retry sends it again."
)


class Sender:
    """Sends one row at a time; every step is in the catalog before it is reported."""

    def __init__(self, catalog: Catalog, active: Active, report: Report, books: Books) -> None:
        self._catalog, self._active, self._report, self._books = catalog, active, report, books
        self._uploads, self._files = UploadsTable(catalog), LocalFilesTable(catalog)

    def store(self, before: UploadItem, after: UploadItem) -> UploadItem:
        """Write a row's next step, then report it. Raises `Cancelled` when the row was removed or halted meanwhile."""
        stored = self._uploads.update(after, was=before.state)
        if stored is None:
            raise Cancelled
        self._tell(stored)
        return stored

    def stopped(self, item: UploadItem) -> None:
        """Work on a row was stopped: say how the row is now; it waits again if only the program ends."""
        row = self._uploads.get(item.item_id)
        if row is not None and row.state is UploadState.SENDING:
            row = self._uploads.update(row.moved_to(UploadState.WAITING, sent_bytes=0), was=row.state)
        if row is not None:
            self._tell(row)

    def deliver(self, item: UploadItem, client: LibraryClient, token: CancelToken) -> None:
        """Send `item`, a waiting row. Raises `AppError` or `Cancelled`; the row is then as the catalog has it."""
        if item.maybe_sent:
            if self._sent_before(item, client, token):
                return
            item = self.store(item, replace(item, maybe_sent=False))
        self._books.afford(item)
        facts = file_facts(item.path, item.kind)
        probe(item.path)
        name = fingerprint(item.path, token)
        known = self._known(item, facts, client, token)
        if known is None and item.remote_id:  # indexing failed before: the failed one makes room
            client.delete_videos([item.remote_id], item.details.namespace, token=token)
            self._files.unlink(item.library_id, item.remote_id)
        sending = replace(item, size_bytes=facts.size_bytes, sent_bytes=0, remote_id="", maybe_sent=known is None)
        item = self.store(item, sending.moved_to(UploadState.SENDING, cause=""))
        if known is not None:
            self._arrived(item, known.video_no, facts, name, known)
            return
        began_ms = time.time_ns() // 1_000_000
        remote_id = self._send(item, client, token)
        self._arrived(item, remote_id, facts, name, noted=lambda row: self._books.arrived(row, began_ms))

    def _tell(self, item: UploadItem) -> None:
        self._active.note(item)
        self._report(item)

    def _send(self, item: UploadItem, client: LibraryClient, token: CancelToken) -> str:
        if item.library_id == LOCAL_ID and item.kind is MediaKind.VIDEO:
            return client.upload_url(item.path.as_uri(), item.details, token=token)
        progress = _Progress(item, self._uploads, self._tell)
        if item.kind is MediaKind.VIDEO:
            return client.upload_video(item.path, item.details, token=token, on_sent=progress)
        return client.upload_images([item.path], item.details, token=token, on_sent=progress)[0]

    def _arrived(
        self,
        item: UploadItem,
        remote_id: str,
        facts: FileFacts,
        name: str,
        record: VideoRecord | None = None,
        *,
        noted: Callable[[UploadItem], None] | None = None,
    ) -> None:
        """The library has it: state, link and what `noted` writes are stored in one step, halted or not."""
        ready = item.kind is MediaKind.IMAGE or (record is not None and record.readiness is Readiness.SEARCHABLE)
        state = UploadState.SEARCHABLE if ready else UploadState.INDEXING
        item = item.moved_to(
            state, remote_id=remote_id, sent_bytes=item.size_bytes, cause="", maybe_sent=False, index_permille=None
        )
        with self._catalog.writing():
            self._files.link(item.library_id, remote_id, item.path, facts.size_bytes, facts.mtime_ns, name)
            stored = self._uploads.update(item)
            if noted is not None:
                noted(replace(item, fingerprint=item.fingerprint or name))
        if stored is not None:
            self._tell(stored)

    def _sent_before(self, item: UploadItem, client: LibraryClient, token: CancelToken) -> bool:
        """Look in the library for a row whose answer was never seen. False: it is not there and may be sent."""
        if item.kind is MediaKind.IMAGE:  # the service cannot list images
            self.store(item, replace(item, maybe_sent=False))
            raise FileProblem(PICTURE_UNSURE)
        record = find_sent(client, item, self._uploads.remote_ids(item.library_id), token)
        if record is None:
            return False
        facts = file_facts(item.path, item.kind)
        item = self.store(item, item.moved_to(UploadState.SENDING, cause=""))
        name = fingerprint(item.path, token)
        self._arrived(item, record.video_no, facts, name, record, noted=lambda row: self._books.arrived(row, None))
        return True

    def _known(
        self, item: UploadItem, facts: FileFacts, client: LibraryClient, token: CancelToken
    ) -> VideoRecord | None:
        """The video that exactly this file became when it was sent in an earlier session, if it is still there."""
        if item.kind is MediaKind.IMAGE:
            return None
        for video_no in self._files.ids_of(item.library_id, item.path, facts.size_bytes, facts.mtime_ns):
            record = client.metadata(video_no, item.details.namespace, token=token)
            if record is not None and record.readiness is not Readiness.FAILED:
                return record
        return None


class _Progress:
    """Reports the bytes sent so far, now and then; stops the sending of a row that was halted, by whichever window."""

    def __init__(self, item: UploadItem, uploads: UploadsTable, tell: Callable[[UploadItem], None]) -> None:
        self._item, self._uploads, self._tell = item, uploads, tell
        self._told_at = 0.0

    def __call__(self, sent_bytes: int) -> None:
        if time.monotonic() - self._told_at < _PROGRESS_S and sent_bytes < self._item.size_bytes:
            return
        self._told_at = time.monotonic()
        row = self._uploads.get(self._item.item_id)
        if row is None or row.state is not UploadState.SENDING:
            raise Cancelled
        self._tell(replace(row, sent_bytes=min(sent_bytes, row.size_bytes)))


def find_sent(
    client: LibraryClient, item: UploadItem, known_ids: frozenset[str], token: CancelToken
) -> VideoRecord | None:
    """The video in the library that `item` became, by name, size and time; ids of other rows do not count."""
    for page in range(1, _PAGES_MAX + 1):
        records, total = client.list_videos(item.details.namespace, page, _PAGE_SIZE, token=token)
        for record in records:
            if record.video_no not in known_ids and _fits(record, item):
                return record
        if not records or page * _PAGE_SIZE >= total:
            break
    return None


def _fits(record: VideoRecord, item: UploadItem) -> bool:
    return (
        record.name in {item.path.name, item.path.stem}
        and (not record.size_bytes or record.size_bytes == item.size_bytes)
        and (record.created_ms is None or record.created_ms >= item.added_ms - _CLOCK_SLACK_MS)
        and record.readiness is not Readiness.FAILED
    )
