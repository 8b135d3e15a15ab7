"""From a found moment to a file that an editing program reads: by keys, in the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.cutting import Cut
from desktop_search.core.handing_over import Arrangement, Form, HandedOver
from desktop_search.settings.folders import Folders
from desktop_search.ui.search.results_view import ResultsView
from tests.clips import Clip, read_frame_number
from tests.e2e.acting import drop, jump, type_query
from tests.e2e.conftest import active_window, wait_until_done

pytestmark = pytest.mark.display
SOON_MS = 20_000


def indexed(program: Composition, qtbot: QtBot, footage: Clip) -> None:
    drop(program.uploads_pane, footage.path)
    wait_until_done(qtbot, program, 1)


def rows(program: Composition) -> list[tuple[str, ...]]:
    model = program.selects.tab.model
    return [
        tuple(str(model.index(row, column).data()) for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def take_best(program: Composition, qtbot: QtBot) -> None:
    assert type_query(program, qtbot, "green")
    jump(program, qtbot)
    before = len(rows(program))
    results = program.results.findChild(ResultsView)
    assert results is not None
    qtbot.keyClick(results, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: len(rows(program)) > before, timeout=SOON_MS)


def click_first(program: Composition, qtbot: QtBot) -> None:
    view = program.selects.tab.view
    program.clip_tabs.setCurrentWidget(program.selects.tab)
    at = view.visualRect(program.selects.tab.model.index(0, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def export(program: Composition, qtbot: QtBot, target: Path, form: Form) -> HandedOver:
    with qtbot.waitSignal(program.selects.exports.exported, timeout=SOON_MS) as told:
        program.selects.exports.export(target, form)
    made = told.args[0]
    assert isinstance(made, HandedOver)
    return made


def test_a_found_moment_becomes_a_proved_file(
    revealed: list[Path], program: Composition, qtbot: QtBot, footage: Clip, tmp_path: Path
) -> None:
    indexed(program, qtbot, footage)
    take_best(program, qtbot)
    (row,) = rows(program)
    assert row[0] == footage.path.name
    qtbot.keyClick(
        program.window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert program.clip_tabs.currentWidget() is program.selects.tab
    view = program.selects.tab.view
    click_first(program, qtbot)
    qtbot.keyClick(view, Qt.Key.Key_4)
    qtbot.waitUntil(lambda: rows(program)[0][3] == "★★★★", timeout=SOON_MS)
    made = export(program, qtbot, tmp_path / "cut", Form.FCPXML)
    assert made.target == tmp_path / "cut.fcpxml"
    assert (made.said, made.problems) == ("1/1 events frame-exact", ())
    assert "1/1 events frame-exact" in program.selects.tab.said.text()
    qtbot.mouseClick(program.selects.tab.show_made, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: revealed == [made.target], timeout=SOON_MS)
    assert row[1] in export(program, qtbot, tmp_path / "cut.edl", Form.EDL).target.read_text()


def test_a_range_marked_in_the_player_is_taken_shown_again_undone_and_redone(
    program: Composition, qtbot: QtBot, footage: Clip
) -> None:
    indexed(program, qtbot, footage)
    assert type_query(program, qtbot, "green")
    jump(program, qtbot)
    pane = program.player_pane
    pane.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_I, *[Qt.Key.Key_Right] * 5, Qt.Key.Key_O):
        qtbot.keyClick(pane, key)
    start_ms, end_ms = pane.marking.range
    assert start_ms is not None
    assert end_ms is not None
    qtbot.keyClick(pane, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: len(rows(program)) == 1, timeout=SOON_MS)
    (select,) = program.selects.tab.model.selects
    assert (select.start_ms, select.end_ms) == (start_ms, end_ms)
    tab = program.selects.tab
    click_first(program, qtbot)
    with qtbot.waitSignal(program.watch.shown, timeout=SOON_MS):
        qtbot.keyClick(tab.view, Qt.Key.Key_Return)
    assert program.watch.hit is not None
    assert program.watch.hit.start_ms == start_ms
    qtbot.keyClick(tab.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not rows(program), timeout=SOON_MS)
    qtbot.waitUntil(tab.bins.hasFocus, timeout=SOON_MS)
    qtbot.keyClick(tab.bins, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(rows(program)) == 1, timeout=SOON_MS)
    qtbot.keyClick(tab.view, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not rows(program), timeout=SOON_MS)


def test_the_dialog_replaces_only_when_told_and_remembers(
    profile: Folders, qtbot: QtBot, footage: Clip, tmp_path: Path
) -> None:
    with active_window(profile, qtbot) as program:
        indexed(program, qtbot, footage)
        take_best(program, qtbot)
        tab, form = program.selects.tab, program.selects.exports.dialog
        click_first(program, qtbot)
        qtbot.keyClick(program.window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(form.isVisible, timeout=SOON_MS)
        assert form.about.text() == "The 1 range of “Selects”."
        assert Path(form.target.text()).name == "Selects.fcpxml"
        form.goal.setCurrentIndex(form.goal.findData(Form.FCP7_XML))
        form.arrangement.setCurrentIndex(form.arrangement.findData(Arrangement.SOURCES))
        (tmp_path / "mine.xml").write_text("mine")
        form.target.setText(str(tmp_path / "mine.xml"))
        qtbot.mouseClick(form.go, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: form.go.text() == "Replace", timeout=SOON_MS)
        assert "is there already" in form.problem.text()
        assert (tmp_path / "mine.xml").read_text() == "mine"
        with qtbot.waitSignal(program.selects.exports.exported, timeout=SOON_MS):
            qtbot.mouseClick(form.go, Qt.MouseButton.LeftButton)
        assert not form.isVisible()
        assert "<bin>" in (tmp_path / "mine.xml").read_text()
        assert "1/1 events frame-exact" in tab.said.text()
        program.selects.exports.ask()
        form.goal.setCurrentIndex(form.goal.findData(Cut.PNG))
        assert Path(form.target.text()) == tmp_path
        assert not form.arrangement.isVisible()
        form.template.setText("{bin}-{n}")
        with qtbot.waitSignal(program.selects.exports.exported, timeout=SOON_MS):
            qtbot.keyClick(form.template, Qt.Key.Key_Return)
        assert (tmp_path / "Selects-001.png").is_file()
    with active_window(profile, qtbot) as program:
        qtbot.waitUntil(lambda: len(rows(program)) == 1, timeout=SOON_MS)
        program.selects.exports.ask()
        form = program.selects.exports.dialog
        assert (form.chosen, form.template.text(), form.target.text()) == (Cut.PNG, "{bin}-{n}", str(tmp_path))
        qtbot.keyClick(form, Qt.Key.Key_Escape)
        assert not form.isVisible()


def test_the_frame_on_screen_is_saved_as_a_picture(
    program: Composition, qtbot: QtBot, footage: Clip, tmp_path: Path
) -> None:
    indexed(program, qtbot, footage)
    assert type_query(program, qtbot, "green")
    jump(program, qtbot)
    pane, saving = program.player_pane, program.selects.frame_saving
    pane.setFocus()
    qtbot.keyClick(pane, Qt.Key.Key_Right)
    qtbot.keyClick(pane, Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
    dialog = pane.findChild(QFileDialog)
    assert dialog is not None
    dialog.selectFile(str(tmp_path / "still.png"))
    with qtbot.waitSignal(saving.saved, timeout=SOON_MS):
        dialog.accept()
    with Image.open(tmp_path / "still.png") as picture:
        assert read_frame_number(picture) == round(pane.position_ms * footage.rate / 1000)
    assert any("still.png" in notice.text for notice in program.notices.notices)


def test_selects_are_there_after_a_restart_and_a_gone_file_is_said_before_writing(
    profile: Folders, qtbot: QtBot, footage: Clip, tmp_path: Path
) -> None:
    with active_window(profile, qtbot) as program:
        indexed(program, qtbot, footage)
        take_best(program, qtbot)
        before = rows(program)
    with active_window(profile, qtbot) as program:
        qtbot.waitUntil(lambda: rows(program) == before, timeout=SOON_MS)
        away = footage.path.rename(footage.path.with_name("away.mp4"))
        program.selects.exports.export(tmp_path / "cut.edl", Form.EDL)
        qtbot.waitUntil(lambda: "nothing was written" in program.selects.tab.said.text(), timeout=SOON_MS)
        assert str(footage.path) in program.selects.tab.said.text()
        assert program.selects.tab.said.property("role") == "problem"
        assert not (tmp_path / "cut.edl").exists()
        away.rename(footage.path)


def test_bins_are_made_renamed_removed_and_brought_back(program: Composition, qtbot: QtBot) -> None:
    controller, tab = program.selects.bins, program.selects.tab

    def names() -> list[str]:
        return [one.name for one in tab.bins.bins]

    qtbot.waitUntil(lambda: names() == ["Selects"], timeout=SOON_MS)
    controller.add("Interviews")
    qtbot.waitUntil(lambda: tab.shown_bin.name == "Interviews", timeout=SOON_MS)
    controller.rename("selects")
    qtbot.waitUntil(lambda: any("There is a bin" in notice.text for notice in program.notices.notices), timeout=SOON_MS)
    controller.rename("Talks")
    qtbot.waitUntil(lambda: tab.shown_bin.name == "Talks", timeout=SOON_MS)
    program.commands.run("selects.remove-bin")
    qtbot.waitUntil(lambda: names() == ["Selects"], timeout=SOON_MS)
    assert "undo brings it back" in tab.said.text()
    program.commands.run("selects.undo")
    qtbot.waitUntil(lambda: names() == ["Selects", "Talks"], timeout=SOON_MS)
