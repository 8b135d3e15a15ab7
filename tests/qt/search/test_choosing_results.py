"""Several results at once: by Shift, by Ctrl, and the menu that is asked for them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView
from pytestqt.qtbot import QtBot

from desktop_search.core.hits import Hit, SearchAnswer
from desktop_search.core.query import Scope, SearchQuery
from desktop_search.ui.search.results_pane import ResultsPane
from desktop_search.ui.search.results_view import ResultsView
from tests.support.focus import wait_active

HITS = tuple(Hit(str(n), f"take {n}.mp4", 10_000 * n, 10_000 * n + 900, 0.9 - n / 10, "", Scope.SEEN) for n in range(5))


pytestmark = pytest.mark.display


@pytest.fixture
def results(qtbot: QtBot) -> ResultsPane:
    made = ResultsPane()
    qtbot.addWidget(made)
    made.resize(520, 700)
    made.show()
    made.activateWindow()
    wait_active(qtbot, made)
    made.show_answer(SearchQuery("boat"), SearchAnswer(hits=HITS), 0.1)
    return made


def view_of(pane: ResultsPane) -> QListView:
    found: QListView = pane.findChild(ResultsView)  # type: ignore[assignment]
    return found


def test_several_rows_are_chosen_by_shift_and_by_ctrl(results: ResultsPane, qtbot: QtBot) -> None:
    assert results.chosen() == ()
    results.select(1)
    view = view_of(results)
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert results.chosen() == HITS[1:3]

    place = view.visualRect(view.model().index(4, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, place)
    assert results.chosen() == (*HITS[1:3], HITS[4])

    QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert results.chosen() == HITS
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert results.chosen() == (HITS[3],)


def test_the_menu_is_asked_for_where_the_mouse_is_or_at_the_current_row(results: ResultsPane, qtbot: QtBot) -> None:
    view = view_of(results)
    places: list[QPoint] = []
    results.menu_requested.connect(places.append)
    row = view.visualRect(view.model().index(2, 0))
    at = row.topLeft() + QPoint(40, 20)
    window, inside = results.windowHandle(), view.viewport().mapTo(results, at)
    QTest.mouseClick(window, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, inside)
    qtbot.waitUntil(lambda: bool(places))
    assert places == [view.viewport().mapToGlobal(at)]
    assert results.chosen() == (HITS[2],)

    # the display's own part turns the menu key into this event
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1))
    QApplication.sendEvent(view.viewport(), asked)
    assert places[1] == view.viewport().mapToGlobal(row.center())
