"""Choosing what is prepared and sent next, and seeing it through."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.batches import together
from desktop_search.core.calls import CallKind
from desktop_search.core.errors import AppError, Cancelled, CatalogProblem
from desktop_search.core.language import _
from desktop_search.core.library import LOCAL_ID
from desktop_search.core.token import CancelToken
from desktop_search.core.transfer_settings import TransferSettings
from desktop_search.core.uploads import UploadState
from desktop_search.transfers.active import Active, Work
from desktop_search.transfers.failing import Failures
from desktop_search.transfers.holds import Holds
from desktop_search.transfers.known import KnownFootage
from desktop_search.transfers.looking_up import Unlisted
from desktop_search.transfers.per_library import PerLibrary
from desktop_search.transfers.ports import Books, Clients, ProxyMaker, Report
from desktop_search.transfers.proxies import AHEAD_MAX, ProxyWork
from desktop_search.transfers.sending import Sender

_log = logging.getLogger(__name__)

IDLE_S = 5.0
_COUNT_DOWN_S = 1.0  # how often rows say for how long they still wait
_LOOK_AHEAD = 64  # rows that are looked through for one that may go now
_LOCAL_AT_ONCE = 2  # files of this computer are handed over by name, which takes a moment
_PREPARING = " proxies"  # a lane of its own, one for all libraries: making a proxy takes the whole computer


@dataclass(frozen=True)
class Means:
    """What the queue works with."""

    catalog: Catalog
    clients: Clients
    is_paid: Callable[[str], bool]
    settings: Callable[[], TransferSettings]
    proxies: ProxyMaker
    books: Books
    settled_s: float


class Shift:
    """One run of the queue. Only `begin_work` starts anything, on one thread; the work itself is on others."""

    def __init__(self, means: Means, active: Active, holds: Holds, report: Report) -> None:
        self._means, self._active, self._holds, self._report = means, active, holds, report
        self._rows = UploadsTable(means.catalog)
        known = KnownFootage(means.catalog)
        self._unlisted = Unlisted(means.settled_s)
        self._sender = Sender(
            means.catalog,
            active,
            report,
            known=known,
            books=means.books,
            discard=means.proxies.discard,
            unlisted=self._unlisted,
        )
        self._proxies = ProxyWork(self._rows, self._sender, means.clients, known, means.proxies)
        self._failures = Failures(self._rows, holds, self._sender.step)

    def recover(self) -> None:
        """Let wait again what a crash has cut off. Raises `CatalogProblem`, `DiskFull`."""
        for state in (UploadState.SENDING, UploadState.PREPARING):
            self._sender.stopped(self._rows.in_state(state))
        self._proxies.tidy()

    def begin_work(self, lanes: PerLibrary, token: CancelToken) -> float:
        """Begin all that may be begun now; returns in how many seconds to look again. Raises what work has raised."""
        waits = [IDLE_S]
        is_preparing = lanes.running(_PREPARING) > 0
        for library_id in self._rows.libraries_in(UploadState.WAITING):
            if not is_preparing:
                is_preparing = self._begin_proxy(library_id, lanes, token)
            free = self._at_once(library_id) - lanes.running(library_id)
            hold_s = self._holds.remaining_s(library_id)
            if hold_s:
                waits.append(min(hold_s, _COUNT_DOWN_S))
                for item in self._failures.still_waiting(library_id, hold_s):
                    self._active.note_wait(item)
                    self._report(item)
            elif free > 0:
                waits.append(self._begin_sending(library_id, free, lanes, token))
        return min(waits)

    def _at_once(self, library_id: str) -> int:
        if library_id == LOCAL_ID:
            return _LOCAL_AT_ONCE
        return max(1, self._means.settings().at_once)

    def _begin_proxy(self, library_id: str, lanes: PerLibrary, token: CancelToken) -> bool:
        item = self._rows.next_unprepared(library_id)
        if item is None or self._active.clashes(item) or len(self._rows.proxies(library_id)) >= AHEAD_MAX:
            return False
        work = self._active.begin([item])
        lanes.start(_PREPARING, partial(self._see_through, work, token, self._proxies.prepare))
        return True

    def _begin_sending(self, library_id: str, free: int, lanes: PerLibrary, token: CancelToken) -> float:
        """One after the other where the account has limits: whether the next may go is known once bytes have left.

        Returns in how many seconds a row that rests may be taken up.
        """
        waits = [IDLE_S]
        rows = list(self._rows.next_waiting(library_id, _LOOK_AHEAD))
        is_paid = self._means.is_paid(library_id)
        while rows and free > 0 and not (is_paid and self._active.is_starting(library_id)):
            item = rows.pop(0)
            if rest_s := self._unlisted.rest_s(item):
                waits.append(rest_s)
                continue
            if self._active.clashes(item):
                continue
            batch = [item]
            if not self._failures.goes_alone(item):
                free_rows = (
                    row for row in rows if not self._active.clashes(row) and not self._failures.goes_alone(row)
                )
                batch = list(together(item, free_rows))
            work = self._active.begin(batch)
            lanes.start(library_id, partial(self._see_through, work, token, self._send))
            free -= 1
        return min(waits)

    def _send(self, work: Work) -> None:
        first = work.items[0]
        client = self._means.clients(first.library_id, work.token)
        wait_s = client.wait_s(CallKind.UPLOAD)
        if wait_s > 0:
            self._failures.patience(first, wait_s, self._means.settings().limits.get(CallKind.UPLOAD))
            return
        self._sender.deliver(work, client)
        self._holds.succeeded(first.library_id)
        self._failures.forget(work.items)

    def _see_through(self, work: Work, token: CancelToken, do: Callable[[Work], None]) -> None:
        """Do the work; whatever happens, its rows are then in a state that says so."""
        try:
            token.check()  # work that begins while the queue ends has missed that it is stopped
            do(work)
        except Cancelled:
            self._sender.stopped(work.items)
            token.check()  # halted rows alone do not end the queue
        except CatalogProblem:
            raise
        except AppError as error:
            self._failures.note(work.items, error)
        except Exception as error:  # noqa: BLE001 - one file must never stop the others
            _log.exception("sending failed unexpectedly")
            details = f"{type(error).__name__}: {error}"
            self._failures.note(work.items, AppError(_("Something went wrong inside the program."), details=details))
        finally:
            self._active.end(work)
