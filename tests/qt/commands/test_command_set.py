"""Commands done by keys, menus and by name; in a real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from desktop_search.core.commands import COMMANDS, Command, Group
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.commands.keys import portable, shown
from desktop_search.ui.commands.pane_ring import PaneRing
from desktop_search.ui.commands.tips import KeyTip
from tests.qt.commands.conftest import Desk

pytestmark = pytest.mark.display
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_a_key_of_the_window_works_wherever_the_focus_is(desk: Desk, qtbot: QtBot) -> None:
    for place in (desk.queue, desk.player, desk.field):
        place.setFocus()
        qtbot.keyClick(place, Qt.Key.Key_Comma, CTRL)
    assert desk.done == ["file.preferences"] * 3


def test_a_key_of_a_pane_means_what_the_pane_with_the_focus_says(desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClick(desk.queue, Qt.Key.Key_P)
    qtbot.keyClick(desk.player, Qt.Key.Key_P)
    assert desk.done == ["queue.pause", "player.previous-hit"]


def test_keys_that_a_field_takes_are_typed_and_others_go_on_to_its_pane(desk: Desk, qtbot: QtBot) -> None:
    desk.field.setFocus()
    qtbot.keyClicks(desk.field, "jkl")
    qtbot.keyClick(desk.field, Qt.Key.Key_L, CTRL)
    assert desk.field.text() == "jkl"
    assert desk.done == ["player.loop"]


def test_other_keys_take_the_place_of_the_first(desk: Desk, qtbot: QtBot) -> None:
    desk.commands.set_keys({"player.forward": ("Ctrl+Alt+Right",), "file.preferences": ("F9",)})
    qtbot.keyClick(desk.player, Qt.Key.Key_L)
    qtbot.keyClick(desk.window, Qt.Key.Key_Comma, CTRL)
    assert desk.done == []
    qtbot.keyClick(desk.player, Qt.Key.Key_Right, CTRL | Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(desk.window, Qt.Key.Key_F9)
    assert desk.done == ["player.forward", "file.preferences"]


def test_what_is_no_command_no_key_or_taken_is_left_out(desk: Desk) -> None:
    desk.commands.set_keys(
        {
            "no.such-command": ("F9",),
            "player.hold": ("Nonsense", "", "Ctrl+", "Ctrl+K, Ctrl+B", "f4"),
            "player.mute": ("F4",),
            "queue.edit": ("F4",),
            "file.quit": (),
        }
    )
    keys = {each: desk.commands.keys(each) for each in ("player.hold", "player.mute", "queue.edit", "file.quit")}
    assert keys == {"player.hold": ("F4",), "player.mute": (), "queue.edit": ("F4",), "file.quit": ()}
    assert desk.commands.keys("player.forward") == ("L",)


def test_a_changed_key_is_not_lost_to_a_command_that_has_it_by_itself(desk: Desk) -> None:
    desk.commands.set_keys({"player.mute": ("J",)})
    assert (desk.commands.keys("player.mute"), desk.commands.keys("player.backward")) == (("J",), ())


def test_every_menu_leads_to_its_commands_and_greys_what_cannot_be_done(desk: Desk, qtbot: QtBot) -> None:
    menus = [action.menu() for action in desk.window.menuBar().actions()]
    assert [menu.title() for menu in menus if isinstance(menu, QMenu)] == [
        group.value for group in Group if used(group)
    ]
    qtbot.keyClick(desk.window, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    offered = {action.text(): action for action in menu.actions() if action.text()}
    assert not offered["&Usage and costs…"].isEnabled()
    assert offered["&Usage and costs…"].toolTip() == "This is not available here."
    qtbot.keyClick(menu, Qt.Key.Key_P)
    assert desk.done == ["file.preferences"]
    assert offered["&Usage and costs…"].isEnabled()


def used(group: Group) -> bool:
    return any(command.group is group for command in COMMANDS)


def test_a_command_that_cannot_be_done_says_why_and_does_nothing(qtbot: QtBot) -> None:
    commands = CommandSet(table=(Command("a.b", Group.FILE, "A", ("F2",)), Command("a.c", Group.FILE, "B")))
    done: list[str] = []
    reason = ["No clip is chosen."]
    commands.connect("a.b", lambda: done.append("a.b"), lambda: reason[0])
    assert (commands.run("a.b"), commands.why_not("a.b"), commands.run("a.c")) == (False, reason[0], False)
    reason[0] = ""
    with qtbot.waitSignal(commands.ran) as ran:
        assert commands.run("a.b")
    assert (done, ran.args) == (["a.b"], ["a.b"])
    with pytest.raises(KeyError):
        commands.connect("a.d", lambda: None)
    with pytest.raises(ValueError, match="already"):
        commands.connect("a.b", lambda: None)


def test_a_tool_tip_names_the_key_of_now(qtbot: QtBot) -> None:
    commands = CommandSet()
    label = QLabel()
    qtbot.addWidget(label)
    tip = KeyTip(label, commands, "player.toggle", "Play\nfrom here")
    assert label.toolTip() == "Play (Space)\nfrom here"
    commands.set_keys({"player.toggle": ("Shift+Left",)})
    assert label.toolTip() == "Play (Shift+←)\nfrom here"
    commands.set_keys({"player.toggle": ()})
    tip.set_words("Hold")
    assert label.toolTip() == "Hold"


def test_f6_goes_from_pane_to_pane_and_back_to_what_had_the_focus_there(desk: Desk, qtbot: QtBot) -> None:
    desk.queue.setFocus()
    qtbot.keyClick(desk.queue, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is desk.player
    desk.field.setFocus()
    qtbot.keyClick(desk.field, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is desk.queue
    qtbot.keyClick(desk.queue, Qt.Key.Key_F6, SHIFT)
    assert QApplication.focusWidget() is desk.field
    desk.player.hide()
    qtbot.keyClick(desk.queue, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is desk.queue


def test_a_ring_of_nothing_leaves_the_focus_alone(desk: Desk) -> None:
    desk.queue.setFocus()
    empty = QLabel(desk.window)
    PaneRing((empty,), desk.window).to_next()
    assert QApplication.focusWidget() is desk.queue


def test_keys_are_written_in_one_way() -> None:
    assert (portable("ctrl+shift+up"), shown("Ctrl+Shift+Up"), shown("Ctrl++"), shown("+")) == (
        "Ctrl+Shift+Up",
        "Ctrl+Shift+↑",
        "Ctrl++",
        "+",
    )
