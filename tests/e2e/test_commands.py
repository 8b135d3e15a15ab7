"""The commands in the composed program: each does something, from wherever the focus is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.commands import COMMANDS
from desktop_search.ui.style.theme import tokens
from desktop_search.ui.style.tokens import DARK, LIGHT
from tests.e2e.acting import query_field
from tests.support.focus import wait_exposed

pytestmark = pytest.mark.display
CTRL = Qt.KeyboardModifier.ControlModifier


def test_every_command_of_the_table_is_connected(program: Composition) -> None:
    idle = [
        each.command_id for each in COMMANDS if program.commands.why_not(each.command_id).startswith("This is not a")
    ]
    assert idle == []


def test_the_palette_reaches_a_pane_without_the_focus(program: Composition, qtbot: QtBot) -> None:
    palette = program.command_parts.palette
    qtbot.keyClick(query_field(program), Qt.Key.Key_K, CTRL)
    wait_exposed(qtbot, palette)
    qtbot.keyClicks(palette.field, "mute")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert program.player_pane.transport.mute.isChecked()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is query_field(program))


def test_what_needs_a_clip_says_so_until_there_is_one(program: Composition) -> None:
    assert program.commands.why_not("player.mark-in") == "Choose a moment first."
    assert not program.commands.run("player.mark-in")


def test_a_theme_is_a_command_and_is_kept(program: Composition, qtbot: QtBot) -> None:
    assert program.commands.run("view.light")
    assert tokens() is LIGHT
    qtbot.waitUntil(lambda: program.services.preferences.load().theme == "light")
    assert program.commands.run("view.dark")
    assert tokens() is DARK


def test_tool_tips_name_the_key_of_now(program: Composition) -> None:
    program.commands.set_keys({"player.toggle": ("Ctrl+P",)})
    assert program.player_pane.transport.buttons["play"].toolTip() == "Play (Ctrl+P)"
