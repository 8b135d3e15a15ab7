"""What was used and what it costs: by month, by library; bars by day, a table by endpoint, prices and budget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_search.core.costs import storage_cost_month
from desktop_search.core.date_words import month_words
from desktop_search.core.language import _
from desktop_search.core.library import CLOUD_ID
from desktop_search.core.transfer_settings import PriceTable, TransferSettings
from desktop_search.core.usage import BudgetLevel, BudgetState, DayUsage
from desktop_search.models.forecast_words import dollars
from desktop_search.models.log_model import library_words
from desktop_search.models.usage_model import (
    COLUMNS,
    Measure,
    UsageModel,
    by_day,
    stored_by_day,
    stored_words,
    total_words,
)
from desktop_search.ui.account.prices_form import PricesForm
from desktop_search.ui.account.usage_plot import UsagePlot
from desktop_search.ui.dialogs.dressing import close_box, dress_dialog, scrolled
from desktop_search.ui.list_parts import refill
from desktop_search.ui.progress_note import ProgressNote
from desktop_search.ui.style.labels import say, wrapped_label
from desktop_search.ui.tables import plain_table

_ALL, _PRICES = "", PriceTable()
_WIDTHS_PX = {
    COLUMNS.index(name): width_px
    for name, width_px in {
        "Day": 100,
        "Library": 128,
        "Calls": 72,
        "Failed": 64,
        "Sent": 80,
        "Received": 84,
        "Cost": 76,
    }.items()
}


class UsageDialog(QDialog):
    """Shows what it is given; the window behind stays usable.

    Signals:
        month_asked(object): the first day of the month to be shown.
    """

    month_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress_dialog(self, _("Usage and costs"), size=(800, 620), least=(740, 480))
        self._rows: tuple[DayUsage, ...] = ()
        self._stored: dict[str, Mapping[date, int]] = {}
        self._prices, self._until = _PRICES, date.max
        self.month_box, self.library_box = QComboBox(), QComboBox()
        self.month_box.setAccessibleName(_("Month"))
        self.library_box.setAccessibleName(_("Library"))
        self.endpoint_box = QComboBox()
        self.endpoint_box.setAccessibleName(_("Kind of call"))
        self.endpoint_box.currentIndexChanged.connect(self._show_rows)
        for box in (self.month_box, self.library_box, self.endpoint_box):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.month_box.activated.connect(lambda: self.month_asked.emit(self.month))
        self.library_box.currentIndexChanged.connect(self._show_rows)
        self.measures = QButtonGroup(self)
        self.plot = UsagePlot()
        self.model = UsageModel()
        self.model.setParent(self)
        self.table = plain_table(self.model, _("Usage by day and endpoint"), _WIDTHS_PX, COLUMNS.index("Endpoint"))
        self.prices = PricesForm()
        self._total, self._budget = wrapped_label(""), wrapped_label("caption")
        self._problem = wrapped_label("problem")
        self.reading = ProgressNote(_("Adding up what was used"))
        self.tabs = QTabWidget()
        self.tabs.addTab(self._usage_page(), _("Usage"))
        self.tabs.addTab(scrolled(self.prices), _("Prices and budget"))
        self._lay_out()
        self.show_problem("")

    @property
    def month(self) -> date | None:
        """The month that is chosen, by its first day; `None` before there is any."""
        chosen: date | None = self.month_box.currentData()
        return chosen

    @property
    def measure(self) -> Measure:
        """What the bars show."""
        return list(Measure)[self.measures.checkedId()]

    @property
    def words(self) -> str:
        """The sum of what is shown, and how the budget stands."""
        return "\n".join(label.text() for label in (self._total, self._budget) if label.text())

    def show_months(self, months: Sequence[date]) -> None:
        """Offer these, newest first; the chosen one stays chosen."""
        refill(self.month_box, [(month_words(month), month) for month in months])

    def show_rows(
        self,
        rows: Sequence[DayUsage],
        stored: Mapping[str, Mapping[date, int]] | None = None,
        prices: PriceTable = _PRICES,
        until: date = date.max,
    ) -> None:
        """Show what was used in the chosen month; `stored` is how many bytes each library got on each day.

        `until` is today.
        """
        self._until = until
        self._rows, self._stored, self._prices = tuple(rows), dict(stored or {}), prices
        libraries = sorted({*(row.library_id for row in rows), *self._stored})
        refill(self.library_box, [(_("All libraries"), _ALL), *((library_words(each), each) for each in libraries)])
        endpoints = sorted({row.endpoint for row in rows})
        refill(self.endpoint_box, [(_("All calls"), _ALL), *((each, each) for each in endpoints)])
        self.show_problem("")
        self._show_rows()

    def show_budget(self, state: BudgetState) -> None:
        """Say how this month stands."""
        spent = dollars(state.spent)
        self._budget.setText(
            _("{spent} spent this month of a budget of {budget}").format(spent=spent, budget=dollars(state.budget))
            if state.budget
            else _("{spent} spent this month, no budget").format(spent=spent)
        )
        self._budget.setProperty("role", "problem" if state.level is BudgetLevel.REACHED else "caption")
        self._budget.style().polish(self._budget)

    def show_settings(self, settings: TransferSettings) -> None:
        """Show prices and budget as they are kept; what is being typed stays."""
        self.prices.show_prices(settings.prices, settings.budget_month, stops=settings.budget_stops, keeps_typed=True)

    def show_problem(self, words: str) -> None:
        """Say what went wrong; "" when nothing did."""
        say(self._problem, words)

    def choose_prices(self) -> None:
        """Go to the prices and the budget."""
        self.tabs.setCurrentIndex(1)
        self.prices.budget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_rows(self) -> None:
        library_id, endpoint = self.library_box.currentData(), self.endpoint_box.currentData()
        shown = [row for row in self._rows if library_id in (_ALL, row.library_id) and endpoint in (_ALL, row.endpoint)]
        self.model.set_rows(shown)
        self.table.setColumnHidden(COLUMNS.index("Library"), len({row.library_id for row in shown}) < 2)
        self._total.setText(total_words(shown) if shown else _("Nothing was used in this month."))
        if self.month is None:
            return
        amounts = by_day(shown, self.month, self.measure)
        if self.measure is Measure.STORED:
            of = [days for each, days in self._stored.items() if library_id in (_ALL, each)]
            amounts = stored_by_day(of, self.month, self._until)
            paid = self._stored.get(CLOUD_ID, {}) if library_id in (_ALL, CLOUD_ID) else {}
            cost = storage_cost_month(int(max(stored_by_day([paid], self.month, self._until))), self._prices)
            self._total.setText(stored_words(max(amounts), cost))
        self.plot.show_month(amounts, self.month, self.measure)

    def _usage_page(self) -> QWidget:
        page = QWidget()
        head = QHBoxLayout()
        head.addWidget(self.month_box)
        head.addWidget(self.library_box)
        head.addWidget(self.endpoint_box)
        head.addStretch(1)
        segments = QHBoxLayout()
        segments.setSpacing(0)
        for place, measure in enumerate(Measure):
            segments.addWidget(self._segment(place, measure))
        head.addLayout(segments)
        self.measures.idClicked.connect(lambda _id: self._show_rows())
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.plot)
        column.addWidget(self._total)
        column.addWidget(self._budget)
        column.addWidget(self.table, 1)
        return page

    def _segment(self, place: int, measure: Measure) -> QToolButton:
        button = QToolButton()
        button.setText(measure.title)
        button.setCheckable(True)
        button.setProperty("role", "segment")
        button.setProperty("place", ("first", *("middle",) * (len(Measure) - 2), "last")[place])
        button.setChecked(measure is Measure.COST)
        button.setAccessibleName(_("Bars show: {measure}").format(measure=measure.title))
        self.measures.addButton(button, place)
        return button

    def _lay_out(self) -> None:
        close = close_box(self)
        column = QVBoxLayout(self)
        column.addWidget(self.tabs, 1)
        column.addWidget(self._problem)
        column.addWidget(self.reading)
        column.addWidget(close)
        self.reading.hide()  # a layout shows what it is given
