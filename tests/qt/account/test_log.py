"""The transfer log on the screen: opened at any length, found by text, exported for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from desktop_search.core.transfer_log import SentAs
from desktop_search.models.log_model import COLUMNS
from desktop_search.services.transfer_log import HEADINGS, TransferLog, cells
from desktop_search.ui.account.log_controller import LogController
from desktop_search.ui.account.log_dialog import LogDialog
from tests.qt.account.conftest import LINE, Office, numbered
from tests.support.focus import wait_exposed


@pytest.fixture
def opened(office: Office) -> Callable[[], LogDialog]:
    controller = LogController(office.runner, TransferLog(office.catalog), office.window)

    def open_it() -> LogDialog:
        controller.open()
        assert controller.dialog is not None
        wait_exposed(office.qtbot, controller.dialog)
        return controller.dialog

    return open_it


def cell(dialog: LogDialog, row: int, column: str) -> str:
    return str(dialog.model.index(row, COLUMNS.index(column)).data())


def wait_lines(office: Office, dialog: LogDialog, count: int) -> None:
    office.qtbot.waitUntil(lambda: dialog.model.rowCount() == count, timeout=15_000)


def test_a_line_says_what_was_sent(office: Office, opened: Callable[[], LogDialog]) -> None:
    office.log(LINE, replace(LINE, sent_as=SentAs.PART, part_start_ms=0, part_end_ms=61_000, began_ms=None, cost=0))
    dialog = opened()
    wait_lines(office, dialog, 2)
    office.qtbot.waitUntil(lambda: cell(dialog, 1, "File") == "A0001.mp4")
    row = {name: cell(dialog, 1, name) for name in COLUMNS}
    assert row["Sent"] == f"{datetime.fromtimestamp(LINE.ended_ms / 1000).astimezone():%Y-%m-%d %H:%M}"
    assert (row["Size"], row["Rate"], row["Cost"], row["Library"], row["As"]) == (
        "240 MB",
        "12 MB/s",
        "$0.02",
        "memories.ai",
        "as it is",
    )
    assert (row["Answer id"], row["Fingerprint"]) == (LINE.remote_id, LINE.fingerprint)
    assert [cell(dialog, 0, name) for name in ("As", "Rate", "Cost")] == ["part 0:00:00–0:01:01", "", ""]
    assert dialog.words == "2 lines"


def test_an_empty_log_says_so(office: Office, opened: Callable[[], LogDialog]) -> None:
    dialog = opened()
    office.qtbot.waitUntil(lambda: dialog._empty.isVisible())
    assert dialog._empty.text() == "Nothing was sent yet."
    assert not dialog.export.isEnabled()


def test_a_hundred_thousand_lines_open_without_reading_them_all(
    office: Office, opened: Callable[[], LogDialog]
) -> None:
    office.log(*numbered(100_000))
    dialog = opened()
    wait_lines(office, dialog, 100_000)
    office.qtbot.waitUntil(lambda: cell(dialog, 0, "File") == "A099999.mp4")
    dialog.table.scrollToBottom()
    office.qtbot.waitUntil(lambda: cell(dialog, 99_999, "File") == "A000000.mp4")
    assert len(dialog.model._held) < 1_000
    dialog.field.setFocus()
    office.qtbot.keyClicks(dialog.field, "a0999")
    wait_lines(office, dialog, 100)
    office.qtbot.keyClicks(dialog.field, "x")
    wait_lines(office, dialog, 0)
    assert dialog._empty.text() == "No line has this text."


def test_what_arrives_while_it_is_open_comes_on_top_and_nothing_jumps(
    office: Office, opened: Callable[[], LogDialog]
) -> None:
    office.log(*numbered(300))
    dialog = opened()
    wait_lines(office, dialog, 300)
    dialog.table.selectRow(7)
    chosen = dialog.model.index(7, 1).data
    office.qtbot.waitUntil(lambda: chosen() == "A000292.mp4")
    office.log(LINE)
    controller = office.window.findChild(LogController)
    assert controller is not None
    controller.refresh()
    wait_lines(office, dialog, 301)
    (selected,) = dialog.table.selectionModel().selectedRows(1)
    assert (selected.row(), selected.data()) == (8, "A000292.mp4")


def test_chosen_lines_are_copied_as_cells(office: Office, opened: Callable[[], LogDialog]) -> None:
    office.log(*numbered(3))
    dialog = opened()
    wait_lines(office, dialog, 3)
    office.qtbot.waitUntil(lambda: cell(dialog, 2, "File") == "A000000.mp4")
    dialog.table.setFocus()
    dialog.table.selectRow(1)
    office.qtbot.keyClick(dialog.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    office.qtbot.keyClick(dialog.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert [line[COLUMNS.index("File")] for line in lines] == ["A000001.mp4", "A000000.mp4"]
    assert [line[COLUMNS.index("Size")] for line in lines] == ["240 MB", "240 MB"]


def export_to(office: Office, dialog: LogDialog, target: Path) -> None:
    office.qtbot.mouseClick(dialog.export, Qt.MouseButton.LeftButton)
    chooser = dialog.findChild(QFileDialog)
    assert chooser is not None
    chooser.filesSelected.emit([str(target)])
    chooser.close()


def test_the_lines_that_are_shown_are_exported(office: Office, opened: Callable[[], LogDialog], tmp_path: Path) -> None:
    strange = Path('/card/=cmd|"calc", ü\n\udcff.mov')
    office.log(LINE, replace(LINE, path=strange, remote_id="=1+1", began_ms=None), *numbered(1_200))
    dialog = opened()
    wait_lines(office, dialog, 1_202)
    office.qtbot.keyClicks(dialog.field, "card/=")
    wait_lines(office, dialog, 1)
    target = tmp_path / "log.csv"
    export_to(office, dialog, target)
    office.qtbot.waitUntil(lambda: dialog.words == f"1 line written to {target}")
    content = target.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")  # by which spreadsheets know that it is UTF-8
    lines = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert tuple(lines[0]) == HEADINGS
    assert content.count(b"\r\n") == 2
    assert lines[0]["File"] == str(strange).replace("\udcff", "\\udcff")
    assert (lines[0]["Answer id"], lines[0]["Began"], lines[0]["Bytes"]) == ("'=1+1", "", "240000000")
    dialog.field.clear()
    wait_lines(office, dialog, 1_202)
    export_to(office, dialog, target)
    office.qtbot.waitUntil(lambda: "1,202 lines written" in dialog.words)
    assert len(target.read_bytes().splitlines()) >= 1_203
    assert [path.name for path in tmp_path.iterdir() if "tmp" in path.name] == []


def test_an_export_that_fails_says_why_and_leaves_nothing(
    office: Office, opened: Callable[[], LogDialog], tmp_path: Path
) -> None:
    office.log(LINE)
    dialog = opened()
    wait_lines(office, dialog, 1)
    export_to(office, dialog, tmp_path / "nowhere" / "log.csv")
    office.qtbot.waitUntil(lambda: "could not be exported: No such file or directory" in dialog.problem)
    assert "Choose another folder or name." in dialog.problem


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start: str) -> None:
    assert f"'{start}1+1" in cells(replace(LINE, remote_id=f"{start}1+1"))
