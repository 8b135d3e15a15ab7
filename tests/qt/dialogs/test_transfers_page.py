from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QTimeEdit, QToolButton

from desktop_search.core.calls import CallKind
from desktop_search.core.transfer_settings import (
    DOCUMENTED_LIMITS,
    BandwidthHours,
    PriceTable,
    RateLimit,
    TransferSettings,
)
from desktop_search.ui.dialogs.preferences_controller import PreferencesController
from desktop_search.ui.dialogs.transfers_page import TransfersPage
from tests.qt.library.conftest import Desk


@pytest.fixture
def page(desk: Desk) -> Iterator[Callable[[], TransfersPage]]:
    """Opens the page of the dialog."""
    controller = PreferencesController(desk.runner, desk.preferences, desk.libraries, desk.folders, desk.window)

    def open_it() -> TransfersPage:
        controller.open()
        desk.qtbot.waitUntil(lambda: controller.dialog is not None and controller.dialog.isVisible())
        assert controller.dialog is not None
        controller.dialog.pages.setCurrentIndex(1)
        return controller.dialog.transfers

    yield open_it
    if controller.dialog is not None:
        with desk.qtbot.waitSignal(controller.dialog.destroyed):
            controller.dialog.close()


def kept(desk: Desk) -> TransferSettings:
    return desk.preferences.load().transfers


def type_number(field: QAbstractSpinBox, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_what_is_kept_is_shown_and_each_choice_is_kept_at_once(desk: Desk, page: Callable[[], TransfersPage]) -> None:
    prices = PriceTable(search_per_1000=0.5)
    desk.preferences.update(
        transfers=TransferSettings(at_once=3, limit_bytes_s=5_000_000, prices=prices, budget_month=9)
    )
    shown = page()
    assert (shown.at_once.value(), shown.limit.value()) == (3, 5.0)
    type_number(shown.at_once, "4")
    desk.qtbot.waitUntil(lambda: kept(desk).at_once == 4)
    type_number(shown.limit, "2.5")
    desk.qtbot.waitUntil(lambda: kept(desk).limit_bytes_s == 2_500_000)
    type_number(shown.limit, "0")
    desk.qtbot.waitUntil(lambda: kept(desk).limit_bytes_s == 0)
    assert shown.limit.text() == "unlimited"
    assert (kept(desk).prices, kept(desk).budget_month) == (prices, 9)  # they have their own place


def test_hours_are_added_changed_and_removed(desk: Desk, page: Callable[[], TransfersPage]) -> None:
    shown = page()
    QTest.mouseClick(shown.hours.add, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: kept(desk).hours == (BandwidthHours(540, 1080, 1_000_000),))
    begin = next(field for field in shown.findChildren(QTimeEdit) if field.accessibleName() == "Limit from")
    begin.setTime(QTime(22, 30))
    desk.qtbot.waitUntil(lambda: kept(desk).hours == (BandwidthHours(1350, 1080, 1_000_000),))
    remove = next(each for each in shown.findChildren(QToolButton) if each.accessibleName() == "Remove these hours")
    QTest.mouseClick(remove, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: kept(desk).hours == ())


def test_limits_are_changed_taken_away_and_set_back(desk: Desk, page: Callable[[], TransfersPage]) -> None:
    shown = page()
    type_number(shown.calls[CallKind.UPLOAD], "6")
    desk.qtbot.waitUntil(lambda: kept(desk).limits[CallKind.UPLOAD] == RateLimit(6, 60))
    type_number(shown.seconds[CallKind.SEARCH], "2.5")
    desk.qtbot.waitUntil(lambda: kept(desk).limits[CallKind.SEARCH] == RateLimit(1, 2.5))
    type_number(shown.calls[CallKind.LIST], "0")
    desk.qtbot.waitUntil(lambda: CallKind.LIST not in kept(desk).limits)
    QTest.mouseClick(shown.documented, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: kept(desk).limits == DOCUMENTED_LIMITS)


def test_choices_made_elsewhere_meanwhile_stay(desk: Desk, page: Callable[[], TransfersPage]) -> None:
    shown = page()
    desk.preferences.change_transfers(lambda now: replace(now, budget_month=12.0))
    type_number(shown.at_once, "5")
    desk.qtbot.waitUntil(lambda: kept(desk).at_once == 5)
    assert kept(desk).budget_month == 12.0
