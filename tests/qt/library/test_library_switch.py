"""The switch of libraries while libraries come and go."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from desktop_search.core.library import MEMORIES_AI, THIS_COMPUTER
from desktop_search.ui.library.library_switch import LibrarySwitch

pytestmark = pytest.mark.display


def test_an_open_menu_stays_as_it_is(qtbot: QtBot) -> None:
    switch, own = LibrarySwitch(), replace(MEMORIES_AI, library_id="https://own.example")
    qtbot.addWidget(switch)
    switch.show()
    switch.menu.popup(switch.mapToGlobal(QPoint(0, 0)))
    qtbot.waitUntil(switch.menu.isVisible)
    marked = switch.menu.actions()[1]
    switch.menu.setActiveAction(marked)
    switch.set_available((own, THIS_COMPUTER, MEMORIES_AI))
    assert switch.menu.activeAction() is marked
    switch.menu.hide()
    switch.menu.popup(switch.mapToGlobal(QPoint(0, 0)))
    assert own.library_id in [action.data() for action in switch.menu.actions()]
    switch.menu.hide()
