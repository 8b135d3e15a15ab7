"""The prices that costs are reckoned with, and the month's budget. Each value applies as soon as it was entered."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QDoubleSpinBox,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_search.core.date_words import day_words
from desktop_search.core.language import _
from desktop_search.core.transfer_settings import PriceTable
from desktop_search.ui.style.labels import wrapped_label
from desktop_search.ui.style.spins import NumberSpin, indent

_TITLES = {
    "index_per_1000_min": (_("Indexing for &search"), _(" per 1,000 min")),
    "search_per_1000": (_("S&earches"), _(" per 1,000")),
    "transcript_per_1000": (_("Trans&cripts and captions"), _(" per 1,000")),
    "storage_per_gb_month": (_("S&torage"), _(" per GB and month")),
    "download_per_gb": (_("&Downloads"), _(" per GB")),
    "youtube_per_gb": (_("Imports from &YouTube"), _(" per GB")),
    "post_per_video": (_("Imports from TikTok and &Instagram"), _(" per video")),
}
_PRICE_MAX, _BUDGET_MAX = 100_000.0, 10_000_000.0
_FIELD_PX = 180  # Qt would make room for the largest price there may be


class PricesForm(QWidget):
    """Shows what it is given by `show_prices`; the user's changes go out by signals.

    Signals:
        prices_changed(object): the `PriceTable` as it is now.
        budget_changed(float): dollars for a calendar month; 0 for no budget.
        stops_changed(bool): whether nothing that costs is called once it is spent.
    """

    prices_changed = Signal(object)
    budget_changed = Signal(float)
    stops_changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._prices, self._budget_month = PriceTable(), 0.0
        self.budget = NumberSpin()
        self.budget.setRange(0, _BUDGET_MAX)
        self.budget.setDecimals(2)
        self.budget.setPrefix("$")
        self.budget.setMinimumWidth(_FIELD_PX)
        indent(self.budget)
        self.budget.setSpecialValueText(_("No budget"))
        self.budget.setAccessibleName(_("Budget for a month, in dollars"))
        self.budget.editingFinished.connect(self._on_budget_edited)
        self.stops = QCheckBox(_("Stop &before paid calls once it is spent"))
        self.stops.toggled.connect(self.stops_changed)
        self.fields = {name: _price_field(name) for name in _TITLES}
        for field in self.fields.values():
            field.editingFinished.connect(self._on_price_edited)
        self.read_on = QDateEdit()
        self.read_on.setCalendarPopup(True)
        self.read_on.setDisplayFormat(_("d MMM yyyy"))
        self.read_on.setAccessibleName(_("When the prices were read"))
        self.read_on.editingFinished.connect(self._on_date_edited)
        self._typed: set[QDoubleSpinBox] = set()
        for field in (self.budget, *self.fields.values()):
            field.lineEdit().textEdited.connect(lambda _text, field=field: self._typed.add(field))
        self.documented = QPushButton(_("Back to the prices of {day}").format(day=day_words(PriceTable().read_on)))
        self.documented.setAutoDefault(False)
        self.documented.clicked.connect(lambda: self._take(PriceTable()))
        self._lay_out()
        self.show_prices(self._prices, self._budget_month)

    def show_prices(
        self, prices: PriceTable, budget_month: float, *, stops: bool = True, keeps_typed: bool = False
    ) -> None:
        """Show what is kept; with `keeps_typed` a value that was typed stays."""
        self._prices, self._budget_month = prices, budget_month
        self.stops.blockSignals(True)
        self.stops.setChecked(stops)
        self.stops.blockSignals(False)
        values = {self.budget: budget_month} | {field: getattr(prices, name) for name, field in self.fields.items()}
        for field, value in values.items():
            if not (keeps_typed and field in self._typed):
                field.setValue(value)
        self.read_on.setDate(QDate(prices.read_on.year, prices.read_on.month, prices.read_on.day))
        self.documented.setEnabled(prices != PriceTable())

    def _on_budget_edited(self) -> None:
        if self.budget.value() != self._budget_month:
            self._budget_month = self.budget.value()
            self.budget_changed.emit(self._budget_month)

    def _on_price_edited(self) -> None:
        """A value that was changed was read today."""
        values = {name: field.value() for name, field in self.fields.items()}
        if any(getattr(self._prices, name) != value for name, value in values.items()):
            self._take(replace(self._prices, **values, read_on=QDate.currentDate().toPython()))  # type: ignore[arg-type]

    def _on_date_edited(self) -> None:
        day = self.read_on.date().toPython()
        if day != self._prices.read_on:
            self._take(replace(self._prices, read_on=day))  # type: ignore[arg-type]

    def _take(self, prices: PriceTable) -> None:
        self.show_prices(prices, self._budget_month, stops=self.stops.isChecked())
        self.prices_changed.emit(prices)

    def _lay_out(self) -> None:
        budget = QGroupBox(_("Budget for each month"))
        column = QVBoxLayout(budget)
        column.addWidget(
            wrapped_label(
                "caption",
                _(
                    "When four fifths of it are spent, and when all of it is, the window says so. Where it stops paid "
                    "calls, uploads then wait, and searches and imports are refused, until you raise it or the next "
                    "month begins."
                ),
            )
        )
        line = QHBoxLayout()
        line.addWidget(self.budget)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self.stops)
        prices = QGroupBox(_("Prices"))
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for name, field in self.fields.items():
            form.addRow(_TITLES[name][0], field)
        form.addRow(_("&Read on"), self.read_on)
        rows = QVBoxLayout(prices)
        rows.addWidget(
            wrapped_label("caption", _("In US dollars, as on the service's page of prices. Costs are estimates."))
        )
        rows.addLayout(form)
        foot = QHBoxLayout()
        foot.addWidget(self.documented)
        foot.addStretch(1)
        rows.addLayout(foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 8, 0, 0)
        whole.addWidget(budget)
        whole.addWidget(prices)
        whole.addStretch(1)


class _PriceField(NumberSpin):
    """Shows no more digits than there are, but two at the least."""

    def textFromValue(self, value: float) -> str:
        """ "15.00", "0.002"."""
        whole, point, digits = super().textFromValue(value).rpartition(self.locale().decimalPoint())
        return f"{whole}{point}{digits.rstrip('0').ljust(2, '0')}" if point else digits


def _price_field(name: str) -> QDoubleSpinBox:
    title, per = _TITLES[name]
    field = _PriceField()
    field.setRange(0, _PRICE_MAX)
    field.setDecimals(4)
    field.setPrefix("$")
    field.setSuffix(per)
    field.setSingleStep(0.01)
    field.setMinimumWidth(_FIELD_PX)
    field.setAccessibleName(_("Price: {title}{per}").format(title=title.replace("&", ""), per=per))
    indent(field)
    return field
