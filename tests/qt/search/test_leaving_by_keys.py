"""Escape leads back, Enter asks: the same wherever the focus is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListView, QToolButton
from pytestqt.qtbot import QtBot

from desktop_search.core.hits import Hit, SearchAnswer
from desktop_search.core.query import SearchQuery
from desktop_search.ui.search.results_pane import ResultsPane
from desktop_search.ui.search.scope_row import ScopeRow
from desktop_search.ui.search.search_pane import SearchPane
from desktop_search.ui.watch.player_pane import PlayerPane
from tests.support.focus import wait_exposed

pytestmark = pytest.mark.display


@pytest.fixture
def search(qtbot: QtBot) -> SearchPane:
    pane = SearchPane()
    qtbot.addWidget(pane)
    pane.resize(1000, 200)
    pane.show()
    wait_exposed(qtbot, pane)
    return pane


def edit(pane: SearchPane, name: str) -> QLineEdit:
    return next(field for field in pane.findChildren(QLineEdit) if field.accessibleName() == name)


def filters_button(pane: SearchPane) -> QToolButton:
    return next(button for button in pane.findChildren(QToolButton) if button.accessibleName() == "Filters")


def test_enter_in_a_filter_searches(search: SearchPane, qtbot: QtBot) -> None:
    filters_button(search).setChecked(True)
    edit(search, "Search words").setText("boat")
    edit(search, "Tag").setText("harbour")
    with qtbot.waitSignal(search.search_requested) as asked:
        qtbot.keyClick(edit(search, "Tag"), Qt.Key.Key_Return)
    assert asked.args is not None
    assert asked.args[0].filters.tag == "harbour"


def test_escape_in_a_filter_puts_the_panel_away_and_keeps_what_it_says(search: SearchPane, qtbot: QtBot) -> None:
    filters_button(search).setChecked(True)
    edit(search, "Tag").setText("harbour")
    qtbot.keyClick(edit(search, "Tag"), Qt.Key.Key_Escape)
    assert not filters_button(search).isChecked()
    assert not edit(search, "Tag").isVisible()
    assert search.query().filters.tag == "harbour"


def test_escape_in_the_results_asks_to_leave(qtbot: QtBot) -> None:
    pane = ResultsPane()
    qtbot.addWidget(pane)
    hit = Hit(video_no="VI1", name="take 1", start_ms=0, end_ms=1000, score=0.5)
    pane.show_answer(SearchQuery("boat"), SearchAnswer(hits=(hit,)), 0.1)
    view = pane.findChild(QListView)
    assert isinstance(view, QListView)
    with qtbot.waitSignal(pane.left):
        qtbot.keyClick(view, Qt.Key.Key_Escape)


def test_escape_in_the_player_asks_for_the_list(qtbot: QtBot) -> None:
    pane = PlayerPane(None, "Install it.")
    qtbot.addWidget(pane)
    with qtbot.waitSignal(pane.list_asked):
        qtbot.keyClick(pane, Qt.Key.Key_Escape)


@pytest.mark.parametrize(("width", "is_below"), [(700, True), (1300, False)])
def test_in_a_narrow_window_the_choices_go_below_the_query(
    search: SearchPane, qtbot: QtBot, width: int, *, is_below: bool
) -> None:
    search.resize(width, 200)
    qtbot.waitUntil(lambda: search.width() == width)
    query, opener = edit(search, "Search words"), filters_button(search)
    qtbot.waitUntil(lambda: (opener.mapTo(search, opener.rect().topLeft()).y() > query.geometry().bottom()) is is_below)
    assert query.width() > 400


@pytest.mark.parametrize(("width", "style"), [(690, "ToolButtonIconOnly"), (1100, "ToolButtonTextBesideIcon")])
def test_without_room_for_their_words_the_scopes_are_signs(
    search: SearchPane, qtbot: QtBot, width: int, style: str
) -> None:
    search.setMinimumWidth(400)  # as in the window, which may be narrower than its contents would like
    search.resize(width, 200)
    scopes = [each for row in search.findChildren(ScopeRow) for each in row.findChildren(QToolButton)]
    qtbot.waitUntil(lambda: {each.toolButtonStyle().name for each in scopes} == {style})
    assert all(each.accessibleName() and each.toolTip() for each in scopes)
