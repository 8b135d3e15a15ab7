"""The upload queue: durable, resumed after a crash, and never stopped by one bad file."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.turn import sole_turn
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.errors import (
    AccountDisabled,
    AppError,
    Cancelled,
    CatalogProblem,
    KeyRejected,
    KeyringUnavailable,
    NoCredit,
    RateLimited,
    ServerError,
    Unreachable,
)
from desktop_search.core.footage import FootageDetails
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import UploadItem, UploadState
from desktop_search.transfers.adding import Adding, AddResult
from desktop_search.transfers.bell import Bell
from desktop_search.transfers.holds import Holds
from desktop_search.transfers.per_library import PerLibrary
from desktop_search.transfers.polling import Poller
from desktop_search.transfers.ports import Clients, Report
from desktop_search.transfers.sending import Sender

_log = logging.getLogger(__name__)

_IDLE_S = 5.0
_SERVER_ERRORS_MAX = 5  # a file that a library fails on again and again must not stop the others
_ACCOUNT_ERRORS = (KeyRejected, NoCredit, AccountDisabled, KeyringUnavailable)


class UploadQueue:
    """Rows on their way to *searchable*. Every change of state is on the disk before anybody hears of it.

    `run` and `poll` are the two long jobs; all other methods are short and may be called from any thread, but they
    write to the disk, so not from the GUI thread for more than a few rows.
    """

    def __init__(
        self, catalog: Catalog, clients: Clients, *, poll_local_s: float = 0.5, poll_remote_s: float = 5.0
    ) -> None:
        self._catalog, self._clients = catalog, clients
        self._uploads = UploadsTable(catalog)
        self._holds, self._bell = Holds(), Bell()
        self._poller = Poller(self._uploads, clients, poll_local_s, poll_remote_s)
        self._server_errors: Counter[int] = Counter()
        self._lock = threading.Lock()
        self._sending: dict[str, UploadItem] = {}  # by library
        self._removed: set[int] = set()

    def items(self) -> tuple[UploadItem, ...]:
        """Every row, oldest first. Raises `CatalogProblem`."""
        with self._lock:
            sent = {item.item_id: item.sent_bytes for item in self._sending.values()}
        return tuple(
            replace(row, sent_bytes=sent[row.item_id])
            if row.item_id in sent and row.state is UploadState.SENDING
            else row
            for row in self._uploads.all()
        )

    def add(
        self,
        paths: Sequence[Path],
        library_id: str,
        details: FootageDetails,
        token: CancelToken,
        report: Report,
    ) -> AddResult:
        """Open folders, look at every file, queue what is footage; reports `AddProgress`.

        Damaged footage becomes a failed row with its cause; what is no footage, missing, empty, unreadable, too large
        or queued already is in `skipped` with a reason. Raises `Cancelled` (what was taken stays), `CatalogProblem`.
        """
        return Adding(self._uploads, library_id, details, self._bell.ring).run(paths, token, report)

    def retry(self, ids: Iterable[int]) -> tuple[UploadItem, ...]:
        """Let failed rows wait again, and try held libraries at once; returns the rows that changed."""
        rows = (self._uploads.get(item_id) for item_id in ids)
        changed = tuple(
            row.moved_to(UploadState.WAITING, cause="", sent_bytes=0, index_permille=None)
            for row in rows
            if row is not None and row.state is UploadState.FAILED
        )
        with self._catalog.writing():
            for row in changed:
                self._uploads.update(row)
                self._server_errors.pop(row.item_id, None)
        self._holds.release()
        self._bell.ring()
        return changed

    def remove(self, ids: Iterable[int]) -> None:
        """Take rows off the list, stopping one that is being sent. What a library has already stays there."""
        gone = set(ids)
        with self._lock:
            self._removed |= gone
        self._uploads.remove(gone)
        self._bell.ring()

    def clear_done(self) -> tuple[int, ...]:
        """Take the searchable rows off the list; returns their ids."""
        ids = tuple(item.item_id for item in self._uploads.in_state(UploadState.SEARCHABLE))
        self._uploads.remove(ids)
        return ids

    def run(self, token: CancelToken, report: Report) -> None:
        """Send waiting rows, one at a time for each library, until cancelled; reports each changed `UploadItem`.

        While another window sends from the same catalog, this one waits. Raises `Cancelled`, and `CatalogProblem` or
        `DiskFull` when nothing can be recorded any more.
        """
        with sole_turn(self._catalog.lock_file, token):
            sender = Sender(self._catalog, token, self._noting(report), self._is_removed)
            for item in self._uploads.in_state(UploadState.SENDING):  # left by a crash
                sender.store(item.moved_to(UploadState.WAITING, sent_bytes=0))
            with PerLibrary("sending", self._bell.ring) as lanes:
                while True:
                    self._send_next(sender, lanes, token)

    def _send_next(self, sender: Sender, lanes: PerLibrary, token: CancelToken) -> None:
        """Send the oldest row of each library that may be asked, and wait for news."""
        token.check()
        heard = self._bell.rings
        heads = [item for item in self._uploads.first_waiting() if not lanes.is_busy(item.library_id)]
        waits = [_IDLE_S]
        for item in heads:
            hold_s = self._holds.remaining_s(item.library_id)
            if hold_s:
                waits.append(hold_s)
            else:
                lanes.start(item.library_id, partial(self._attempt, item, sender, token))
        self._bell.wait(heard, min(waits), token)

    def poll(self, token: CancelToken, report: Report) -> None:
        """Ask for the state of indexing rows until cancelled; reports each changed `UploadItem`.

        Raises `Cancelled`, `CatalogProblem`, `DiskFull`.
        """
        with PerLibrary("polling", self._bell.ring) as lanes:
            while True:
                heard = self._bell.rings
                pause_s = self._poller.round(lanes, token, report)
                self._bell.wait(heard, pause_s, token)

    def _noting(self, report: Report) -> Report:
        def note(item: UploadItem) -> None:
            with self._lock:
                self._sending[item.library_id] = item
            report(item)

        return note

    def _is_removed(self, item_id: int) -> bool:
        with self._lock:
            return item_id in self._removed

    def _attempt(self, item: UploadItem, sender: Sender, token: CancelToken) -> None:
        try:
            sender.deliver(item, self._clients(item.library_id, token))
            self._holds.succeeded(item.library_id)
            self._server_errors.pop(item.item_id, None)
        except Cancelled:
            self._stopped(item, sender)
            token.check()  # a removed row alone does not end the queue
        except CatalogProblem:
            raise
        except AppError as error:
            self._failed(item, error, sender)
        except Exception as error:  # noqa: BLE001 - one file must never stop the others
            _log.exception("sending failed unexpectedly")
            details = f"{type(error).__name__}: {error}"
            self._failed(item, AppError("Something went wrong inside the program.", details=details), sender)

    def _stopped(self, item: UploadItem, sender: Sender) -> None:
        row = self._uploads.get(item.item_id)
        if row is not None and row.state is UploadState.SENDING:
            sender.store(row.moved_to(UploadState.WAITING, sent_bytes=0))

    def _failed(self, item: UploadItem, error: AppError, sender: Sender) -> None:
        row = self._uploads.get(item.item_id)
        if row is None:
            return
        if isinstance(error, _ACCOUNT_ERRORS):  # the same would happen to all of them; ask the server once
            self._fail_library(item.library_id, error, sender)
        elif error.retryable and not self._gave_up(item, error):
            wait_s = self._holds.after(item.library_id, error)
            cause = f"{error.message} Tries again in {wait_s:.0f} s."
            if isinstance(error, RateLimited):
                cause = f"Waits {wait_s:.0f} s: the library takes only so many uploads at a time."
            waiting = row.moved_to(UploadState.WAITING) if row.state is UploadState.SENDING else row
            unsure = row.maybe_sent and not isinstance(error, RateLimited | Unreachable)  # they took nothing
            sender.store(replace(waiting, cause=cause, sent_bytes=0, maybe_sent=unsure))
        else:
            certain = not error.retryable  # the library said no: it did not take it
            sender.store(row.moved_to(UploadState.FAILED, cause=str(error), maybe_sent=row.maybe_sent and not certain))

    def _gave_up(self, item: UploadItem, error: AppError) -> bool:
        if not isinstance(error, ServerError):
            return False
        self._server_errors[item.item_id] += 1
        return self._server_errors[item.item_id] >= _SERVER_ERRORS_MAX

    def _fail_library(self, library_id: str, error: AppError, sender: Sender) -> None:
        for row in self._uploads.all(library_id):
            if row.state in {UploadState.WAITING, UploadState.SENDING}:
                sender.store(row.moved_to(UploadState.FAILED, cause=str(error), maybe_sent=False))
