"""Indexing is paused and goes on, from the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.uploads import UploadState
from tests.clips import Scene, make_clip
from tests.e2e.acting import drop
from tests.e2e.conftest import items, wait_until_done

pytestmark = pytest.mark.display


def test_indexing_rests_and_goes_on_at_a_click(program: Composition, qtbot: QtBot, tmp_path: Path) -> None:
    strip = program.engine_strip
    assert not strip.isVisible()
    film = make_clip(tmp_path / "long.mp4", [Scene(20, "red"), Scene(20, "green")], size=(640, 360))
    drop(program.uploads_pane, film.path)
    qtbot.waitUntil(lambda: "Indexing 1 clip" in strip.words, timeout=60_000)
    qtbot.mouseClick(strip.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Indexing is paused" in strip.words, timeout=20_000)
    assert items(program)[0].state is UploadState.INDEXING
    assert strip.button.accessibleName() == "Go on indexing"
    qtbot.mouseClick(strip.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Indexing 1 clip" in strip.words, timeout=20_000)
    program.engine._timer.setInterval(3_600_000)  # that the clip is done is what makes it look again
    wait_until_done(qtbot, program, 1)
    assert items(program)[0].state is UploadState.SEARCHABLE
    qtbot.waitUntil(lambda: not strip.isVisible(), timeout=20_000)
