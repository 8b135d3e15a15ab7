"""Footage that counts in drop-frame, from the list into the player: its own timecode everywhere, typed and copied."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.media.frames import frame_at
from tests.clips import Scene, make_clip
from tests.e2e.acting import drop, jump, on_screen, query_field, type_query
from tests.e2e.conftest import wait_until_done

pytestmark = pytest.mark.display
CONTROL = Qt.KeyboardModifier.ControlModifier


def test_its_timecode_is_shown_copied_typed_and_the_rest_works_too(
    program: Composition, qtbot: QtBot, tmp_path: Path
) -> None:
    scenes = [Scene(3, "red"), Scene(3, "green")]
    clip = make_clip(tmp_path / "A001.mov", scenes, Fraction(30000, 1001), clip_id=3, timecode="10:00:58;00")
    assert clip.starts[1] == 90
    drop(program.uploads_pane, clip.path)
    wait_until_done(qtbot, program, 1)
    assert type_query(program, qtbot, "green")
    assert jump(program, qtbot) == (3, 90)
    pane = program.player_pane
    assert pane.timecode.text() == "10:01:01;02"  # ;00 and ;01 of the minute are not there
    qtbot.keyClick(program.results.view, Qt.Key.Key_C, CONTROL)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text().startswith("10:01:01;02"), timeout=20_000)

    pane.setFocus()
    qtbot.keyClick(pane, Qt.Key.Key_G)
    qtbot.keyClicks(pane.timecode, "10:00:59;29")
    qtbot.keyClick(pane.timecode, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: on_screen(program) == (3, 59), timeout=20_000)
    qtbot.keyClick(pane, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: pane.timecode.text() == "10:01:00;02" and on_screen(program) == (3, 60), timeout=20_000)
    qtbot.keyClick(pane, Qt.Key.Key_M)
    assert pane.transport.mute.accessibleName() == "Sound on"
    qtbot.keyClick(pane, Qt.Key.Key_M)
    assert pane.transport.mute.accessibleName() == "Mute"

    picture = tmp_path / "like.png"
    image: Image.Image = frame_at(clip.path, clip.start_ms(1) + 1000)
    image.save(picture)
    qtbot.keyClick(query_field(program), Qt.Key.Key_I, CONTROL)
    qtbot.waitUntil(lambda: bool(program.window.findChildren(QFileDialog)), timeout=20_000)
    name = program.window.findChildren(QFileDialog)[0].findChild(QLineEdit, "fileNameEdit")
    assert isinstance(name, QLineEdit)
    name.setText(str(picture))
    with qtbot.waitSignal(program.search.answered, timeout=20_000):
        qtbot.keyClick(name, Qt.Key.Key_Return)
    assert program.search_pane.query().picture == picture
    assert program.results.hits()[0].start_ms >= clip.start_ms(1)
