"""What was deleted just before the program ended, closed or killed, goes at the next start, unless it is taken back."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.library import LOCAL_ID
from desktop_search.core.token import CancelToken
from desktop_search.settings.folders import Folders
from desktop_search.ui.browse import deleting
from tests.clips import Clip
from tests.e2e.conftest import active_window, wait_until_done

pytestmark = pytest.mark.display
SOON_MS = 30_000


def kill_after_deleting(profile: Folders) -> None:
    command = [sys.executable, "-m", "tests.e2e.deleting_child", str(profile.data.parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "deleted\n"
        child.kill()


def videos(program: Composition) -> int:
    return program.services.libraries.client(LOCAL_ID, CancelToken()).list_videos("default")[1]


def said(program: Composition) -> list[str]:
    return [each.text for each in program.notices.notices if "before the program ended" in each.text]


def test_it_is_offered_to_be_taken_back_and_then_sent(
    profile: Folders, qtbot: QtBot, footage: Clip, monkeypatch: pytest.MonkeyPatch
) -> None:
    with active_window(profile, qtbot) as program:
        program.uploads.add_paths([footage.path])
        wait_until_done(qtbot, program, 1)
    kill_after_deleting(profile)

    monkeypatch.setattr(deleting, "GRACE_MS", 600_000)
    with active_window(profile, qtbot) as program:
        qtbot.waitUntil(lambda: bool(said(program)), timeout=SOON_MS)
        assert said(program) == ["1 video that you deleted before the program ended is about to be deleted."]
        undo = next(each for each in program.notices.findChildren(QPushButton) if each.text() == "Undo")
        qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not program.services.deletions.planned(), timeout=SOON_MS)
        assert videos(program) == 1

        page = program.items.page
        program.commands.run("view.library")
        qtbot.waitUntil(lambda: page.model.shown == 1, timeout=SOON_MS)
        page.views.view.selectAll()
        program.commands.run("library.delete")
        qtbot.mouseClick(program.items.acts.deleting.strip.delete, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: bool(program.services.deletions.planned()), timeout=SOON_MS)

    monkeypatch.setattr(deleting, "GRACE_MS", 0)
    with active_window(profile, qtbot) as program:  # closed this time
        qtbot.waitUntil(lambda: not program.services.deletions.planned(), timeout=SOON_MS)
        assert videos(program) == 0
        assert footage.path.is_file()
