"""The pages in the place of the results."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QListWidget, QTabBar
from pytestqt.qtbot import QtBot

from desktop_search.core.commands import Command, Group
from desktop_search.ui.browse.browse_tabs import BrowseTabs
from desktop_search.ui.commands.command_set import CommandSet
from tests.support.focus import wait_active

pytestmark = pytest.mark.display

FOUND, LIBRARY, MAP = "view.found", "view.library", "view.map"
TABLE = [Command(each, Group.VIEW, each) for each in (FOUND, LIBRARY, MAP)]


def test_pages_stand_in_their_order_and_are_entered_by_their_commands(qtbot: QtBot) -> None:
    commands = CommandSet(table=TABLE)
    tabs = BrowseTabs(commands)
    qtbot.addWidget(tabs)
    bar = tabs.findChildren(QTabBar)[0]
    pages = {each.command_id: QListWidget() for each in TABLE}
    tabs.add_page(FOUND, pages[FOUND], "Found", pages[FOUND].setFocus)
    tabs.show()
    tabs.activateWindow()
    wait_active(qtbot, tabs)
    assert not bar.isVisible()
    for other in (MAP, LIBRARY):
        tabs.add_page(other, pages[other], other, pages[other].setFocus)
    assert [bar.tabText(place) for place in range(3)] == ["Found", LIBRARY, MAP]
    assert bar.isVisible()
    assert (tabs.current, bar.currentIndex(), pages[FOUND].isVisible()) == (FOUND, 0, True)
    commands.run(LIBRARY)
    assert (tabs.current, bar.currentIndex()) == (LIBRARY, 1)
    assert pages[LIBRARY].hasFocus()
    tabs.bring(FOUND)
    tabs.enter_current()
    assert pages[FOUND].hasFocus()
