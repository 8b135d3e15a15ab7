"""Every control of the page of places: named, reached by Tab, seen to have the focus, and with room for its text."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.places.places_page import PlacesPage
from desktop_search.ui.style.theme import Theme, apply_theme
from tests.qt.places.test_places_page import CLIPS
from tests.support.controls import controls, looks_focused, named, texts_cut_off, walk
from tests.support.focus import wait_active

pytestmark = pytest.mark.display


@pytest.mark.parametrize("theme", [Theme.DARK, Theme.LIGHT])
def test_it_can_be_used_without_a_mouse(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    apply_theme(qapp, theme)
    page = PlacesPage(CommandSet())
    qtbot.addWidget(page)
    page.resize(380, 480)
    page.set_clips(CLIPS)
    page.say_problem("The library does not answer. Try again in a minute.")
    page.show()
    page.activateWindow()
    wait_active(qtbot, page)
    page.map.step(1)
    qtbot.waitUntil(lambda: page.chosen.height() > 64)
    found = [*controls(page), page.map, page.plot]
    assert {page.chosen.view, page.retry, page.bar.draw} <= set(found)
    assert [type(each).__name__ for each in found if not named(each)] == []
    page.enter()
    qtbot.waitUntil(page.map.hasFocus)
    assert {each for each in found if each.isEnabled()} <= set(walk(page.map, qtbot))
    elsewhere = page.retry
    assert [named(each) for each in found if each is not elsewhere and not looks_focused(each, elsewhere)] == []
    assert texts_cut_off(page, qtbot) == []
    apply_theme(qapp, Theme.DARK)
