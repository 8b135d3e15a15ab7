"""A month's usage: what a bar of the plot stands for, the table below it, and both in words."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import Enum

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from desktop_search.core.date_words import day_words, month_words
from desktop_search.core.language import N_, _, ngettext, number
from desktop_search.core.usage import DayUsage, total_of
from desktop_search.models.forecast_words import dollars
from desktop_search.models.headed_table import HeadedTable
from desktop_search.models.log_model import library_words
from desktop_search.models.transfer_words import size_words
from desktop_search.models.upload_words import failed_words

_NO_PARENT = QModelIndex()


class Measure(Enum):
    """What the bars show. The value is its title in English."""

    CALLS = N_("Calls")
    BYTES = N_("Bytes")
    STORED = N_("Stored")
    COST = N_("Cost")

    @property
    def title(self) -> str:
        """What it is called."""
        return _(self.value)

    def amount(self, row: DayUsage) -> float:
        """How much of it is in `row`."""
        if self is Measure.CALLS:
            return row.calls
        if self is Measure.STORED:
            return 0.0  # calls do not tell; see `stored_by_day`
        return row.sent_bytes + row.received_bytes if self is Measure.BYTES else row.cost

    def words(self, amount: float) -> str:
        """An amount: "340 calls", "1.2 GB", "$8.55"."""
        if self is Measure.CALLS:
            return ngettext("{count} call", "{count} calls", round(amount))
        if self is Measure.COST:
            return dollars(amount)
        return size_words(amount) if amount else _("0 kB")

    def tick(self, amount: float) -> str:
        """An amount beside the axis, as short as can be."""
        return number(amount) if self is Measure.CALLS or not amount else self.words(amount)


def by_day(rows: Sequence[DayUsage], month: date, measure: Measure) -> tuple[float, ...]:
    """One amount for each day of the month."""
    amounts = [0.0] * calendar.monthrange(month.year, month.month)[1]
    for row in rows:
        amounts[row.day.day - 1] += measure.amount(row)
    return tuple(amounts)


def stored_by_day(arrived: Iterable[Mapping[date, int]], month: date, until: date) -> tuple[float, ...]:
    """How many bytes there were at the end of each day of the month; `arrived` has what came, for each library.

    Days after `until` have not been: 0.
    """
    days = calendar.monthrange(month.year, month.month)[1]
    came = [0.0] * days
    before = 0.0
    for library in arrived:
        for day, size_bytes in library.items():
            if day < month:
                before += size_bytes
            elif (day.year, day.month) == (month.year, month.month):
                came[day.day - 1] += size_bytes
    past = days if (until.year, until.month) > (month.year, month.month) else until.day
    return tuple(before + sum(came[: day + 1]) if day < past else 0.0 for day in range(days))


def stored_words(size_bytes: float, cost_month: float) -> str:
    """ "120 GB were sent to be kept · about $3.60 a month"."""
    if not size_bytes:
        return _("Nothing was sent to be kept.")
    words = _("{size} were sent to be kept · about {cost} a month, unless some of it was deleted.")
    return words.format(size=size_words(size_bytes), cost=dollars(cost_month))


def plot_words(amounts: Sequence[float], month: date, measure: Measure) -> str:
    """The plot for those who do not see it: the sum, and every day that has something."""
    days = [f"{day}: {measure.words(amount)}" for day, amount in enumerate(amounts, 1) if amount]
    if not days:
        return _("{measure} by day in {month}: nothing.").format(measure=measure.title, month=month_words(month))
    if measure is Measure.STORED:
        at_end = measure.words(max(amounts))
        return _("Stored in {month}: {size} at the end.").format(month=month_words(month), size=at_end)
    return _("{measure} by day in {month}: {sum} in all. {days}.").format(
        measure=measure.title, month=month_words(month), sum=measure.words(sum(amounts)), days=", ".join(days)
    )


def total_words(rows: Sequence[DayUsage]) -> str:
    """ "1,204 calls (3 failed) · 120 GB sent · 14 MB received · about $8.67"."""
    total = total_of(rows)
    calls = Measure.CALLS.words(total.calls)
    if total.failed:
        calls += f" ({failed_words(total.failed)})"
    sent, received = Measure.BYTES.words(total.sent_bytes), Measure.BYTES.words(total.received_bytes)
    return _("{calls} · {sent} sent · {received} received · about {cost}").format(
        calls=calls, sent=sent, received=received, cost=dollars(total.cost)
    )


_CELLS: dict[str, Callable[[DayUsage], str]] = {
    N_("Day"): lambda row: day_words(row.day),
    N_("Library"): lambda row: library_words(row.library_id),
    N_("Endpoint"): lambda row: row.endpoint,
    N_("Calls"): lambda row: number(row.calls),
    N_("Failed"): lambda row: number(row.failed) if row.failed else "",
    N_("Sent"): lambda row: size_words(row.sent_bytes) if row.sent_bytes else "",
    N_("Received"): lambda row: size_words(row.received_bytes) if row.received_bytes else "",
    N_("Cost"): lambda row: dollars(row.cost) if row.cost else "",
}
COLUMNS = tuple(_CELLS)
_WORDS = frozenset({"Day", "Library", "Endpoint"})


class UsageModel(HeadedTable):
    """One line for each day, library and endpoint; the newest day first."""

    def __init__(self) -> None:
        super().__init__(COLUMNS, set(COLUMNS) - _WORDS)
        self._rows: tuple[DayUsage, ...] = ()

    @property
    def rows(self) -> tuple[DayUsage, ...]:
        """What is shown."""
        return self._rows

    def set_rows(self, rows: Sequence[DayUsage]) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows = tuple(sorted(rows, key=lambda row: (-row.day.toordinal(), row.library_id, row.endpoint)))
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """How many lines there are; none below a line."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return _CELLS[COLUMNS[index.column()]](self._rows[index.row()])
        return None
