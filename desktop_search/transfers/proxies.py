"""Rows that their library does not take as they are get a proxy, one after the other, before they are sent."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.errors import AppError, Cancelled, FileProblem
from desktop_search.core.language import _
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import UploadItem, UploadState
from desktop_search.media.fingerprint import fingerprint
from desktop_search.media.opening import regular_file_size
from desktop_search.transfers.active import Work
from desktop_search.transfers.inspection import FileFacts
from desktop_search.transfers.known import KnownFootage
from desktop_search.transfers.ports import Clients, ProxyMaker
from desktop_search.transfers.preparing import Part
from desktop_search.transfers.sending import Sender

_TOLD_EVERY_S = 0.25
# So many proxies may wait to be sent to one library: a slow line must not fill the disk.
AHEAD_MAX = 3

OTHER_PARTS = _("The file is cut into other parts now.")


class ProxyWork:
    """Makes the proxies of rows, one row at a time."""

    def __init__(
        self, uploads: UploadsTable, sender: Sender, clients: Clients, known: KnownFootage, maker: ProxyMaker
    ) -> None:
        self._uploads, self._sender, self._clients = uploads, sender, clients
        self._known, self._maker = known, maker

    def tidy(self) -> None:
        """Delete what an earlier run left and no row needs."""
        self._maker.tidy(set(self._uploads.proxies()))

    def prepare(self, work: Work) -> None:
        """Make the proxy of a waiting row, which then waits to be sent. Raises `AppError`, `Cancelled`."""
        (item,) = work.items
        item = self._sender.store(item, item.moved_to(UploadState.PREPARING, cause=""))
        name = fingerprint(item.path, work.token)
        item = replace(item, fingerprint=name)
        cause = "" if item.insisted or item.maybe_sent else self._known_cause(item, work.token)
        if cause:
            self._sender.store(item, item.moved_to(UploadState.KNOWN, cause=cause))
            return
        parts = self._maker.prepare(item, work.token, _Permille(item, self._sender, self._uploads))
        try:
            self._keep(item, _own_part(item, parts, self._maker))
        except BaseException:
            for part in parts:
                self._maker.discard(part.path)
            raise

    def _known_cause(self, item: UploadItem, token: CancelToken) -> str:
        """As far as the library can be asked now; it is asked once more before the row is sent."""
        facts = FileFacts(regular_file_size(item.path), item.path.stat().st_mtime_ns)
        with suppress(AppError):
            return self._known.cause(item, facts, self._clients(item.library_id, token), token)
        return ""

    def _keep(self, item: UploadItem, parts: Sequence[Part]) -> None:
        waiting = item.moved_to(UploadState.WAITING, sent_bytes=0)
        rows = [
            replace(
                waiting,
                proxy=part.path,
                size_bytes=regular_file_size(part.path),
                part_start_ms=part.start_ms,
                part_end_ms=part.end_ms,
            )
            for part in parts
        ]
        stored = self._uploads.split(item, rows, was=UploadState.PREPARING)
        if not stored:
            raise Cancelled
        for row in stored:
            self._sender.tell(row)


class _Permille:
    """Reports how far a proxy is; stops the work on a row that another window halted."""

    def __init__(self, item: UploadItem, sender: Sender, uploads: UploadsTable) -> None:
        self._item_id, self._sender, self._uploads = item.item_id, sender, uploads
        self._told_at = 0.0

    def __call__(self, permille: int) -> None:
        if time.monotonic() - self._told_at < _TOLD_EVERY_S:
            return
        self._told_at = time.monotonic()
        row = self._uploads.get(self._item_id)
        if row is None or row.state is not UploadState.PREPARING:
            raise Cancelled
        self._sender.tell(replace(row, prepared_permille=permille))


def _own_part(item: UploadItem, parts: Sequence[Part], maker: ProxyMaker) -> Sequence[Part]:
    """All parts; of a row that is a part itself, and whose proxy was deleted, that one. Raises `FileProblem`."""
    if item.part_start_ms is None:
        return parts
    own = [part for part in parts if part.start_ms == item.part_start_ms]
    if not own:
        raise FileProblem(OTHER_PARTS, hint=_("Remove it and add the file again."))
    for part in parts:
        if part is not own[0]:
            maker.discard(part.path)
    return own[:1]
