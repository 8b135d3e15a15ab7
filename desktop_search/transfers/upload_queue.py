"""The upload queue: durable, resumed after a crash, and never stopped by one bad file."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.turn import sole_turn
from desktop_search.core.errors import (
    AccountDisabled,
    AppError,
    BudgetReached,
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
from desktop_search.transfers.acting import QueueActions
from desktop_search.transfers.adding import Adding, AddResult
from desktop_search.transfers.per_library import PerLibrary
from desktop_search.transfers.polling import Poller
from desktop_search.transfers.ports import NO_BOOKS, Books, Clients, Report
from desktop_search.transfers.sending import Sender

_log = logging.getLogger(__name__)

_IDLE_S = 5.0
_BUDGET_S = 60.0  # how often it is looked whether the budget allows more
_SERVER_ERRORS_MAX = 5  # a file that a library fails on again and again must not stop the others
_ACCOUNT_ERRORS = (KeyRejected, NoCredit, AccountDisabled, KeyringUnavailable)


class UploadQueue(QueueActions):
    """Rows on their way to *searchable*. Every change of state is on the disk before anybody hears of it.

    `run` and `poll` are the two long jobs; all other methods are short and may be called from any thread.
    """

    def __init__(
        self,
        catalog: Catalog,
        clients: Clients,
        *,
        is_paid: Callable[[str], bool],
        books: Books = NO_BOOKS,
        poll_local_s: float = 0.5,
        poll_remote_s: float = 5.0,
    ) -> None:
        """`is_paid` says of a library's id whether sending to it costs money: its rows wait to be started."""
        super().__init__(catalog)
        self._catalog, self._clients, self._is_paid, self._books = catalog, clients, is_paid, books
        self._poller = Poller(self._rows, clients, poll_local_s, poll_remote_s)
        self._server_errors: Counter[int] = Counter()

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
        started = not self._is_paid(library_id)
        return Adding(self._rows, library_id, details, self._bell.ring, started=started).run(paths, token, report)

    def run(self, token: CancelToken, report: Report) -> None:
        """Send waiting rows, one at a time for each library, until cancelled; reports each changed `UploadItem`.

        While another window sends from the same catalog, this one waits. Raises `Cancelled`, and `CatalogProblem` or
        `DiskFull` when nothing can be recorded any more.
        """
        with sole_turn(self._catalog.lock_file, token):
            sender = Sender(self._catalog, self._active, report, self._books)
            for item in self._rows.in_state(UploadState.SENDING):  # left by a crash
                sender.store(item, item.moved_to(UploadState.WAITING, sent_bytes=0))
            with PerLibrary("sending", self._bell.ring) as lanes:
                try:
                    while True:
                        self._send_next(sender, lanes, token)
                finally:
                    self._active.stop()

    def _send_next(self, sender: Sender, lanes: PerLibrary, token: CancelToken) -> None:
        """Send the next row of each library that may be asked, and wait for news."""
        token.check()
        heard = self._bell.rings
        waits = [_IDLE_S]
        for library_id in self._rows.libraries_in(UploadState.WAITING):
            if lanes.is_busy(library_id):
                continue
            hold_s = self._holds.remaining_s(library_id)
            if hold_s:
                waits.append(hold_s)
            else:
                for item in self._rows.next_waiting(library_id, 1):
                    lanes.start(library_id, partial(self._attempt, item, sender, token))
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

    def _attempt(self, item: UploadItem, sender: Sender, token: CancelToken) -> None:
        own = self._active.begin(item.item_id)
        try:
            token.check()  # after `begin`: a row that begins while the queue ends would not be stopped otherwise
            sender.deliver(item, self._clients(item.library_id, own), own)
            self._holds.succeeded(item.library_id)
            self._server_errors.pop(item.item_id, None)
        except Cancelled:
            sender.stopped(item)
            token.check()  # a halted row alone does not end the queue
        except CatalogProblem:
            raise
        except AppError as error:
            self._failed(item, error, sender)
        except Exception as error:  # noqa: BLE001 - one file must never stop the others
            _log.exception("sending failed unexpectedly")
            details = f"{type(error).__name__}: {error}"
            self._failed(item, AppError("Something went wrong inside the program.", details=details), sender)
        finally:
            self._active.end(item.item_id)

    def _failed(self, item: UploadItem, error: AppError, sender: Sender) -> None:
        row = self._rows.get(item.item_id)
        if row is None or row.state not in {UploadState.WAITING, UploadState.SENDING}:
            return
        if isinstance(error, _ACCOUNT_ERRORS):  # the same would happen to all of them; ask the server once
            self._fail_library(item.library_id, error, sender)
        elif isinstance(error, BudgetReached):  # the row waits until there is money again
            self._holds.hold(item.library_id, _BUDGET_S)
            waiting = row.moved_to(UploadState.WAITING) if row.state is UploadState.SENDING else row
            sender.store(row, replace(waiting, cause=str(error), sent_bytes=0, maybe_sent=False))
        elif error.retryable and not self._gave_up(item, error):
            wait_s = self._holds.after(item.library_id, error)
            cause = f"{error.message} Tries again in {wait_s:.0f} s."
            if isinstance(error, RateLimited):
                cause = f"Waits {wait_s:.0f} s: the library takes only so many uploads at a time."
            waiting = row.moved_to(UploadState.WAITING) if row.state is UploadState.SENDING else row
            unsure = row.maybe_sent and not isinstance(error, RateLimited | Unreachable)  # they took nothing
            sender.store(row, replace(waiting, cause=cause, sent_bytes=0, maybe_sent=unsure))
        else:
            certain = not error.retryable  # the library said no: it did not take it
            failed = row.moved_to(UploadState.FAILED, cause=str(error), maybe_sent=row.maybe_sent and not certain)
            sender.store(row, failed)

    def _gave_up(self, item: UploadItem, error: AppError) -> bool:
        if not isinstance(error, ServerError):
            return False
        self._server_errors[item.item_id] += 1
        return self._server_errors[item.item_id] >= _SERVER_ERRORS_MAX

    def _fail_library(self, library_id: str, error: AppError, sender: Sender) -> None:
        for row in self._rows.all(library_id):
            if row.state in {UploadState.WAITING, UploadState.SENDING}:
                sender.store(row, row.moved_to(UploadState.FAILED, cause=str(error), maybe_sent=False))
