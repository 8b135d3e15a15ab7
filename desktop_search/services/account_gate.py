"""One gate for each account: what all calls to it pass, whoever makes them. Limits, counting and the budget in one."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from desktop_search.api.limiter import Limiter
from desktop_search.catalog.database import Catalog
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.calls import CallKind, CallRecord, Gate, OpenGate
from desktop_search.core.library import Library
from desktop_search.core.token import CancelToken
from desktop_search.core.transfer_settings import TransferSettings
from desktop_search.services.usage import UsageLedger
from desktop_search.transfers.clock import WakingClock

_REMEMBERED_MS = 3_600_000


class AccountGates:
    """Makes the gates and keeps them. The limits and the budget of the settings hold where calls cost."""

    def __init__(self, settings: Callable[[], TransferSettings], ledger: UsageLedger, catalog: Catalog) -> None:
        """`catalog` knows what earlier runs of the program have sent: limits go on over a restart."""
        self._settings, self._ledger, self._uploads = settings, ledger, UploadsTable(catalog)
        self._lock = threading.Lock()
        self._gates: dict[str, Gate] = {}

    def gate_of(self, library: Library) -> Gate:
        """The gate of the library's account. The same account behind another name of the library has the same.

        Raises `CatalogProblem`; not for the GUI thread.
        """
        with self._lock:
            account = library.base_url or library.library_id
            if account not in self._gates:
                self._gates[account] = self._made(library)
            return self._gates[account]

    def _made(self, library: Library) -> Gate:
        if library.is_local:
            return OpenGate()
        # Nobody knows the limits of a server of one's own; when it refuses a call, that is learned.
        limits = Limiter(lambda: self._settings().limits if library.is_paid else {}, clock_s=WakingClock().now_s)
        if library.is_paid:
            now_ms = time.time_ns() // 1_000_000
            for begun_ms in self._uploads.begun_since(library.library_id, now_ms - _REMEMBERED_MS):
                limits.recall(CallKind.UPLOAD, max(0, now_ms - begun_ms) / 1000)
        return _CountedGate(limits, library, self._ledger)


class _CountedGate:
    """Counts what passes, and lets nothing through that the month's budget does not allow."""

    def __init__(self, limits: Gate, library: Library, ledger: UsageLedger) -> None:
        self._limits, self._library, self._ledger = limits, library, ledger

    def enter(self, kind: CallKind, token: CancelToken) -> None:
        """Raises `BudgetReached` before waiting, and whatever the limits raise."""
        if self._library.is_paid:
            self._ledger.check(kind)
        self._limits.enter(kind, token)

    def wait_s(self, kind: CallKind, spare: int = 0) -> float:
        """As the limits say."""
        return self._limits.wait_s(kind, spare)

    def left(self, record: CallRecord) -> None:
        """The call is counted, whatever its end; one that succeeded is charged."""
        self._limits.left(record)
        self._ledger.count(self._library.library_id, record, is_paid=self._library.is_paid)
