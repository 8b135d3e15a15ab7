"""From a hit to what is said in its clip, and from a line of that back to its frame; full screen and out of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.hits import Hit
from tests.clips import Clip
from tests.e2e.acting import drop, in_file, jump, on_screen, type_query
from tests.e2e.conftest import wait_until_done

pytestmark = pytest.mark.display


def test_a_line_of_the_transcript_leads_to_its_frame(program: Composition, qtbot: QtBot, footage: Clip) -> None:
    drop(program.uploads_pane, footage.path)
    wait_until_done(qtbot, program, 1)
    type_query(program, qtbot, "green")
    jump(program, qtbot)
    transcript = program.clip_tabs.transcript
    qtbot.waitUntil(lambda: bool(transcript.model.lines), timeout=20_000)
    line = transcript.model.lines[0]
    assert "harbor" in line.text
    place = transcript.view.visualRect(transcript.model.index(0)).center()
    with qtbot.waitSignal(program.player_pane.position_changed, timeout=20_000):
        qtbot.mouseClick(transcript.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: on_screen(program) == in_file(footage.path, Hit("", "", line.start_ms)), timeout=20_000)
    bar = program.clip_tabs.tabBar()
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.tabRect(1).center()))
    qtbot.waitUntil(lambda: len(program.clip_tabs.captions.model.lines) == 2, timeout=20_000)
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.tabRect(2).center()))
    qtbot.waitUntil(lambda: program.clip_tabs.details.pairs().get("State") == "searchable", timeout=20_000)
    assert program.clip_tabs.details.pairs()["File"] == str(footage.path)


def test_full_screen_shows_the_same_frame(program: Composition, qtbot: QtBot, footage: Clip) -> None:
    drop(program.uploads_pane, footage.path)
    wait_until_done(qtbot, program, 1)
    type_query(program, qtbot, "green")
    seen = jump(program, qtbot)
    program.player_pane.setFocus()
    qtbot.keyClick(program.player_pane, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: not program.uploads_pane.isVisible() and program.window.isFullScreen())
    qtbot.waitUntil(lambda: program.player_pane.surface.width() > program.window.width() // 2)
    qtbot.waitUntil(lambda: on_screen(program) == seen, timeout=20_000)
    qtbot.keyClick(program.player_pane, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: program.uploads_pane.isVisible() and not program.window.isFullScreen())
    qtbot.waitUntil(lambda: on_screen(program) == seen, timeout=20_000)
