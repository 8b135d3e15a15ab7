"""The timeline of a clip of this computer: its shots, what is said, the chosen hit; and getting around by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from tests.clips import Clip
from tests.e2e.acting import drop, jump, type_query
from tests.e2e.conftest import wait_until_done

pytestmark = pytest.mark.display


def test_shots_and_speech_are_on_the_timeline_and_keys_go_from_shot_to_shot(
    program: Composition, qtbot: QtBot, footage: Clip
) -> None:
    drop(program.uploads_pane, footage.path)
    wait_until_done(qtbot, program, 1)
    type_query(program, qtbot, "green")
    jump(program, qtbot)
    pane, second_shot = program.player_pane, footage.start_ms(1)
    qtbot.waitUntil(lambda: pane.timeline.lanes.outline.shots_ms == (0, second_shot), timeout=20_000)
    assert "harbor" in pane.timeline.lanes.outline.speech[0].text
    assert pane.marking.hit is not None
    assert pane.marking.hit[0] == second_shot
    pane.setFocus()
    qtbot.keyClick(pane, Qt.Key.Key_PageUp)
    qtbot.waitUntil(lambda: pane.position_ms == 0, timeout=20_000)
    qtbot.keyClick(pane, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: pane.position_ms == second_shot, timeout=20_000)
    qtbot.waitUntil(lambda: pane.timeline.view.duration_ms > 0, timeout=20_000)  # which bounds the handles
    qtbot.keyClick(pane, Qt.Key.Key_X)
    assert pane.marking.range == (second_shot - 12 * 40, footage.duration_ms)  # the last frame is in it
