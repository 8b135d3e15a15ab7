"""Bringing rows of the queue to their library: looked up where they may have arrived, recognised where known, sent."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.local_files import LocalFilesTable
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.errors import AppError, Cancelled, FileProblem, RateLimited, Unreachable
from desktop_search.core.footage import Readiness, VideoRecord
from desktop_search.core.language import _
from desktop_search.core.library import LOCAL_ID
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import MediaKind, UploadItem, UploadState
from desktop_search.media.fingerprint import fingerprint
from desktop_search.media.opening import regular_file_size
from desktop_search.media.probe import probe
from desktop_search.transfers.active import Active, Work
from desktop_search.transfers.inspection import FileFacts, file_facts, proxy_reason
from desktop_search.transfers.known import KnownFootage
from desktop_search.transfers.looking_up import Unlisted, find_sent
from desktop_search.transfers.ports import Books, LibraryClient, Report
from desktop_search.transfers.progress import Progress

_UNSURE_BYTES = 4 << 20  # more than leaves in the moment that stopping a request takes

PICTURE_UNSURE = _(
    "The program ended, or the connection broke, while this picture was on its way; it may have arrived. "
    "Retry sends it again."
)


@dataclass(frozen=True, slots=True)
class _Outgoing:
    """A row that was looked at and is to be sent; `facts` are of the original."""

    item: UploadItem
    facts: FileFacts


class Sender:
    """Every step is in the catalog before it is reported. Safe from several threads, each with rows of its own.

    Args:
        known: recognises footage that the library has.
        discard: deletes a proxy that is no longer needed.
        unlisted: knows for how long a row whose answer was lost may still turn up.
    """

    def __init__(
        self,
        catalog: Catalog,
        active: Active,
        report: Report,
        *,
        known: KnownFootage,
        books: Books,
        discard: Callable[[Path], None],
        unlisted: Unlisted,
    ) -> None:
        self._catalog, self._active, self._report = catalog, active, report
        self._books, self._discard = books, discard
        self._uploads, self._files = UploadsTable(catalog), LocalFilesTable(catalog)
        self._known, self._unlisted = known, unlisted
        self._looking_up: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def store(self, before: UploadItem, after: UploadItem) -> UploadItem:
        """Write a row's next step, then report it. Raises `Cancelled` when the row was removed or halted meanwhile."""
        stored = self._uploads.update(after, was=before.state)
        if stored is None:
            raise Cancelled
        self.tell(stored)
        return stored

    def step(self, before: UploadItem, after: UploadItem) -> UploadItem | None:
        """As `store`, but a row that was halted or removed meanwhile is told as it is; `None` when it is gone."""
        row = self._uploads.update(after, was=before.state) or self._uploads.get(before.item_id)
        if row is not None:
            self.tell(row)
        return row

    def stopped(self, items: Sequence[UploadItem]) -> None:
        """Work on rows was stopped: say how they are now; they wait again unless the user halted them."""
        for item in items:
            row = self._uploads.get(item.item_id)
            if row is not None:
                is_at_work = row.state in {UploadState.SENDING, UploadState.PREPARING}
                self.step(row, row.moved_to(UploadState.WAITING, sent_bytes=0) if is_at_work else row)

    def tell(self, item: UploadItem) -> None:
        """Report a row as it is in the catalog."""
        self._active.note(item)
        self._report(item)

    def deliver(self, work: Work, client: LibraryClient) -> None:
        """Send the waiting rows of `work`: one video, or some pictures with the same details.

        Raises `AppError` or `Cancelled`; the rows are then as the catalog has them.
        """
        looked_at = [self._looked_at(item, client, work.token) for item in work.items]
        ready = [one for one in looked_at if one is not None]
        if ready:
            self._send(ready, client, work)

    def _looked_at(self, item: UploadItem, client: LibraryClient, token: CancelToken) -> _Outgoing | None:
        """The row, being sent from now on; `None` when that came to an end, as it does for a bad or a known file."""
        try:
            item = self.store(item, item.moved_to(UploadState.SENDING, cause="", sent_bytes=0))
        except Cancelled:
            self.stopped([item])
            return None
        try:
            return self._outgoing(item, client, token)
        except FileProblem as error:
            row = self._uploads.get(item.item_id)
            if row is not None and row.state is UploadState.SENDING:
                self.step(row, row.moved_to(UploadState.FAILED, cause=str(error)))
            return None

    def _outgoing(self, item: UploadItem, client: LibraryClient, token: CancelToken) -> _Outgoing | None:
        if item.maybe_sent:
            if self._has_arrived(item, client, token):
                return None
            item = self.store(item, replace(item, maybe_sent=False))
        reason = proxy_reason(probe(item.path), item.path, item.library_id) if item.proxy is None else ""
        if reason or (item.proxy is not None and not item.proxy.exists()):  # changed since it was added, or deleted
            self.store(item, item.moved_to(UploadState.WAITING, proxy_reason=reason or item.proxy_reason, proxy=None))
            return None
        facts = file_facts(item.path, item.kind)
        name = fingerprint(item.path, token)
        if item.proxy is not None and item.fingerprint not in {"", name}:
            raise FileProblem(
                _("The file has changed since its proxy was made."), hint=_("Remove it and add it again.")
            )
        size_bytes = facts.size_bytes if item.proxy is None else regular_file_size(item.proxy)
        item = replace(item, fingerprint=name, size_bytes=size_bytes)
        cause = "" if item.insisted else self._known.cause(item, facts, client, token)
        if cause:
            self.store(item, item.moved_to(UploadState.KNOWN, cause=cause, proxy=None))
            if item.proxy is not None:
                self._discard(item.proxy)
            return None
        if item.remote_id and item.kind is MediaKind.VIDEO:  # indexing failed before: the failed one makes room
            client.delete_videos([item.remote_id], item.details.namespace, token=token)
            self._files.unlink(item.library_id, item.remote_id)
        return _Outgoing(item, facts)

    def _send(self, ready: Sequence[_Outgoing], client: LibraryClient, work: Work) -> None:
        for one in ready:
            self._books.afford(one.item)
        began_ms = time.time_ns() // 1_000_000
        marked: list[tuple[UploadItem, FileFacts]] = []
        with self._catalog.writing():  # from here on an answer may be lost
            for one in ready:
                row = replace(one.item, remote_id="", maybe_sent=True, begun_ms=began_ms)
                stored = self._uploads.update(row, was=UploadState.SENDING)
                if stored is not None:
                    marked.append((stored, one.facts))
        rows = [row for row, _ in marked]
        progress = Progress(rows, work, self._uploads, self.tell)
        try:
            work.token.check()
            ids = _request(rows, client, work.token, progress) if rows else ()
        except AppError as error:
            self._note_unanswered(rows, progress)
            if not error.retryable or isinstance(error, RateLimited | Unreachable):  # nothing was taken
                self._clear_maybe_sent(rows)
            raise
        except Cancelled:
            # A video is looked up; pictures cannot be, so they are only held for unsure where they may have arrived.
            if self._note_unanswered(rows, progress) and rows[0].kind is MediaKind.IMAGE:
                self._clear_maybe_sent(rows)
            raise
        for (row, facts), remote_id in zip(marked, ids, strict=True):
            self._arrived(row, remote_id, facts, began_ms)

    def _note_unanswered(self, rows: Sequence[UploadItem], progress: Progress) -> bool:
        """The request ended without an answer; whether it is certain that it was not whole."""
        ids = [row.item_id for row in rows]
        is_cut = progress.left_bytes > _UNSURE_BYTES
        if is_cut:
            self._unlisted.never_left(ids)
        else:
            self._unlisted.left(ids)
        return is_cut

    def _clear_maybe_sent(self, rows: Sequence[UploadItem]) -> None:
        """Whatever state the rows were put in: it is certain that they have not arrived."""
        with self._catalog.writing():
            for row in rows:
                now = self._uploads.get(row.item_id)
                if now is not None:
                    self._uploads.update(replace(now, maybe_sent=False))

    def _arrived(
        self,
        item: UploadItem,
        remote_id: str,
        facts: FileFacts,
        began_ms: int | None,
        record: VideoRecord | None = None,
    ) -> None:
        """The library has it: the row, the link to the original and the books in one step, halted or not."""
        ready = item.kind is MediaKind.IMAGE or (record is not None and record.readiness is Readiness.SEARCHABLE)
        state = UploadState.SEARCHABLE if ready else UploadState.INDEXING
        item = item.moved_to(
            state, remote_id=remote_id, sent_bytes=item.size_bytes, cause="", maybe_sent=False, index_permille=None
        )
        with self._catalog.writing():
            self._files.link(
                item.library_id,
                remote_id,
                item.path,
                facts.size_bytes,
                facts.mtime_ns,
                item.fingerprint,
                start_ms=item.part_start_ms or 0,
                namespace=item.details.namespace,
            )
            stored = self._uploads.update(replace(item, proxy=None))
            self._uploads.answered(item)
            self._books.arrived(item, began_ms)
        if stored is not None:
            self.tell(stored)
        if item.proxy is not None:
            self._discard(item.proxy)

    def _has_arrived(self, item: UploadItem, client: LibraryClient, token: CancelToken) -> bool:
        """Look in the library for a row whose answer was never seen. False: it is not there and may be sent.

        Raises `MayHaveArrived` where it is too early to tell.
        """
        if item.kind is MediaKind.IMAGE:  # the service cannot list images
            self.store(item, replace(item, maybe_sent=False))
            raise FileProblem(PICTURE_UNSURE)
        with self._looking_up[item.library_id]:  # two rows must not find the same video
            taken = self._uploads.remote_ids(item.library_id) | self._files.ids(item.library_id)
            record = find_sent(client, item, taken, token)
            if record is None:
                self._unlisted.check(item)
                return False
            try:
                facts = file_facts(item.path, item.kind)
                item = replace(item, fingerprint=item.fingerprint or fingerprint(item.path, token))
            except FileProblem:  # the card was taken out meanwhile; the library has its footage all the same
                facts = FileFacts(item.size_bytes, 0)
            self._arrived(item, record.video_no, facts, None, record)
        return True


def _request(
    rows: Sequence[UploadItem], client: LibraryClient, token: CancelToken, progress: Progress
) -> tuple[str, ...]:
    """Send the rows' files; the library's ids, one for each."""
    first = rows[0]
    if first.kind is MediaKind.IMAGE:
        return client.upload_images([row.sent_path for row in rows], first.details, token=token, on_sent=progress)
    if first.library_id == LOCAL_ID:
        return (client.upload_url(first.sent_path.as_uri(), first.details, token=token),)
    return (client.upload_video(first.sent_path, first.details, token=token, on_sent=progress),)
