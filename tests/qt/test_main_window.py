"""How the window shares out its width, and that what the user set stays."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QSplitter, QWidget
from pytestqt.qtbot import QtBot

from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.main_window import MainWindow, Panes
from tests.support.focus import wait_exposed

pytestmark = pytest.mark.display


def window(qtbot: QtBot, width: int, layout: str = "") -> MainWindow:
    made = MainWindow(CommandSet(), QWidget())
    qtbot.addWidget(made)
    made.resize(width, 640)
    made.restore_layout(layout)
    parts = [QWidget() for _part in range(7)]
    made.put_search(parts[1])
    for _step in made.put(Panes(*parts)):
        pass
    made.show()
    wait_exposed(qtbot, made)
    return made


def splitter(made: MainWindow, name: str) -> QSplitter:
    return next(one for one in made.findChildren(QSplitter) if one.accessibleName() == name)


@pytest.mark.parametrize(("width", "uploads"), [(1024, 250), (1440, 331), (2400, 380)])
def test_uploads_take_a_share_of_the_window(qtbot: QtBot, width: int, uploads: int) -> None:
    made = window(qtbot, width)
    columns, watch = splitter(made, "Uploads and search"), splitter(made, "Results and player")
    qtbot.waitUntil(lambda: abs(columns.sizes()[0] - uploads) <= 1)
    results, player = watch.sizes()
    assert abs(results - player) <= 2


def test_the_shares_follow_the_window_until_the_user_moves_a_splitter(qtbot: QtBot) -> None:
    made = window(qtbot, 1440)
    columns = splitter(made, "Uploads and search")
    made.resize(1024, 640)
    qtbot.waitUntil(lambda: abs(columns.sizes()[0] - 250) <= 1)
    columns.moveSplitter(300, 1)
    made.resize(1300, 640)
    qtbot.waitUntil(lambda: made.width() == 1300)
    assert columns.sizes()[0] == 300


def test_what_the_user_set_is_there_the_next_time(qtbot: QtBot) -> None:
    first = window(qtbot, 1200)
    splitter(first, "Uploads and search").moveSplitter(310, 1)
    second = window(qtbot, 1200, first.layout_state())
    assert splitter(second, "Uploads and search").sizes()[0] == 310


def test_the_picture_alone_fills_the_screen_and_the_window_comes_back(qtbot: QtBot) -> None:
    made = window(qtbot, 1440)
    uploads, player = splitter(made, "Uploads and search").widget(0), splitter(made, "Player and clip").widget(0)
    assert uploads is not None
    assert player is not None
    sizes = splitter(made, "Results and player").sizes()
    made.toggle_picture_alone()
    assert made.isFullScreen()
    assert (uploads.isVisible(), player.isVisible(), made.menuBar().isVisible()) == (False, True, False)
    made.toggle_picture_alone()
    made.set_picture_alone(is_alone=False)
    assert not made.isFullScreen()
    assert (uploads.isVisible(), player.isVisible(), made.menuBar().isVisible()) == (True, True, True)
    qtbot.waitUntil(lambda: splitter(made, "Results and player").sizes() == sizes)
