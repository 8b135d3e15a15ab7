"""Backed up, changed, restored: by the menu, through the end of the program to its next start."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.settings.folders import Folders
from tests.e2e.conftest import active_window

pytestmark = pytest.mark.display


def choose(program: Composition, qtbot: QtBot, command: str, file: Path) -> None:
    """Give the file to the dialog that the command opens."""
    program.commands.action(command).trigger()
    qtbot.waitUntil(lambda: bool(program.window.findChildren(QFileDialog)))
    dialog = program.window.findChildren(QFileDialog)[0]
    field = dialog.findChild(QLineEdit, "fileNameEdit")
    assert isinstance(field, QLineEdit)
    field.setText(str(file))
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not program.window.findChildren(QFileDialog))


def said(program: Composition) -> str:
    return "\n".join(notice.text for notice in program.notices.notices)


def test_a_backup_brings_back_what_was(profile: Folders, qtbot: QtBot, tmp_path: Path) -> None:
    backup, broken = tmp_path / "mine.dsbackup", tmp_path / "broken.dsbackup"
    broken.write_bytes(bytes(range(256)) * 100)
    with active_window(profile, qtbot) as program:
        choose(program, qtbot, "file.back-up", backup)
        qtbot.waitUntil(lambda: "Backed up to" in said(program), timeout=20_000)
        program.commands.action("view.light").trigger()
        qtbot.waitUntil(lambda: program.services.preferences.load().theme == "light")
        choose(program, qtbot, "file.restore", broken)
        qtbot.waitUntil(lambda: "damaged or not complete" in said(program), timeout=20_000)
        assert "Nothing was changed" in said(program)
        choose(program, qtbot, "file.restore", backup)
        qtbot.waitUntil(lambda: program.keeping.backups.question is not None, timeout=20_000)
        question = program.keeping.backups.question
        assert question is not None
        assert "0 rows of the queue" in question.informativeText()
        button = next(each for each in question.findChildren(QPushButton) if each.text() == "Restore and quit")
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not program.window.isVisible(), timeout=20_000)
        assert program.services.preferences.load().theme == "light"  # nothing changes under an open program
    with active_window(profile, qtbot) as program:
        assert "The backup was restored" in said(program)
        assert program.services.preferences.load().theme == "dark"
    assert (next(profile.data.glob("before-restore-*")) / "preferences.json").read_text().count('"light"') == 1
