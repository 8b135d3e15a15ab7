"""Keys changed in the preferences by pressing the new ones."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_search.ui.commands.shortcuts_page import ShortcutsPage
from tests.qt.commands.conftest import Desk
from tests.support.focus import wait_active

pytestmark = pytest.mark.display
CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> ShortcutsPage:
    made = ShortcutsPage(desk.commands)
    qtbot.addWidget(made)
    made.resize(560, 480)
    made.show()
    made.activateWindow()
    wait_active(qtbot, made)
    return made


def press(page: ShortcutsPage, qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    page.editor.setFocus()
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key, held)


def test_pressed_keys_hold_at_once(desk: Desk, page: ShortcutsPage, qtbot: QtBot) -> None:
    page.choose("player.mute")
    with qtbot.waitSignal(page.changed):
        press(page, qtbot, Qt.Key.Key_X, SHIFT)
    assert desk.commands.changes == {"player.mute": ("Shift+X",)}
    assert page.model.index(page.model.row_of("player.mute"), 1).data() == "Shift+X *"
    qtbot.keyClick(desk.player, Qt.Key.Key_M)
    qtbot.keyClick(desk.player, Qt.Key.Key_X, SHIFT)
    assert desk.done == ["player.mute"]


def test_keys_of_another_command_are_refused_by_its_name_and_may_be_taken(
    desk: Desk, page: ShortcutsPage, qtbot: QtBot
) -> None:
    page.choose("player.mute")
    press(page, qtbot, Qt.Key.Key_L)
    assert page.problem == "L is the key of “Shuttle forward” in the player."
    assert desk.commands.changes == {}
    assert page.take.text() == "Use L here"
    qtbot.mouseClick(page.take, Qt.MouseButton.LeftButton)
    assert desk.commands.changes == {"player.forward": (), "player.mute": ("L",)}
    assert (page.problem, page.take.isVisible()) == ("", False)


@pytest.mark.parametrize(
    ("command_id", "key", "held", "words"),
    [
        ("player.mute", Qt.Key.Key_Comma, CTRL, "Ctrl+, is the key of “Preferences…” everywhere."),
        ("file.usage", Qt.Key.Key_L, CTRL, "Ctrl+L is the key of “Loop the marked range” in the player."),
        ("file.usage", Qt.Key.Key_U, NONE, "U is typed into fields"),
        ("file.usage", Qt.Key.Key_Left, SHIFT, "Shift+← is typed into fields"),
    ],
)
def test_what_cannot_be_is_said_in_place(
    desk: Desk, page: ShortcutsPage, qtbot: QtBot, command_id: str, key: Qt.Key, held: Qt.KeyboardModifier, words: str
) -> None:
    page.choose(command_id)
    press(page, qtbot, key, held)
    assert page.problem.startswith(words)
    assert desk.commands.changes == {}


def test_the_same_key_may_mean_another_thing_in_another_pane(desk: Desk, page: ShortcutsPage, qtbot: QtBot) -> None:
    page.choose("queue.retry")
    press(page, qtbot, Qt.Key.Key_L)
    assert (page.problem, desk.commands.changes) == ("", {"queue.retry": ("L",)})


def test_one_and_all_are_put_back(desk: Desk, page: ShortcutsPage, qtbot: QtBot) -> None:
    for command_id, key in (
        ("player.mute", Qt.Key.Key_Z),
        ("queue.retry", Qt.Key.Key_Z),
        ("results.play", Qt.Key.Key_Z),
    ):
        page.choose(command_id)
        press(page, qtbot, key)
    page.choose("player.mute")
    qtbot.mouseClick(page.reset, Qt.MouseButton.LeftButton)
    assert desk.commands.changes == {"queue.retry": ("Z",), "results.play": ("Z",)}
    assert not page.reset.isEnabled()
    qtbot.mouseClick(page.reset_all, Qt.MouseButton.LeftButton)
    assert desk.commands.changes == {}
    assert desk.commands.keys("results.play") == ("Return", "Enter")
    assert not page.reset_all.isEnabled()


def test_a_key_that_went_elsewhere_is_not_put_back_in_silence(desk: Desk, page: ShortcutsPage, qtbot: QtBot) -> None:
    desk.commands.set_keys({"player.forward": (), "player.mute": ("L",)})
    page.choose("player.forward")
    qtbot.mouseClick(page.reset, Qt.MouseButton.LeftButton)
    assert page.problem == "L is the key of “Mute” in the player."
    qtbot.mouseClick(page.take, Qt.MouseButton.LeftButton)
    assert desk.commands.keys("player.forward") == ("L",)
    assert desk.commands.changes == {"player.mute": ()}


def test_a_command_may_have_no_key(desk: Desk, page: ShortcutsPage, qtbot: QtBot) -> None:
    page.choose("file.quit")
    qtbot.mouseClick(page.none, Qt.MouseButton.LeftButton)
    assert desk.commands.changes == {"file.quit": ()}
    assert not page.none.isEnabled()


def test_it_is_searched_and_nothing_found_can_do_nothing(page: ShortcutsPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.finder, "mark player")
    assert [page.model.index(row, 0).data() for row in range(page.model.rowCount())][:2] == ["Mark in", "Mark out"]
    assert page.heading.text() == "Keys for “Mark in”"
    qtbot.keyClicks(page.finder, " zzz")
    assert page.model.rowCount() == 0
    assert not page.editor.isEnabled()
    assert page.heading.text() == "No command is chosen"
