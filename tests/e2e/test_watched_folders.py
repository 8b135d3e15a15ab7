"""Watched folders through the window: added by the menu and a real file dialog, indexed by the real engine."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.uploads import UploadState
from desktop_search.core.watched import WatchState
from desktop_search.settings.folders import Folders
from desktop_search.ui.watching.watched_dialog import WatchedDialog
from desktop_search.ui.watching.watched_row import WatchedRow
from tests.clips import Clip
from tests.e2e.acting import type_query
from tests.e2e.conftest import active_window, items

pytestmark = pytest.mark.display

LEFT = Qt.MouseButton.LeftButton
SOON_MS = 60_000


def open_dialog(program: Composition, qtbot: QtBot) -> WatchedDialog:
    program.commands.action("file.watched-folders").trigger()
    qtbot.waitUntil(lambda: program.sources.watched.dialog is not None)
    dialog = program.sources.watched.dialog
    assert dialog is not None
    return dialog


def watch(dialog: WatchedDialog, qtbot: QtBot, folder: Path, *, with_what_is_there: bool = False) -> None:
    """By the button and the file dialog that it opens."""
    if dialog.takes_existing.isChecked() is not with_what_is_there:
        qtbot.mouseClick(dialog.takes_existing, LEFT, pos=QPoint(8, dialog.takes_existing.height() // 2))
    qtbot.mouseClick(dialog.add_button, LEFT)
    chooser = dialog.findChild(QFileDialog)
    assert chooser is not None
    qtbot.waitUntil(chooser.isVisible)
    field = chooser.findChild(QLineEdit, "fileNameEdit")
    assert field is not None
    field.setText(str(folder))
    box = chooser.findChild(QDialogButtonBox)
    assert box is not None
    button = next(each for each in box.buttons() if box.buttonRole(each) is QDialogButtonBox.ButtonRole.AcceptRole)
    assert isinstance(button, QPushButton)
    qtbot.mouseClick(button, LEFT)


def wait_for_row(dialog: WatchedDialog, qtbot: QtBot, state: WatchState) -> WatchedRow:
    qtbot.waitUntil(lambda: [row.report.state for row in dialog.rows] == [state], timeout=SOON_MS)
    return dialog.rows[0]


def test_new_footage_becomes_searchable_by_itself(
    profile: Folders, qtbot: QtBot, footage: Clip, tmp_path: Path
) -> None:
    card = tmp_path / "card"
    card.mkdir()
    shutil.copy(footage.path, card / "old.mp4")
    with active_window(profile, qtbot) as program:
        dialog = open_dialog(program, qtbot)
        assert dialog.rows == ()
        watch(dialog, qtbot, card)
        row = wait_for_row(dialog, qtbot, WatchState.WATCHING)
        assert row.state == "watched"
        (card / "day 1").mkdir()
        whole = footage.path.read_bytes()
        (card / "day 1" / "new.mp4").write_bytes(whole[: len(whole) // 2])  # on its way
        qtbot.waitUntil(lambda: "1 file still grows" in row.state, timeout=SOON_MS)
        (card / "day 1" / "new.mp4").write_bytes(whole)
        qtbot.waitUntil(lambda: [item.path.name for item in items(program)] == ["new.mp4"], timeout=SOON_MS)
        qtbot.waitUntil(lambda: items(program)[0].state is UploadState.SEARCHABLE, timeout=SOON_MS)
        assert type_query(program, qtbot, "green")
        assert "1 added since the program began" in row.state

        watch(dialog, qtbot, card)
        qtbot.waitUntil(lambda: dialog.problem == "This folder is watched for this library already.")
        _goes_and_comes_back(dialog, qtbot, card)
    with active_window(profile, qtbot) as program:  # the folder is still known, and brings nothing twice
        dialog = open_dialog(program, qtbot)
        row = wait_for_row(dialog, qtbot, WatchState.WATCHING)
        assert len(items(program)) == 1
        qtbot.mouseClick(row.remove, LEFT)
        qtbot.waitUntil(lambda: dialog.rows == ())
    with active_window(profile, qtbot) as program:
        dialog = open_dialog(program, qtbot)
        watch(dialog, qtbot, card, with_what_is_there=True)
        qtbot.waitUntil(
            lambda: sorted(item.path.name for item in items(program)) == ["new.mp4", "old.mp4"], timeout=SOON_MS
        )


def _goes_and_comes_back(dialog: WatchedDialog, qtbot: QtBot, card: Path) -> None:
    away = card.with_name("pulled out")
    card.rename(away)
    row = wait_for_row(dialog, qtbot, WatchState.AWAY)
    assert "The folder is away." in row.state
    away.rename(card)
    wait_for_row(dialog, qtbot, WatchState.WATCHING)
