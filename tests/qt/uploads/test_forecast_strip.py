"""The strip tells what starting takes, for the chosen rows or for all, and its button starts exactly those."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from desktop_search.core.errors import CatalogProblem
from desktop_search.core.library import CLOUD_ID
from desktop_search.core.transfer_settings import TransferSettings
from desktop_search.core.uploads import MediaFacts, MediaKind, UploadItem, UploadState
from desktop_search.core.usage import BudgetState
from desktop_search.jobs.runner import JobRunner
from desktop_search.ui.style.theme import Theme, apply_theme
from desktop_search.ui.uploads import forecast_controller
from desktop_search.ui.uploads.forecast_controller import Basis, ForecastController
from desktop_search.ui.uploads.forecast_strip import ForecastStrip, Outlook
from desktop_search.ui.uploads.uploads_pane import UploadsPane
from tests.support.focus import wait_exposed


def ready(item_id: int, state: UploadState = UploadState.READY) -> UploadItem:
    return UploadItem(
        item_id,
        CLOUD_ID,
        Path(f"/card/A{item_id:04}.mp4"),
        MediaKind.VIDEO,
        state,
        size_bytes=240_000_000,
        position=float(item_id),
        facts=MediaFacts(duration_ms=68_400),
    )


class Bench:
    """Pane, strip and controller; the basis is the test's."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot, self.runner, self.strip = qtbot, JobRunner(), ForecastStrip()
        self.pane = UploadsPane(head=self.strip)
        self.basis: Basis | CatalogProblem = Basis(TransferSettings(), 5_000_000.0)
        self.asked_for: list[tuple[str, ...]] = []
        self.started: list[tuple[int, ...]] = []
        self.controller = ForecastController(self.runner, self.strip, self.pane, self.read)
        self.controller.start_asked.connect(self.started.append)
        qtbot.addWidget(self.pane)
        self.pane.resize(240, 800)
        self.pane.show()
        wait_exposed(qtbot, self.pane)

    def read(self, library_ids: tuple[str, ...]) -> Basis:
        self.asked_for.append(library_ids)
        if isinstance(self.basis, CatalogProblem):
            raise self.basis
        return self.basis

    def wait_says(self, words: str) -> None:
        self.qtbot.waitUntil(lambda: self.strip.isVisible() and words in self.strip.text, timeout=10_000)

    def press_start(self) -> None:
        self.qtbot.mouseClick(self.strip.start, Qt.MouseButton.LeftButton)


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication) -> Iterator[Bench]:
    apply_theme(qapp, Theme.DARK)
    made = Bench(qtbot)
    yield made
    assert made.runner.shut_down() == []


@pytest.fixture
def told(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> list[Outlook | None]:
    """What the strip is given from now on."""
    given: list[Outlook | None] = []
    show = bench.strip.show_outlook

    def note(outlook: Outlook | None) -> None:
        given.append(outlook)
        show(outlook)

    monkeypatch.setattr(bench.strip, "show_outlook", note)
    return given


def test_a_card_is_told_of_before_anything_is_spent_and_started_by_one_click(bench: Bench) -> None:
    assert not bench.strip.isVisible()
    bench.pane.set_items([ready(number) for number in range(500)])
    bench.wait_says("500 files · 120 GB")
    assert bench.strip.start.toolTip() == "Send them to memories.ai"
    text = bench.strip.text
    assert "9 h 30 min of footage" in text
    assert "About 8 h 20 min (one upload a minute)" in text
    assert "Done by " in text
    assert "About $8.55 ($15.00 per 1,000 min), then $3.60 a month for storage ($0.03 per GB)" in text
    assert "Prices of 1 Oct 2026, change…" in text
    assert bench.strip.start.text() == "Start 500 uploads"
    assert bench.asked_for == [(CLOUD_ID,)]
    bench.press_start()
    assert bench.started == [tuple(range(500))]
    bench.pane.set_items([ready(number, UploadState.WAITING) for number in range(500)])
    bench.qtbot.waitUntil(lambda: not bench.strip.isVisible())


def test_nothing_of_it_is_squeezed_away_where_there_is_little_room(bench: Bench) -> None:
    bench.controller.set_budget(BudgetState(14.2, 20))
    bench.pane.resize(230, 520)
    bench.pane.details_form.findChildren(QToolButton)[0].click()
    bench.pane.set_items([ready(number) for number in range(500)])
    bench.wait_says("This passes the budget")
    labels = bench.strip.findChildren(QLabel)

    def whole() -> bool:
        return all(label.height() >= label.heightForWidth(label.width()) for label in labels if label.isVisible())

    bench.qtbot.waitUntil(whole)
    button = bench.strip.start
    assert bench.strip.rect().contains(button.geometry())
    bottom = button.mapTo(bench.pane, button.rect().bottomLeft() + QPoint(20, -2))
    assert bench.pane.childAt(bottom) is button
    bench.pane.resize(230, 600)
    bench.qtbot.waitUntil(lambda: not bench.strip.geometry().intersects(bench.pane.view.geometry()))


def test_chosen_rows_are_told_of_and_started_alone(bench: Bench, told: list[Outlook | None]) -> None:
    rows = [ready(1), ready(2, UploadState.SEARCHABLE), ready(3), ready(4)]
    bench.pane.set_items(rows)
    bench.wait_says("3 files")
    model, selection = bench.pane.model, bench.pane.view.selectionModel()
    for item_id in (1, 2, 3):
        selection.select(model.index_of(item_id), QItemSelectionModel.SelectionFlag.Select)
    bench.wait_says("Chosen: 2 files")
    bench.press_start()
    assert bench.started == [(1, 3)]
    selection.clearSelection()
    bench.wait_says("3 files")
    told.clear()
    selection.select(model.index_of(2), QItemSelectionModel.SelectionFlag.Select)  # not one that can be started
    bench.qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert told[0] is not None
    assert not told[0].chosen
    assert bench.strip.start.text() == "Start 3 uploads"


def test_rows_that_were_started_go_first(bench: Bench) -> None:
    bench.pane.set_items([ready(1), *(ready(number, UploadState.WAITING) for number in range(2, 61))])
    bench.wait_says("About 1 h (one upload a minute)")
    assert bench.strip.start.text() == "Start 1 upload"


def test_what_passes_the_budget_is_said_before_starting(bench: Bench) -> None:
    bench.controller.set_budget(BudgetState(14.2, 20))
    bench.pane.set_items([ready(number) for number in range(500)])
    bench.wait_says("This passes the budget: $14.20 of $20.00 are spent this month.")
    bench.controller.set_budget(BudgetState(14.2, 50))
    bench.qtbot.waitUntil(lambda: "budget" not in bench.strip.text)


def test_other_settings_count_at_once(bench: Bench) -> None:
    bench.pane.set_items([ready(1)])
    bench.wait_says("$0.02")
    old = TransferSettings()
    bench.basis = Basis(replace(old, prices=replace(old.prices, index_per_1000_min=1500)), None)
    bench.controller.read_again()
    bench.wait_says("$1.71")
    assert "At least 1 min" in bench.strip.text


def test_rows_can_be_started_although_the_settings_cannot_be_read(bench: Bench) -> None:
    bench.basis = CatalogProblem("The list of uploads could not be read or saved.")
    with bench.qtbot.waitSignal(bench.controller.failed):
        bench.pane.set_items([ready(1)])
    bench.wait_says("1 file")
    bench.press_start()
    assert bench.started == [(1,)]


def test_many_changes_of_ten_thousand_rows_are_reckoned_together(bench: Bench, told: list[Outlook | None]) -> None:
    bench.pane.set_items([ready(number) for number in range(10_000)])
    bench.wait_says("10,000 files · 2.4 TB")
    told.clear()
    for sent in range(1_000):
        row = replace(ready(0, UploadState.SENDING), sent_bytes=sent)
        bench.pane.model.put([row])
    bench.wait_says("9,999 files")
    assert len(told) == 1


def test_the_finish_moves_on_while_nobody_starts(
    bench: Bench, told: list[Outlook | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forecast_controller, "_AGE_MS", 30)
    bench.pane.set_items([ready(1)])
    bench.qtbot.waitUntil(lambda: sum(each is not None for each in told) > 2, timeout=10_000)
    shown = [each for each in told if each is not None]
    assert shown[0].forecast.ends_at < shown[-1].forecast.ends_at
