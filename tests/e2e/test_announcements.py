"""Announcements of the desktop, over a real D-Bus session with a notification service of the tests in it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_search.settings.folders import Folders
from desktop_search.settings.preferences import PreferencesStore
from tests.e2e.acting import drop
from tests.e2e.conftest import active_window, wait_until_done
from tests.support.notifications import NotificationService

pytestmark = pytest.mark.display


OTHER_PROGRAM = """
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
window = QWidget()
window.show()
window.activateWindow()
app.exec()
"""


@contextmanager
def looking_elsewhere(qtbot: QtBot) -> Iterator[None]:
    """Another program has the focus, for as long as it runs."""
    with subprocess.Popen([sys.executable, "-c", OTHER_PROGRAM]) as other:
        try:
            qtbot.waitUntil(lambda: not is_active(), timeout=20_000)
            yield
        finally:
            other.terminate()


def is_active() -> bool:
    return QApplication.applicationState() is Qt.ApplicationState.ApplicationActive


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"picture {number}.png" for number in range(3)]
    for path in paths:
        Image.new("RGB", (64, 48), "navy").save(path)
    return paths


def test_what_became_searchable_is_announced_in_one_go_and_a_click_brings_the_window(
    profile: Folders,
    qtbot: QtBot,
    pictures: list[Path],
    notification_service: NotificationService,
) -> None:
    with active_window(profile, qtbot) as program:
        with looking_elsewhere(qtbot):
            drop(program.uploads_pane, *pictures)
            wait_until_done(qtbot, program, 3)
            qtbot.waitUntil(lambda: not notification_service.shown.empty(), timeout=20_000)
            shown = notification_service.next()
            assert shown["summary"] == "3 clips are searchable"
            assert shown["body"].splitlines() == ["picture 0.png", "picture 1.png", "picture 2.png"]
            program.window.hide()  # without a window manager, being in front cannot be told otherwise
            notification_service.click(shown["id"])
            qtbot.waitUntil(program.window.isVisible, timeout=20_000)
        assert notification_service.shown.empty()


def test_they_can_be_switched_off_for_good(profile: Folders, qtbot: QtBot) -> None:
    with active_window(profile, qtbot) as program:
        program.preferences.open()
        qtbot.waitUntil(lambda: program.preferences.dialog is not None)
        dialog = program.preferences.dialog
        assert dialog is not None
        assert dialog.notify_box.isChecked()
        dialog.notify_box.click()
        qtbot.waitUntil(lambda: not PreferencesStore(profile.preferences_file).load().notify)
        dialog.close()
        assert not program.announcer.is_on
    with active_window(profile, qtbot) as program:
        assert not program.announcer.is_on
