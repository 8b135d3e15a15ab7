from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_search.core.imports import ImportedVideo, ImportItem, ImportKind, ImportState, ImportWish
from desktop_search.core.uploads import MediaKind, UploadItem, UploadState
from desktop_search.ui.announcing.announcer import Announcer
from desktop_search.ui.announcing.raising import bring_to_front
from tests.support.focus import wait_active


@dataclass
class Desk:
    """A window that is not active, and what would be shown."""

    qtbot: QtBot
    window: QWidget
    announcer: Announcer
    shown: list[tuple[str, str]] = field(default_factory=list)

    def upload(self, number: int, state: UploadState, cause: str = "") -> None:
        """A row goes from indexing to this state."""
        row = UploadItem(number, "local", Path(f"/f/clip {number}.mp4"), MediaKind.VIDEO, UploadState.INDEXING)
        self.announcer.see_uploads((row,))
        self.announcer.see_uploads((replace(row, state=state, cause=cause),))

    def wait_shown(self, count: int) -> None:
        self.qtbot.waitUntil(lambda: len(self.shown) == count)


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication) -> Desk:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    wait_active(qtbot, window)
    window.hide()
    qtbot.waitUntil(lambda: qapp.applicationState() is not Qt.ApplicationState.ApplicationActive)
    made = Desk(qtbot, window, Announcer(window, first_ms=20, next_ms=40))
    made.announcer.announced.connect(lambda line, text: made.shown.append((line, text)))
    return made


def test_three_hundred_are_one_notification(desk: Desk) -> None:
    for number in range(300):
        desk.upload(number, UploadState.SEARCHABLE)
    desk.wait_shown(1)
    assert desk.shown == [("300 clips are searchable", "clip 0.mp4\nclip 1.mp4\nclip 2.mp4\nand 297 more")]


def test_what_comes_later_is_added_up(desk: Desk) -> None:
    desk.upload(1, UploadState.SEARCHABLE)
    desk.wait_shown(1)
    desk.upload(2, UploadState.FAILED, "The disk is full.")
    desk.wait_shown(2)
    assert desk.shown == [
        ("1 clip is searchable", "clip 1.mp4"),
        ("1 clip is searchable, 1 failed", "clip 2.mp4: The disk is full."),
    ]


def test_rows_of_the_last_run_are_no_news(desk: Desk) -> None:
    row = UploadItem(1, "local", Path("/f/old.mp4"), MediaKind.VIDEO, UploadState.FAILED)
    desk.announcer.see_uploads((row, replace(row, item_id=2, state=UploadState.SEARCHABLE)))
    desk.announcer.see_uploads((row,))
    desk.upload(3, UploadState.SEARCHABLE)
    desk.wait_shown(1)
    assert desk.shown == [("1 clip is searchable", "clip 3.mp4")]


def test_one_that_fails_as_soon_as_it_is_added_is_news(desk: Desk) -> None:
    row = UploadItem(1, "local", Path("/f/new.mp4"), MediaKind.VIDEO, UploadState.FAILED, cause="It is damaged.")
    desk.announcer.see_uploads((replace(row, added_ms=time.time_ns() // 1_000_000 + 1),))
    desk.wait_shown(1)
    assert desk.shown == [("1 failed", "new.mp4: It is damaged.")]


def test_imports_are_announced_at_their_end(desk: Desk) -> None:
    wish = ImportWish("local", ImportKind.POSTS, ("https://youtu.be/a", "https://youtu.be/b"))
    videos = (ImportedVideo("VI1", "fog", "PARSE"), ImportedVideo("VI2", "sea", "PARSE"))
    running = ImportItem(1, wish, ImportState.RUNNING, videos=videos)
    desk.announcer.see_import(running)
    desk.announcer.see_import(replace(running, state=ImportState.DONE))
    desk.announcer.see_import(ImportItem(2, wish, ImportState.FAILED, cause="Gone."))
    desk.wait_shown(1)
    assert desk.shown == [("2 clips are searchable, 1 failed", "2 posts on youtu.be: Gone.")]


def test_nothing_is_announced_to_somebody_who_looks(desk: Desk) -> None:
    desk.upload(1, UploadState.SEARCHABLE)
    bring_to_front(desk.window)
    wait_active(desk.qtbot, desk.window)
    desk.upload(2, UploadState.SEARCHABLE)
    desk.window.hide()
    desk.qtbot.waitUntil(lambda: QApplication.applicationState() is not Qt.ApplicationState.ApplicationActive)
    desk.upload(3, UploadState.SEARCHABLE)
    desk.wait_shown(1)
    assert desk.shown == [("1 clip is searchable", "clip 3.mp4")]


def test_it_can_be_switched_off(desk: Desk) -> None:
    desk.announcer.set_on(False)
    desk.upload(1, UploadState.SEARCHABLE)
    desk.announcer.set_on(True)
    desk.upload(2, UploadState.SEARCHABLE)
    desk.wait_shown(1)
    assert desk.shown == [("1 clip is searchable", "clip 2.mp4")]
