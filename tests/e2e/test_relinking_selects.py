"""Footage that moved to another drive: its selects say so, are relinked from one file, and go on as they were."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.catalog.local_files import LocalFilesTable
from desktop_search.core.handing_over import Form, HandedOver
from desktop_search.core.hits import Hit
from desktop_search.core.timecode import Timebase
from desktop_search.core.token import CancelToken
from desktop_search.models.selects_model import SelectRole
from desktop_search.settings.folders import Folders
from tests.clips import Clip
from tests.e2e.acting import drop, jump, on_screen, type_query
from tests.e2e.conftest import active_window, wait_until_done
from tests.e2e.selecting import SOON_MS, click, selects
from tests.e2e.test_servers import answering, remember

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


def test_a_select_outlives_its_video_a_new_name_and_another_library(
    profile: Folders, qtbot: QtBot, clip_pair: tuple[Clip, Clip], tmp_path: Path
) -> None:
    path, renamed = tmp_path / "card.mp4", tmp_path / "renamed.mp4"
    shutil.copy(clip_pair[0].path, path)
    with active_window(profile, qtbot) as program:
        drop(program.uploads_pane, path)
        wait_until_done(qtbot, program, 1)
        (hit, *_others) = type_query(program, qtbot, "red")
        jump(program, qtbot)
        assert program.commands.run("results.select")
        qtbot.waitUntil(lambda: len(selects(program)) == 1, timeout=SOON_MS)
        (kept,) = selects(program)
        client = program.services.libraries.client("local", CancelToken())
        client.delete_videos([hit.video_no], hit.namespace, token=CancelToken())
        LocalFilesTable(program.services.catalog).unlink("local", hit.video_no)
        path.rename(renamed)
        program.selects.controller.read_again()
        qtbot.waitUntil(lambda: away(program) == [True], timeout=SOON_MS)
        drop(program.uploads_pane, renamed)  # indexed again, by another name and another id
        wait_until_done(qtbot, program, 2)
        program.selects.controller.read_again()
        qtbot.waitUntil(lambda: away(program) == [False], timeout=SOON_MS)
        assert selects(program) == (replace(kept, path=renamed, name="renamed.mp4"),)
    with answering(b"") as url:
        pass
    remember(profile, url)
    with active_window(profile, qtbot) as program:
        qtbot.waitUntil(lambda: program.switch.library.library_id == url, timeout=SOON_MS)
        qtbot.waitUntil(lambda: len(selects(program)) == 1, timeout=SOON_MS)
        program.commands.run("selects.go")
        with qtbot.waitSignal(program.watch.shown, timeout=SOON_MS):
            click(program, qtbot, 0)
        assert on_screen(program) == (5, Timebase().frame_at(kept.start_ms))
