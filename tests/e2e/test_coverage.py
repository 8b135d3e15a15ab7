"""The line below the results: what was searched of real footage, and where its links lead."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.uploads import UploadState
from desktop_search.ui.search.coverage_strip import CoverageStrip
from tests.clips import Clip
from tests.e2e.acting import drop, type_query
from tests.e2e.conftest import wait_until_done

pytestmark = pytest.mark.display


def test_what_was_searched_is_said_with_a_way_to_what_was_not(
    program: Composition, qtbot: QtBot, footage: Clip, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(footage.path.read_bytes()[:5000])
    strip = program.results.findChild(CoverageStrip)
    assert isinstance(strip, CoverageStrip)
    assert not strip.isVisible()
    drop(program.uploads_pane, footage.path)
    wait_until_done(qtbot, program, 1)
    type_query(program, qtbot, "green")
    words = strip.findChildren(QLabel)[0]
    qtbot.waitUntil(lambda: words.text() == "All 7 s searched", timeout=20_000)
    assert strip.isVisible()

    drop(program.uploads_pane, broken)
    wait_until_done(qtbot, program, 2)
    qtbot.waitUntil(
        lambda: any(each.text() == "1 clip failed" for each in strip.findChildren(QPushButton)), timeout=20_000
    )
    assert words.text() == "1 of 2 clips searched"
    link = next(each for each in strip.findChildren(QPushButton) if each.text() == "1 clip failed")
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    (chosen,) = program.uploads_pane.view.chosen()
    assert (chosen.path, chosen.state) == (broken, UploadState.FAILED)
    assert program.uploads_pane.view.hasFocus()
