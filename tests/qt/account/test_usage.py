"""Usage on the screen: by month, library and measure; prices and budget that apply at once; warnings told once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtWidgets import QDoubleSpinBox

from desktop_search.catalog.usage import UsageTable
from desktop_search.core.transfer_log import SentAs
from desktop_search.core.transfer_settings import PriceTable, TransferSettings
from desktop_search.core.usage import BudgetState, DayUsage
from desktop_search.models.usage_model import Measure
from desktop_search.services.usage import UsageLedger
from desktop_search.settings.preferences import PreferencesStore
from desktop_search.ui.account.usage_controller import UsageController
from desktop_search.ui.account.usage_dialog import UsageDialog
from desktop_search.ui.account.usage_plot import nice_top
from tests.qt.account.conftest import LINE, Office
from tests.support.focus import wait_exposed

TODAY = date(2026, 11, 21)
CLOUD, OWN = "memories.ai", "https://own.example"
USED = (
    DayUsage(CLOUD, date(2026, 11, 2), "/search", 1_200, 3, 120_000, 14_000_000, 0.1197),
    DayUsage(CLOUD, date(2026, 11, 20), "/upload", 500, 0, 120_000_000_000, 400_000, 8.55),
    DayUsage(OWN, date(2026, 11, 20), "/search", 40, 0, 4_000, 400_000, 0),
    DayUsage(CLOUD, date(2026, 10, 31), "/search", 7, 0, 700, 70_000, 0.0007),
)


class Till:
    """Ledger, settings and controller."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office, self.store = office, PreferencesStore(folder / "preferences.json")
        self.ledger = UsageLedger(office.catalog, lambda: self.store.load().transfers, today=lambda: TODAY)
        self.controller = UsageController(office.runner, self.ledger, self.store, office.window)
        self.told: list[BudgetState] = []
        self.warned: list[tuple[str, bool]] = []
        self.freed: list[bool] = []
        self.controller.budget_told.connect(self.told.append)
        self.controller.warned.connect(lambda words, reached: self.warned.append((words, reached)))
        self.controller.budget_freed.connect(lambda: self.freed.append(True))

    def use(self, *rows: DayUsage) -> None:
        UsageTable(self.office.catalog).add(rows)

    def wait(self, condition: Callable[[], bool]) -> None:
        self.office.qtbot.waitUntil(condition, timeout=15_000)

    def open(self) -> UsageDialog:
        self.controller.open()
        dialog = self.controller.dialog
        assert dialog is not None
        wait_exposed(self.office.qtbot, dialog)
        self.wait(lambda: dialog.month is not None)
        return dialog

    def transfers(self) -> TransferSettings:
        return self.store.load().transfers


@pytest.fixture
def till(office: Office, tmp_path: Path) -> Till:
    return Till(office, tmp_path)


def enter(till: Till, field: QDoubleSpinBox, text: str) -> None:
    field.setFocus()
    field.selectAll()
    till.office.qtbot.keyClicks(field, text)
    till.office.qtbot.keyClick(field, Qt.Key.Key_Return)


def test_a_month_is_shown_by_library_and_measure(till: Till) -> None:
    till.use(*USED)
    dialog = till.open()
    till.wait(lambda: dialog.model.rowCount() == 3)
    assert dialog.month_box.currentText() == "November 2026"
    assert dialog.words.startswith("1,740 calls (3 failed) · 120 GB sent · 15 MB received · about $8.67")
    assert dialog.measure is Measure.COST
    assert "$8.67 in all. 2: $0.12, 20: $8.55." in dialog.plot.accessibleDescription()
    calls = dialog.measures.button(list(Measure).index(Measure.CALLS))
    till.office.qtbot.mouseClick(calls, Qt.MouseButton.LeftButton)
    assert "2: 1,200 calls, 20: 540 calls" in dialog.plot.accessibleDescription()
    dialog.library_box.setCurrentIndex(dialog.library_box.findData(OWN))
    assert [row.endpoint for row in dialog.model.rows] == ["/search"]
    assert "20: 40 calls." in dialog.plot.accessibleDescription()
    dialog.month_box.setCurrentIndex(1)
    dialog.month_box.activated.emit(1)
    till.wait(lambda: "October 2026" in dialog.plot.accessibleDescription())
    assert dialog.library_box.currentText() == "All libraries"  # the other one has nothing in October
    assert dialog.words.startswith("7 calls")


def test_a_month_without_use_says_so(till: Till) -> None:
    dialog = till.open()
    till.wait(lambda: dialog.words.startswith("Nothing was used in this month."))


def test_a_day_says_its_amount_under_the_pointer_and_by_keys(till: Till) -> None:
    till.use(*USED)
    dialog = till.open()
    till.wait(lambda: dialog.model.rowCount() == 3)
    plot, qtbot = dialog.plot, till.office.qtbot
    bar = plot.bar_of(20)
    assert bar.height() > 60
    assert plot.grab().toImage().pixelColor(bar.center()).name() == "#f2a33c"  # the theme's accent
    qtbot.mouseMove(plot, QPoint(bar.center().x(), 40))
    till.wait(lambda: plot.marked_words == "20 Nov: $8.55")
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert plot.marked_words == "21 Nov: $0.00"
    qtbot.mouseMove(plot, QPoint(2, 2))
    till.wait(lambda: plot.marked_words == "")
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    assert plot.marked_words == "30 Nov: $0.00"


def test_prices_and_budget_apply_as_soon_as_they_are_entered(till: Till) -> None:
    till.controller.open_prices()
    dialog = till.controller.dialog
    assert dialog is not None
    form = dialog.prices
    till.wait(lambda: dialog.month is not None)
    assert form.budget.text() == "No budget"
    with till.office.qtbot.waitSignal(till.controller.settings_changed):
        enter(till, form.fields["index_per_1000_min"], "20.5")
    prices = till.transfers().prices
    assert (prices.index_per_1000_min, prices.read_on) == (20.5, QDate.currentDate().toPython())
    with till.office.qtbot.waitSignal(till.controller.settings_changed):
        enter(till, form.budget, "40")
    assert till.transfers().budget_month == 40
    assert till.transfers().prices == prices
    form.read_on.setDate(QDate(2026, 12, 24))
    with till.office.qtbot.waitSignal(till.controller.settings_changed):
        till.office.qtbot.keyClick(form.read_on, Qt.Key.Key_Return)
    assert till.transfers().prices.read_on == date(2026, 12, 24)
    with till.office.qtbot.waitSignal(till.controller.settings_changed):
        till.office.qtbot.mouseClick(form.documented, Qt.MouseButton.LeftButton)
    assert till.transfers().prices == PriceTable()
    assert not form.documented.isEnabled()


@pytest.mark.parametrize(
    ("typed", "meant"), [("12,50", 12.5), ("12.50", 12.5), (",5", 0.5), ("1,250.50", 1250.5), ("40", 40.0)]
)
def test_a_comma_is_a_decimal_sign_too(till: Till, typed: str, meant: float) -> None:
    """Else a budget of 12,50 would be one of 1250."""
    till.controller.open_prices()
    dialog = till.controller.dialog
    assert dialog is not None
    till.wait(lambda: dialog.month is not None)
    field = dialog.prices.budget
    field.lineEdit().selectAll()
    field.lineEdit().insert(typed)  # as pasted
    with till.office.qtbot.waitSignal(till.controller.settings_changed):
        till.office.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert till.transfers().budget_month == meant
    price = dialog.prices.fields["index_per_1000_min"]
    if typed.count(",") + typed.count(".") < 2:
        with till.office.qtbot.waitSignal(till.controller.settings_changed):
            enter(till, price, typed)
        assert till.transfers().prices.index_per_1000_min == meant


def test_what_is_kept_is_what_the_form_opens_with(till: Till) -> None:
    till.store.update(transfers=TransferSettings(budget_month=12.5, prices=PriceTable(date(2027, 1, 2), 99.0)))
    dialog = till.open()
    till.wait(lambda: dialog.prices.budget.value() == 12.5)
    assert dialog.prices.fields["index_per_1000_min"].text() == "$99.00 per 1,000 min"
    assert dialog.prices.fields["post_per_video"].text() == "$0.002 per video"
    assert dialog.prices.read_on.date() == QDate(2027, 1, 2)


def test_the_budget_warns_then_says_it_is_spent_and_is_freed(till: Till) -> None:
    till.store.update(transfers=TransferSettings(budget_month=10))
    till.use(USED[1])
    till.controller.start()
    till.wait(lambda: bool(till.warned))
    assert till.warned == [("Four fifths of this month's budget are spent ($8.55 of $10.00).", False)]
    till.ledger.spend(CLOUD, "/upload", 1.45)
    till.wait(lambda: len(till.warned) == 2)
    assert till.warned[1][0].startswith("This month's budget is spent ($10.00 of $10.00).")
    assert till.warned[1][1]
    assert till.freed == []
    dialog = till.open()
    till.wait(lambda: "$10.00 spent this month of a budget of $10.00" in dialog.words)
    dialog.choose_prices()
    enter(till, dialog.prices.budget, "100")
    till.wait(lambda: till.freed == [True])
    till.wait(lambda: "of a budget of $100.00" in dialog.words)
    assert len(till.warned) == 2


@pytest.mark.parametrize(
    ("measure", "most", "top"),
    [
        (Measure.CALLS, 0, 4),
        (Measure.CALLS, 1, 4),
        (Measure.CALLS, 9, 12),
        (Measure.CALLS, 540, 600),
        (Measure.CALLS, 1_201, 2_000),
        (Measure.COST, 8.55, 10),
        (Measure.COST, 0.0003, 0.0004),
        (Measure.BYTES, 120e9, 200e9),
    ],
)
def test_the_axis_ends_at_a_round_number(measure: Measure, most: float, top: float) -> None:
    assert nice_top(most, measure) == pytest.approx(top)


def test_what_is_stored_and_one_kind_of_call_are_shown_by_themselves(till: Till) -> None:
    till.use(*USED)
    sent = replace(LINE, ended_ms=1_795_267_020_000, size_bytes=2_000_000_000)  # 21 November 2026
    till.office.log(sent, replace(sent, sent_as=SentAs.IN_PLACE))
    dialog = till.open()
    till.wait(lambda: dialog.endpoint_box.count() == 3)
    dialog.endpoint_box.setCurrentIndex(dialog.endpoint_box.findData("/upload"))
    assert {row.endpoint for row in dialog.model.rows} == {"/upload"}
    stored = dialog.measures.button(list(Measure).index(Measure.STORED))
    till.office.qtbot.mouseClick(stored, Qt.MouseButton.LeftButton)
    assert dialog.words.startswith("2.0 GB were sent to be kept · about $0.06 a month")
    assert "2.0 GB at the end" in dialog.plot.accessibleDescription()


def test_a_budget_can_be_told_not_to_stop(till: Till) -> None:
    dialog = till.open()
    dialog.choose_prices()
    dialog.prices.stops.setFocus()
    till.office.qtbot.keyClick(dialog.prices.stops, Qt.Key.Key_Space)
    till.wait(lambda: not till.transfers().budget_stops)


def test_news_of_the_budget_leave_the_form_what_is_kept_and_what_is_typed(till: Till) -> None:
    till.store.update(transfers=TransferSettings(budget_month=12.5, prices=PriceTable(date(2027, 1, 2), 99.0)))
    till.controller.open_prices()
    dialog = till.controller.dialog
    assert dialog is not None
    dialog.prices.budget.selectAll()
    till.office.qtbot.keyClicks(dialog.prices.budget, "4")
    till.controller._on_told(BudgetState(1.0, 12.5))  # which reads once more, in the place of the first time
    till.wait(lambda: dialog.prices.fields["index_per_1000_min"].value() == 99.0)
    till.office.qtbot.keyClicks(dialog.prices.budget, "0")
    with till.office.qtbot.waitSignal(till.controller.settings_changed):
        till.office.qtbot.keyClick(dialog.prices.budget, Qt.Key.Key_Return)
    assert till.transfers().budget_month == 40
    assert till.transfers().prices.index_per_1000_min == 99.0
