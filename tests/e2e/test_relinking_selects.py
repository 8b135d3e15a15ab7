"""Footage that moved to another drive: its selects say so, are relinked from one file, and go on as they were."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.handing_over import Form, HandedOver
from desktop_search.core.hits import Hit
from desktop_search.models.selects_model import SelectRole
from tests.clips import Clip
from tests.e2e.acting import on_screen
from tests.e2e.selecting import SOON_MS, click, selects

pytestmark = pytest.mark.display


def away(program: Composition) -> list[bool]:
    model = program.selects.tab.model
    return [bool(model.index(row, 0).data(SelectRole.IS_AWAY)) for row in range(model.rowCount())]


def test_selects_of_files_that_moved_are_relinked_shown_and_exported(
    program: Composition, qtbot: QtBot, clip_pair: tuple[Clip, Clip], tmp_path: Path
) -> None:
    card, archive = tmp_path / "E" / "card", tmp_path / "F" / "archive" / "card"
    card.mkdir(parents=True)
    for clip in clip_pair:
        shutil.copy(clip.path, card)
    names = [clip.path.name for clip in clip_pair]
    hits = [Hit(name, name, 1000, 2000, library_id="local", original=card / name) for name in names]
    tab, controller = program.selects.tab, program.selects.controller
    controller.take(hits)
    qtbot.waitUntil(lambda: away(program) == [False, False], timeout=SOON_MS)
    assert not program.commands.run("selects.relink")
    archive.parent.mkdir(parents=True)
    shutil.move(card, archive)
    controller.read_again()
    qtbot.waitUntil(lambda: away(program) == [True, True], timeout=SOON_MS)
    assert "Relink files" in tab.model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    program.commands.run("selects.go")
    click(program, qtbot, 0)
    pane = program.player_pane
    qtbot.waitUntil(lambda: pane.pages.currentWidget() is pane.message, timeout=SOON_MS)  # no other picture
    program.selects.relinking.relink(card / names[0], archive / names[1])
    qtbot.waitUntil(lambda: "another file" in tab.said.text(), timeout=SOON_MS)
    assert away(program) == [True, True]
    program.selects.relinking.relink(card / names[0], archive / names[0])
    qtbot.waitUntil(lambda: tab.said.text() == "2 files found and relinked.", timeout=SOON_MS)
    qtbot.waitUntil(lambda: away(program) == [False, False], timeout=SOON_MS)
    assert [one.path for one in selects(program)] == [archive / name for name in names]
    with qtbot.waitSignal(program.watch.shown, timeout=SOON_MS):
        click(program, qtbot, 1)
    assert on_screen(program) == (6, 25)
    with qtbot.waitSignal(program.selects.exports.exported, timeout=SOON_MS) as told:
        program.selects.exports.export(tmp_path / "cut", Form.FCPXML)
    assert isinstance(told.args[0], HandedOver)
    assert told.args[0].problems == ()
