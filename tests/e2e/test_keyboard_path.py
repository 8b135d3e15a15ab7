"""From the queue over the search and its results into the player and back, with nothing but keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.settings.folders import Folders
from desktop_search.ui.uploads.uploads_view import UploadsView
from tests.clips import Clip
from tests.e2e.acting import query_field
from tests.e2e.conftest import active_window, wait_until_done

pytestmark = pytest.mark.display


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(focused(), key, held)


def is_in(pane: QWidget) -> bool:
    widget = QApplication.focusWidget()
    return widget is pane or (widget is not None and pane.isAncestorOf(widget))


def test_from_the_queue_to_the_player_and_back(program: Composition, footage: Clip, qtbot: QtBot) -> None:
    program.uploads.add_paths([footage.path])
    wait_until_done(qtbot, program, 1)
    press(qtbot, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert is_in(program.uploads_pane)
    while not isinstance(focused(), UploadsView):
        press(qtbot, Qt.Key.Key_Tab)
        assert is_in(program.uploads_pane)
    assert [item.path for item in program.uploads_pane.view.chosen()] == [footage.path]
    press(qtbot, Qt.Key.Key_F6)
    assert is_in(program.search_pane)
    press(qtbot, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert focused() is query_field(program)
    qtbot.keyClicks(focused(), "boat leaving")
    with qtbot.waitSignal(program.search.answered, timeout=20_000):
        press(qtbot, Qt.Key.Key_Return)
    with qtbot.waitSignal(program.watch.shown, timeout=20_000):
        press(qtbot, Qt.Key.Key_Down)
    assert is_in(program.results)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: focused() is program.player_pane)
    press(qtbot, Qt.Key.Key_K)
    press(qtbot, Qt.Key.Key_F6)
    assert is_in(program.clip_tabs)
    press(qtbot, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert focused() is program.player_pane
    press(qtbot, Qt.Key.Key_Escape)
    assert is_in(program.results)
    press(qtbot, Qt.Key.Key_Escape)
    assert focused() is query_field(program)


def test_keys_sizes_and_tabs_are_as_they_were_in_the_next_run(
    qapp: QApplication, profile: Folders, qtbot: QtBot
) -> None:
    with active_window(profile, qtbot) as program:
        program.window.resize(1200, 700)
        program.commands.set_keys({"player.mute": ("X",)})
        program.preferences.keep_shortcuts()
        program.clip_tabs.setCurrentIndex(2)
        program.commands.run("help.commands")
        qtbot.keyClicks(focused(), "filters")
        press(qtbot, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: dict(program.services.preferences.load().shortcuts) == {"player.mute": ("X",)})
    with active_window(profile, qtbot) as program:
        assert (program.window.width(), program.window.height()) == (1200, 700)
        assert program.commands.keys("player.mute") == ("X",)
        assert program.clip_tabs.currentIndex() == 2
        assert program.command_parts.palette.recent == ("search.filters",)
