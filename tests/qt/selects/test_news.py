"""News of the selects take nothing away that the user does: a note that is written, the choice, the place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop_search.core.selects import Bin, Select
from desktop_search.models.selects_model import Column
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.selects.keeping import BinOnShow
from desktop_search.ui.selects.selects_tab import SelectsTab
from tests.support.focus import wait_active

pytestmark = pytest.mark.display
ROWS = tuple(
    Select(number, 1, "", Path(f"/{number}.mp4"), ("", "", ""), f"{number}", 0, 400) for number in range(1, 41)
)


@pytest.fixture
def tab(qtbot: QtBot) -> SelectsTab:
    tab = SelectsTab(CommandSet())
    qtbot.addWidget(tab)
    tab.resize(700, 300)
    show(tab, ROWS)
    tab.show()
    tab.activateWindow()
    wait_active(qtbot, tab)
    return tab


def show(tab: SelectsTab, selects: Sequence[Select]) -> None:
    tab.show_bin(BinOnShow((Bin(1, "Selects"),), 1, tuple(selects)))


def write_note(tab: SelectsTab, qtbot: QtBot, row: int) -> QLineEdit:
    index = tab.model.index(row, Column.NOTE)
    tab.view.choose([tab.model.selects[row].select_id])
    tab.view.edit(index)
    (field,) = tab.view.viewport().findChildren(QLineEdit)
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "for the ")
    return field


def test_a_note_that_is_written_outlives_them(tab: SelectsTab, qtbot: QtBot) -> None:
    field = write_note(tab, qtbot, 2)
    tab.model.set_playing(3)  # its own row
    show(tab, ROWS)
    show(tab, (ROWS[5], *ROWS[:5], *ROWS[6:]))
    show(tab, ROWS[1:])
    qtbot.keyClicks(field, "opening")
    with qtbot.waitSignal(tab.model.note_entered) as noted:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert noted.args == [ROWS[2], "for the opening"]
    assert [one.select_id for one in tab.chosen()] == [3]


def test_a_note_of_what_is_gone_is_gone(tab: SelectsTab, qtbot: QtBot) -> None:
    write_note(tab, qtbot, 2)
    show(tab, ROWS[3:])
    qtbot.waitUntil(lambda: not tab.view.is_written_in)
    assert tab.chosen() == ()


def test_choice_current_row_and_place_outlive_them(tab: SelectsTab) -> None:
    tab.view.choose([20, 21], 21)
    tab.view.scrollTo(tab.view.currentIndex())
    scrolled = tab.view.verticalScrollBar().value()
    assert scrolled > 0
    show(tab, (*ROWS, Select(99, 1, "", None, ("", "", ""), "new", 0, 400)))
    assert [one.select_id for one in tab.chosen()] == [20, 21]
    current = tab.view.current()
    assert current is not None
    assert current.select_id == 21
    assert tab.view.verticalScrollBar().value() == scrolled
