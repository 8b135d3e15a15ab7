"""Usage, prices and budget with their work: counted, read and kept off the GUI thread, told when the budget nears."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_search.core.errors import AppError
from desktop_search.core.language import _
from desktop_search.core.token import CancelToken
from desktop_search.core.transfer_settings import PriceTable, TransferSettings
from desktop_search.core.usage import BudgetLevel, BudgetState, DayUsage
from desktop_search.jobs.runner import JobRunner
from desktop_search.models.forecast_words import dollars
from desktop_search.services.usage import UsageLedger
from desktop_search.settings.preferences import PreferencesStore
from desktop_search.ui.account.usage_dialog import UsageDialog
from desktop_search.ui.dialogs.dressing import bring_up

_COUNTING_LANE, _READING_LANE, _KEEPING_LANE = "usage", "usage months", "preferences"


@dataclass(frozen=True, slots=True)
class _Reading:
    settings: TransferSettings
    months: tuple[date, ...]
    rows: tuple[DayUsage, ...]
    stored: dict[str, dict[date, int]]
    today: date


class UsageController(QObject):
    """Runs the ledger's long job, and opens the one dialog.

    Signals:
        budget_told(object): the `BudgetState` as it is now.
        warned(str, bool): the budget is near (False) or reached (True), in words for the user.
        budget_freed(): the budget held calls back, and now it does not.
        settings_changed(): prices or budget are others.
        failed(object): an `AppError` while nobody looks at the dialog.
    """

    budget_told = Signal(object)
    warned = Signal(str, bool)
    budget_freed = Signal()
    settings_changed = Signal()
    failed = Signal(object)

    def __init__(self, runner: JobRunner, ledger: UsageLedger, store: PreferencesStore, window: QWidget) -> None:
        super().__init__(window)
        self._runner, self._ledger, self._store, self._window = runner, ledger, store, window
        self._dialog: UsageDialog | None = None
        self._budget: BudgetState | None = None
        self._has_settings = False  # whether the dialog shows those that are kept

    @property
    def dialog(self) -> UsageDialog | None:
        """The dialog while it is open."""
        return self._dialog

    def start(self) -> None:
        """Begin to write down what is counted, and to watch the budget."""
        self._runner.start(self._ledger.run, lane=_COUNTING_LANE, progress=self._on_told, failed=self.failed.emit)

    def open(self) -> None:
        """Show the dialog, or bring it to the front."""
        if self._dialog is not None:
            bring_up(self._dialog)
            return
        dialog = self._dialog = UsageDialog(self._window)
        dialog.month_asked.connect(lambda _month: self._read())
        dialog.prices.prices_changed.connect(self._on_prices_changed)
        dialog.prices.budget_changed.connect(self._on_budget_changed)
        dialog.prices.stops_changed.connect(self._on_stops_changed)
        dialog.destroyed.connect(self._on_destroyed)
        if self._budget is not None:
            dialog.show_budget(self._budget)
        dialog.show()
        self._has_settings = False
        self._read()

    def open_prices(self) -> None:
        """Show the dialog at the prices and the budget."""
        self.open()
        if self._dialog is not None:
            self._dialog.choose_prices()

    def _read(self) -> None:
        if self._dialog is None:
            return
        ledger, store, chosen = self._ledger, self._store, self._dialog.month

        def read(token: CancelToken, _report: object) -> _Reading:
            months = ledger.months()
            token.check()
            month = chosen if chosen in months else months[0]
            rows = ledger.month(month)
            token.check()
            return _Reading(store.load().transfers, months, rows, ledger.stored(), ledger.today)

        def show(reading: _Reading) -> None:
            if self._dialog is not None:
                self._dialog.show_months(reading.months)
                self._dialog.show_rows(reading.rows, reading.stored, reading.settings.prices, reading.today)
                if not self._has_settings:  # later ones are the user's, from this very form
                    self._has_settings = True
                    self._dialog.show_settings(reading.settings)

        job = self._runner.start(read, lane=_READING_LANE, done=show, failed=self._on_failed, latest_wins=True)
        self._dialog.reading.follow(job, _("Adding up what was used…"))

    def _on_told(self, news: BudgetState | AppError) -> None:
        if isinstance(news, AppError):
            self._on_failed(news)
            return
        before = self._budget.level if self._budget is not None else BudgetLevel.CLEAR
        held_back = self._budget is not None and self._budget.holds_back
        self._budget = news
        self.budget_told.emit(news)
        if news.level > before:
            self.warned.emit(warning_words(news), news.level is BudgetLevel.REACHED)
        if held_back and not news.holds_back:
            self.budget_freed.emit()
        if self._dialog is not None:
            self._dialog.show_budget(news)
            self._read()

    def _on_prices_changed(self, prices: PriceTable) -> None:
        self._keep(lambda now: replace(now, prices=prices))

    def _on_budget_changed(self, dollars_month: float) -> None:
        self._keep(lambda now: replace(now, budget_month=dollars_month))

    def _on_stops_changed(self, stops: bool) -> None:
        self._keep(lambda now: replace(now, budget_stops=stops))

    def _keep(self, change: Callable[[TransferSettings], TransferSettings]) -> None:
        store, ledger = self._store, self._ledger

        def keep(_token: object, _report: object) -> None:
            store.change_transfers(change)
            ledger.look_again()

        self._runner.start(keep, lane=_KEEPING_LANE, done=self._on_kept, failed=self._on_failed)

    def _on_kept(self, _nothing: Any) -> None:  # noqa: ANN401 - a job's end brings its value
        self.settings_changed.emit()

    def _on_failed(self, error: AppError) -> None:
        if self._dialog is not None:
            self._dialog.show_problem(str(error))
        else:
            self.failed.emit(error)

    def _on_destroyed(self) -> None:
        self._dialog = None


def warning_words(state: BudgetState) -> str:
    """What to say when the budget is near or reached."""
    if state.level is BudgetLevel.REACHED and not state.stops:
        words = _("This month's budget is spent ({spent} of {budget}). Calls go on, as you chose.")
    elif state.level is BudgetLevel.REACHED:
        words = _(
            "This month's budget is spent ({spent} of {budget}). Uploads wait; searches and imports of paid libraries "
            "are refused."
        )
    else:
        words = _("Four fifths of this month's budget are spent ({spent} of {budget}).")
    return words.format(spent=dollars(state.spent), budget=dollars(state.budget))
