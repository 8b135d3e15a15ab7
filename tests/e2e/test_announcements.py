"""Announcements of the desktop, over a real D-Bus session with a notification service of the tests in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_search.settings.folders import Folders
from tests.e2e.acting import drop
from tests.e2e.conftest import active_window, wait_until_done
from tests.support.notifications import NotificationService

pytestmark = pytest.mark.display


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
        program.window.hide()  # there is no window manager that would minimise it
        qtbot.waitUntil(lambda: not is_active())
        drop(program.uploads_pane, *pictures)
        wait_until_done(qtbot, program, 3)
        qtbot.waitUntil(lambda: not notification_service.shown.empty(), timeout=20_000)
        shown = notification_service.next()
        assert shown["summary"] == "3 clips are searchable"
        assert shown["body"].splitlines() == ["picture 0.png", "picture 1.png", "picture 2.png"]
        notification_service.click(shown["id"])
        qtbot.waitUntil(is_active, timeout=20_000)
        assert program.window.isActiveWindow()
        assert notification_service.shown.empty()
