"""Ranges are dragged: to another place, onto another bin, from the results, and by XDND into another program."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QTimer, QUrl
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.media.probe import probe
from desktop_search.ui.search.results_view import ResultsView
from tests.e2e.acting import type_query
from tests.e2e.selecting import SOON_MS, click, selects
from tests.support.xdnd import RECEIVER_CENTRE, Hand, Receiver, receiving_program

pytestmark = pytest.mark.display


def centre_of_row(program: Composition, row: int, down_px: int = 0) -> QPoint:
    view = program.selects.tab.view
    rect = view.visualRect(program.selects.tab.model.index(row, 0))
    return view.viewport().mapToGlobal(rect.center() + QPoint(0, down_px))


def drag_by_hand(qtbot: QtBot, parent: QWidget, start: QPoint, end: QPoint, arrived: Callable[[], bool]) -> None:
    hand = Hand(start, end)
    watch = QTimer(parent)
    watch.timeout.connect(lambda: hand.arrived.set() if arrived() else None)
    watch.start(10)
    hand.start()
    qtbot.waitUntil(lambda: not hand.is_alive(), timeout=60_000)
    watch.stop()


@pytest.fixture
def beside(stocked: Composition, qtbot: QtBot) -> Composition:
    """The window at a known place, so that the other program is beside it."""
    window = stocked.window
    window.setGeometry(0, 0, 1024, 700)
    qtbot.waitUntil(lambda: window.mapToGlobal(QPoint(0, 0)).x() < 40, timeout=SOON_MS)
    stocked.selects.tab.view.setFocus()
    return stocked


def test_rows_are_dragged_to_another_place_and_onto_another_bin(beside: Composition, qtbot: QtBot) -> None:
    tab, view = beside.selects.tab, beside.selects.tab.view
    times = [one.start_ms for one in selects(beside)]
    click(beside, qtbot, 0)
    drag_by_hand(qtbot, view, centre_of_row(beside, 0), centre_of_row(beside, 1, 9), lambda: view.drop_row == 2)
    qtbot.waitUntil(
        lambda: [one.start_ms for one in selects(beside)] == [times[1], times[0], *times[2:]], timeout=SOON_MS
    )
    beside.selects.bins.add("B")
    qtbot.waitUntil(lambda: tab.shown_bin.name == "B", timeout=SOON_MS)
    beside.selects.controller.show_bin(tab.bins.bins[0].bin_id)
    qtbot.waitUntil(lambda: len(selects(beside)) == 4, timeout=SOON_MS)
    click(beside, qtbot, 0)
    other = tab.bins.mapToGlobal(tab.bins.tabRect(1).center())
    drag_by_hand(qtbot, view, centre_of_row(beside, 0), other, lambda: tab.bins._over == 1)
    qtbot.waitUntil(lambda: len(selects(beside)) == 3, timeout=SOON_MS)
    beside.selects.controller.show_bin(tab.bins.bins[1].bin_id)
    qtbot.waitUntil(lambda: [one.start_ms for one in selects(beside)] == [times[1]], timeout=SOON_MS)


def dropped_from(
    program: Composition, qtbot: QtBot, receiver: Receiver, view: QWidget, start: QPoint
) -> dict[str, str]:
    """Drags from there to the other program; what that got."""
    drag_by_hand(qtbot, view, start, RECEIVER_CENTRE, receiver.has_said)
    assert receiver.line() == "entered"
    qtbot.waitUntil(receiver.has_said, timeout=60_000)
    got = json.loads(receiver.line())
    assert isinstance(got, dict)
    return got


def paths_in(uri_list: str) -> list[Path]:
    return [Path(QUrl(line).toLocalFile()) for line in uri_list.splitlines()]


def test_another_program_gets_whole_clips_then_clips_of_the_ranges_and_text(beside: Composition, qtbot: QtBot) -> None:
    view = beside.selects.tab.view
    ranges = selects(beside)
    view.selectAll()
    with receiving_program() as receiver:
        got = dropped_from(beside, qtbot, receiver, view, centre_of_row(beside, 0))
        assert paths_in(got["text/uri-list"]) == list(dict.fromkeys(one.path for one in ranges))
        assert got["text/plain"].splitlines()[0] == "one.mp4\t00:00:01:00 – 00:00:01:10"
        assert len(got["text/plain"].splitlines()) == 4
        assert got["actions"] == "CopyAction"
        assert all(path.is_file() for path in paths_in(got["text/uri-list"]))
        beside.preferences.open()
        qtbot.waitUntil(lambda: beside.preferences.dialog is not None, timeout=SOON_MS)
        assert beside.preferences.dialog is not None
        beside.preferences.dialog.player.trimmed_box.setChecked(True)
        beside.preferences.dialog.close()
        click(beside, qtbot, 1)
        trimmed = dropped_from(beside, qtbot, receiver, view, centre_of_row(beside, 1))
        (path,) = paths_in(trimmed["text/uri-list"])
        assert path.name.startswith("two 00.00.02.00 ")
        assert 0 < probe(path).duration_ms < 4000
        assert [one.select_id for one in selects(beside)] == [one.select_id for one in ranges]  # it went nowhere
    assert not beside.notices.notices


def test_results_are_dragged_into_another_program_and_into_the_selects(beside: Composition, qtbot: QtBot) -> None:
    assert type_query(beside, qtbot, "red")
    results = beside.results.findChild(ResultsView)
    assert results is not None
    hit = beside.results.hits()[0]
    beside.results.select(0)
    start = results.viewport().mapToGlobal(results.visualRect(results.model().index(0, 0)).center())
    with receiving_program() as receiver:
        got = dropped_from(beside, qtbot, receiver, results, start)
    assert paths_in(got["text/uri-list"]) == [hit.original]
    assert got["text/plain"].startswith(f"{hit.name}\t00:00:")
    before = len(selects(beside))
    view = beside.selects.tab.view
    drag_by_hand(qtbot, results, start, centre_of_row(beside, 1), lambda: view.drop_row == before)
    qtbot.waitUntil(lambda: len(selects(beside)) == before + 1, timeout=SOON_MS)
