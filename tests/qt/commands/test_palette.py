"""The palette: opened by its key, typed into, walked through, left; and the sheet of keys beside it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.wire_commands import CommandParts
from desktop_search.settings.preferences import Preferences
from desktop_search.ui.commands.palette import Palette
from desktop_search.ui.commands.palette_list import PaletteRole
from tests.qt.commands.conftest import NOT_CONNECTED, Desk
from tests.support.focus import wait_exposed

pytestmark = pytest.mark.display
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def parts(desk: Desk) -> CommandParts:
    return CommandParts(desk.commands, Preferences(recent_commands=("player.mute", "no.such-command")), desk.window)


@pytest.fixture
def palette(desk: Desk, parts: CommandParts, qtbot: QtBot) -> Palette:
    desk.player.setFocus()
    qtbot.keyClick(desk.player, Qt.Key.Key_K, CTRL)
    assert QApplication.activePopupWidget() is parts.palette
    wait_exposed(qtbot, parts.palette)
    return parts.palette


def press(qtbot: QtBot, key: Qt.Key) -> None:
    popup = QApplication.activePopupWidget()
    focused = popup.focusWidget() if popup is not None else None
    assert isinstance(focused, QWidget)
    qtbot.keyClick(focused, key)


def current(palette: Palette) -> str:
    return str(palette.view.currentIndex().data())


def test_a_few_letters_and_enter_do_it(desk: Desk, palette: Palette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.field, "pref")
    assert current(palette) == "Preferences…"
    press(qtbot, Qt.Key.Key_Return)
    assert desk.done == ["file.preferences"]
    assert not palette.isVisible()


def test_the_recent_ones_come_first_and_more_are_remembered(desk: Desk, palette: Palette, qtbot: QtBot) -> None:
    assert current(palette) == "Mute"
    qtbot.keyClicks(palette.field, "add files")
    press(qtbot, Qt.Key.Key_Enter)
    assert palette.recent == ("file.add-files", "player.mute")
    palette.open()
    assert palette.field.text() == ""
    press(qtbot, Qt.Key.Key_Down)
    assert current(palette) == "Mute"
    press(qtbot, Qt.Key.Key_Return)
    assert desk.done == ["file.add-files", "player.mute"]
    assert palette.recent == ("player.mute", "file.add-files")


def test_the_arrows_go_round_and_pages_stop_at_the_ends(palette: Palette, qtbot: QtBot) -> None:
    first = current(palette)
    press(qtbot, Qt.Key.Key_Up)
    assert palette.view.currentIndex().row() == palette.list.rowCount() - 1
    press(qtbot, Qt.Key.Key_PageDown)
    assert palette.view.currentIndex().row() == palette.list.rowCount() - 1
    press(qtbot, Qt.Key.Key_Down)
    assert current(palette) == first
    press(qtbot, Qt.Key.Key_PageDown)
    assert palette.view.currentIndex().row() == 10


def test_escape_leaves_without_a_deed_and_the_focus_is_where_it_was(desk: Desk, palette: Palette, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert desk.done == []
    qtbot.waitUntil(lambda: QApplication.focusWidget() is desk.player)
    qtbot.keyClick(desk.player, Qt.Key.Key_M)
    assert desk.done == ["player.mute"]


def test_what_cannot_be_done_says_why_and_stays(desk: Desk, palette: Palette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.field, "usage and costs")
    index = palette.view.currentIndex()
    assert (index.data(PaletteRole.COMMAND_ID), index.data(PaletteRole.WHY_NOT)) == (
        NOT_CONNECTED,
        "This is not available here.",
    )
    assert "not available" in palette.field.accessibleDescription()
    press(qtbot, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert NOT_CONNECTED not in palette.recent
    press(qtbot, Qt.Key.Key_Escape)


def test_letters_that_nothing_has_find_nothing(palette: Palette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.field, "qqqq")
    assert palette.list.rowCount() == 0
    assert palette.nothing.isVisible()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_PageUp):
        press(qtbot, key)
    assert palette.isVisible()
    press(qtbot, Qt.Key.Key_Escape)


def test_a_click_does_it_and_the_keys_of_now_are_shown(desk: Desk, palette: Palette, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_Escape)
    desk.commands.set_keys({"player.mute": ("Ctrl+Shift+Left",)})
    palette.open()
    index = palette.list.index(0)
    assert (index.data(), index.data(PaletteRole.KEYS)) == ("Mute", "Ctrl+Shift+←")
    place = palette.view.visualRect(index).center()
    qtbot.mouseClick(palette.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.done == ["player.mute"]
    assert not palette.isVisible()


def test_it_fits_into_a_small_window(desk: Desk, parts: CommandParts, qtbot: QtBot) -> None:
    desk.window.resize(960, 560)
    qtbot.waitUntil(lambda: desk.window.height() == 560)
    parts.palette.open()
    wait_exposed(qtbot, parts.palette)
    window = desk.window.frameGeometry()
    assert window.contains(parts.palette.geometry())
    press(qtbot, Qt.Key.Key_Escape)


def test_f1_shows_the_keys_of_now_searched_and_as_text(desk: Desk, parts: CommandParts, qtbot: QtBot) -> None:
    qtbot.keyClick(desk.window, Qt.Key.Key_F1)
    sheet = parts.sheet
    wait_exposed(qtbot, sheet)
    assert "Ctrl+K" in sheet.page.toPlainText()
    qtbot.keyClicks(sheet.field, "mute")
    assert "Preferences" not in sheet.page.toPlainText()
    desk.commands.set_keys({"player.mute": ("Ctrl+<",)})
    assert "Ctrl+<" in sheet.page.toPlainText()
    copy = next(button for button in sheet.findChildren(QPushButton) if button.text() == "Copy as text")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == f"Player\n  {'Ctrl+<':<28}  Mute (in the player)\n"
    qtbot.keyClicks(sheet.field, " no such")
    assert sheet.page.toPlainText() == "No key is called so."
    qtbot.keyClick(sheet.field, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
