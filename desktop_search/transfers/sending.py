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
from desktop_search.transfers.inspection import FileFacts, content_facts, file_facts
from desktop_search.transfers.ports import LibraryClient, Report

_PROGRESS_S = 0.1
_CLOCK_SLACK_MS = 10 * 60 * 1000  # the library's clock may differ from ours
_PAGES_MAX, _PAGE_SIZE = 25, 200

PICTURE_UNSURE = (
    "The program ended, or the connection broke, while this picture was on its way; it may have arrived. "
    "Retry sends it again."
)


class Sender:
    """Sends one row at a time; every step is in the catalog before it is reported."""

    def __init__(self, catalog: Catalog, token: CancelToken, report: Report, removed: Callable[[int], bool]) -> None:
        self._catalog = catalog
        self._uploads, self._files = UploadsTable(catalog), LocalFilesTable(catalog)
        self._token, self._report, self._removed = token, report, removed

    def store(self, item: UploadItem) -> UploadItem:
        """Write a row's new state, then report it."""
        if self._uploads.update(item):
            self._report(item)
        return item

    def deliver(self, item: UploadItem, client: LibraryClient) -> UploadItem:
        """Send `item`, a waiting row. Raises `AppError` or `Cancelled`; the row is then as the catalog has it."""
        if item.maybe_sent:
            found = self._sent_before(item, client)
            if found is not None:
                return found
            item = self.store(replace(item, maybe_sent=False))
        facts = file_facts(item.path, item.kind, item.library_id)
        content_facts(item.path, item.library_id)
        name = fingerprint(item.path, self._token)
        known = self._known(item, facts, client)
        if known is None and item.remote_id:  # indexing failed before: the failed one makes room
            client.delete_videos([item.remote_id], item.details.namespace, token=self._token)
            self._files.unlink(item.library_id, item.remote_id)
        item = replace(item, size_bytes=facts.size_bytes, sent_bytes=0, remote_id="", maybe_sent=known is None)
        item = self.store(item.moved_to(UploadState.SENDING, cause=""))
        remote_id = self._send(item, client) if known is None else known.video_no
        return self._arrived(item, remote_id, facts, name, known)

    def _send(self, item: UploadItem, client: LibraryClient) -> str:
        if item.library_id == LOCAL_ID and item.kind is MediaKind.VIDEO:
            return client.upload_url(item.path.as_uri(), item.details, token=self._token)
        progress = _Progress(item, self._report, self._removed)
        if item.kind is MediaKind.VIDEO:
            return client.upload_video(item.path, item.details, token=self._token, on_sent=progress)
        return client.upload_images([item.path], item.details, token=self._token, on_sent=progress)[0]

    def _arrived(
        self, item: UploadItem, remote_id: str, facts: FileFacts, name: str, record: VideoRecord | None = None
    ) -> UploadItem:
        """The library has it: state and link to the original are stored in one step."""
        ready = item.kind is MediaKind.IMAGE or (record is not None and record.readiness is Readiness.SEARCHABLE)
        state = UploadState.SEARCHABLE if ready else UploadState.INDEXING
        item = item.moved_to(
            state, remote_id=remote_id, sent_bytes=item.size_bytes, cause="", maybe_sent=False, index_permille=None
        )
        with self._catalog.writing():
            self._files.link(item.library_id, remote_id, item.path, facts.size_bytes, facts.mtime_ns, name)
            stored = self._uploads.update(item)
        if stored:
            self._report(item)
        return item

    def _sent_before(self, item: UploadItem, client: LibraryClient) -> UploadItem | None:
        """Look in the library for a row whose answer was never seen. `None`: it is not there and may be sent."""
        if item.kind is MediaKind.IMAGE:  # the service cannot list images
            self.store(replace(item, maybe_sent=False))
            raise FileProblem(PICTURE_UNSURE)
        record = find_sent(client, item, self._uploads.remote_ids(item.library_id), self._token)
        if record is None:
            return None
        facts = file_facts(item.path, item.kind, item.library_id)
        item = self.store(item.moved_to(UploadState.SENDING, cause=""))
        return self._arrived(item, record.video_no, facts, fingerprint(item.path, self._token), record)

    def _known(self, item: UploadItem, facts: FileFacts, client: LibraryClient) -> VideoRecord | None:
        """The video that exactly this file became when it was sent in an earlier session, if it is still there."""
        if item.kind is MediaKind.IMAGE:
            return None
        for video_no in self._files.ids_of(item.library_id, item.path, facts.size_bytes, facts.mtime_ns):
            record = client.metadata(video_no, item.details.namespace, token=self._token)
            if record is not None and record.readiness is not Readiness.FAILED:
                return record
        return None


class _Progress:
    """Reports the bytes sent so far, now and then; stops the sending of a row that was removed."""

    def __init__(self, item: UploadItem, report: Report, removed: Callable[[int], bool]) -> None:
        self._item, self._report, self._removed = item, report, removed
        self._reported_at = 0.0

    def __call__(self, sent_bytes: int) -> None:
        if self._removed(self._item.item_id):
            raise Cancelled
        if time.monotonic() - self._reported_at >= _PROGRESS_S or sent_bytes >= self._item.size_bytes:
            self._reported_at = time.monotonic()
            self._report(replace(self._item, sent_bytes=min(sent_bytes, self._item.size_bytes)))


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
