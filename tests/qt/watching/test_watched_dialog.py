from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_search.core.footage import FootageDetails
from desktop_search.core.library import MEMORIES_AI, THIS_COMPUTER
from desktop_search.core.watched import WatchedFolder, WatchReport, WatchState
from desktop_search.ui.watching.watched_dialog import WatchedDialog
from tests.support.focus import wait_exposed

LEFT = Qt.MouseButton.LeftButton
FOLDER = WatchedFolder(1, "local", Path("/media/card"), FootageDetails(namespace="sea", tags=("fog", "day 3")))


@pytest.fixture
def dialog(qtbot: QtBot) -> WatchedDialog:
    made = WatchedDialog()
    qtbot.addWidget(made)
    made.show()
    wait_exposed(qtbot, made)
    return made


def words(dialog: WatchedDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible()).replace("\u200b", "")


def test_a_row_says_how_its_folder_is(qtbot: QtBot, dialog: WatchedDialog) -> None:
    dialog.set_folders([WatchReport(FOLDER)])
    (row,) = dialog.rows
    qtbot.waitUntil(row.isVisible)
    assert row.state == "looking into it for the first time…"
    assert "/media/card" in words(dialog)
    assert "to this computer, namespace “sea”, tags fog, day 3" in words(dialog)
    dialog.put_folder(WatchReport(FOLDER, WatchState.WATCHING, growing=2, added=1200))
    assert row.state == "watched · 1,200 added since the program began · 2 files still grow"
    dialog.put_folder(WatchReport(FOLDER, WatchState.AWAY, cause="The folder is away."))
    assert row.state == "The folder is away."
    with qtbot.waitSignal(dialog.remove_asked) as asked:
        qtbot.mouseClick(row.remove, LEFT)
    assert asked.args == [1]
    dialog.set_folders([])
    assert "No folder is watched yet." in words(dialog)


def test_what_costs_money_is_said_to_wait(dialog: WatchedDialog) -> None:
    dialog.set_library(MEMORIES_AI)
    assert "it waits in the queue until you start it" in words(dialog)
    assert dialog.add_button.text() == "Watch a folder for memories.ai…"
    dialog.set_library(THIS_COMPUTER)
    assert "charges" not in words(dialog)


def test_a_folder_goes_with_the_details_of_the_form(qtbot: QtBot, dialog: WatchedDialog, tmp_path: Path) -> None:
    dialog.details.field("namespace").clear()
    with qtbot.assertNotEmitted(dialog.watch_asked):
        dialog.take(tmp_path)
    assert dialog.details.is_open
    dialog.details.field("namespace").setText("sea")
    dialog.takes_existing.setChecked(True)
    with qtbot.waitSignal(dialog.watch_asked) as asked:
        dialog.take(tmp_path)
    assert asked.args == [tmp_path, FootageDetails(namespace="sea"), True]


def test_every_control_has_a_name(qtbot: QtBot, dialog: WatchedDialog) -> None:
    dialog.set_folders([WatchReport(FOLDER)])
    qtbot.waitUntil(lambda: dialog.rows[0].remove.isVisible())
    controls = [each for each in dialog.findChildren(QWidget) if isinstance(each, QAbstractButton | QLineEdit)]
    nameless = [
        each
        for each in controls
        if each.isVisible() and not each.accessibleName() and not (isinstance(each, QAbstractButton) and each.text())
    ]
    assert nameless == []
