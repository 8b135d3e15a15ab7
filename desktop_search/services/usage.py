"""The usage ledger at work: calls are counted in memory, written down once a second, and held to the budget."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.transfer_log import TransferLogTable
from desktop_search.catalog.usage import UsageTable
from desktop_search.core.calls import CallKind, CallRecord
from desktop_search.core.costs import PAID_KINDS, call_cost
from desktop_search.core.date_words import long_day_words
from desktop_search.core.errors import AppError, BudgetReached
from desktop_search.core.language import _, number
from desktop_search.core.token import CancelToken
from desktop_search.core.transfer_settings import TransferSettings
from desktop_search.core.usage import BudgetState, DayUsage, month_of, next_month
from desktop_search.transfers.bell import Bell

_log = logging.getLogger(__name__)

_WRITE_EVERY_S = 1.0  # as much may be missing after a crash; uploads and imports are written down at once
_LOOK_EVERY_S = 60.0  # a new month begins without a call
_AT_ONCE = frozenset({CallKind.UPLOAD, CallKind.IMPORT})


def today() -> date:
    """The day by the user's calendar."""
    return datetime.now().astimezone().date()


class UsageLedger:
    """Counts and adds up. Safe from any thread; methods that read or write the disk are not for the GUI thread."""

    def __init__(
        self, catalog: Catalog, settings: Callable[[], TransferSettings], *, today: Callable[[], date] = today
    ) -> None:
        self._settings, self._today = settings, today
        self._table, self._log = UsageTable(catalog), TransferLogTable(catalog)
        self._pending: dict[tuple[str, date, str], DayUsage] = {}
        self._on_its_way: dict[tuple[str, date, str], DayUsage] = {}  # to the disk; counts until it is there
        self._lock, self._writing = threading.Lock(), threading.Lock()
        self._bell = Bell()

    def count(self, library_id: str, record: CallRecord, *, is_paid: bool) -> None:
        """A call has ended. Never raises: what cannot be written now is kept for the next time."""
        try:
            cost = call_cost(record, self._settings().prices) if is_paid else 0.0
            self._note(
                DayUsage(
                    library_id,
                    self._today(),
                    record.endpoint,
                    1,
                    int(not record.succeeded),
                    record.sent_bytes,
                    record.received_bytes,
                    cost,
                )
            )
            if record.kind in _AT_ONCE:
                self.flush()
        except AppError as error:
            _log.info("a call was counted, but not written down yet: %s (%s)", error, error.details)

    def spend(self, library_id: str, endpoint: str, cost: float) -> None:
        """Something that was asked for by `endpoint` turned out to cost so many dollars; written down at once.

        Inside a transaction of the catalog it is part of that. Raises `CatalogProblem`, `DiskFull`.
        """
        if cost:
            self._table.add([DayUsage(library_id, self._today(), endpoint, cost=cost)])
            self._bell.ring()

    def budget(self) -> BudgetState:
        """How this month's spending stands. Raises `CatalogProblem`."""
        month = month_of(self._today())
        with self._lock:  # first, so that what is being written may count twice for a moment, but is never missed
            unwritten = (*self._pending.values(), *self._on_its_way.values())
        pending = sum(row.cost for row in unwritten if month_of(row.day) == month)
        settings = self._settings()
        return BudgetState(self._table.spent(month) + pending, settings.budget_month, settings.budget_stops)

    def check(self, kind: CallKind, cost: float = 0.0) -> None:
        """Raises `BudgetReached` when a paid call of that kind, or one of that cost, would pass the budget."""
        settings = self._settings()
        if kind not in PAID_KINDS or settings.budget_month <= 0 or not settings.budget_stops:
            return
        state = self.budget()
        if not state.allows(cost):
            raise _reached(state, cost, next_month(month_of(self._today())))

    def month(self, month: date) -> tuple[DayUsage, ...]:
        """All that was used in the month of that day, by day. Raises `CatalogProblem`, `DiskFull`."""
        self.flush()
        return self._table.month(month)

    @property
    def today(self) -> date:
        """The day that calls are counted for now."""
        return self._today()

    def stored(self) -> dict[str, dict[date, int]]:
        """How many bytes each library got on each day; not what was deleted there again. Raises as `months`."""
        return self._log.arrived_by_day()

    def months(self) -> tuple[date, ...]:
        """The months that have anything, and this one; newest first. Raises `CatalogProblem`."""
        return tuple(sorted({*self._table.months(), month_of(self._today())}, reverse=True))

    def flush(self) -> None:
        """Write down what was counted. Raises `CatalogProblem`, `DiskFull`; what was counted is kept then."""
        with self._writing:
            with self._lock:
                self._on_its_way, self._pending = self._pending, {}
                rows = tuple(self._on_its_way.values())
            try:
                if rows:
                    self._table.add(rows)
            except BaseException:
                for row in rows:
                    self._note(row)
                raise
            finally:
                with self._lock:
                    self._on_its_way = {}

    def run(self, token: CancelToken, report: Callable[[Any], None]) -> None:
        """Write once a second until cancelled. Raises `Cancelled`.

        Reports each `BudgetState` that differs, and an `AppError` when nothing can be written for now.
        """
        told: object = None
        while True:
            heard = self._bell.rings
            news: object = None
            try:
                self.flush()
                news = self.budget()
            except AppError as error:
                if not isinstance(told, AppError):
                    news = error
            if news is not None and news != told:
                told = news
                report(news)
            token.wait(_WRITE_EVERY_S)  # whatever comes meanwhile is written together
            self._bell.wait(heard, _LOOK_EVERY_S, token)

    def look_again(self) -> None:
        """The budget or the prices were changed: `run` tells the new state."""
        self._bell.ring()

    def close(self) -> None:
        """Write down the rest, before the catalog is closed."""
        try:
            self.flush()
        except AppError as error:
            _log.error("the last calls were not counted: %s (%s)", error, error.details)

    def _note(self, row: DayUsage) -> None:
        with self._lock:
            known = self._pending.get(row.key)
            self._pending[row.key] = known.plus(row) if known else row
        self._bell.ring()


def _reached(state: BudgetState, cost: float, until: date) -> BudgetReached:
    spent, budget, costs = (number(dollars, 2) for dollars in (state.spent, state.budget, cost))
    if cost:
        words = _(
            "The budget is reached: ${spent} of the ${budget} that you set for this month are spent; this would cost "
            "about ${costs}."
        ).format(spent=spent, budget=budget, costs=costs)
    else:
        words = _("The budget is reached: ${spent} of the ${budget} that you set for this month are spent.").format(
            spent=spent, budget=budget
        )
    hint = _("Raise it under File → Usage and costs, or wait until {day}.").format(
        day=long_day_words(until, year=False)
    )
    return BudgetReached(words, hint=hint)
