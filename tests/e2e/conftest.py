"""The whole program, composed as for a user, in a profile of the test's own; real engine, real libVLC, real display."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.bootstrap.window import open_window
from desktop_search.core.uploads import UploadItem, UploadState
from desktop_search.settings.folders import Folders
from tests.clips import Clip, Scene, Shape, Spoken, make_clip
from tests.support.focus import wait_active

INDEXED_IN_MS = 120_000


@pytest.fixture
def profile(tmp_path: Path) -> Folders:
    """Where the program of the test keeps everything."""
    folders = Folders.for_user(tmp_path / "profile")
    folders.create()
    return folders


@contextmanager
def active_window(profile: Folders, qtbot: QtBot) -> Iterator[Composition]:
    """The open program, its window on the screen and active, so that it gets keys."""
    with open_window(profile) as composition:
        composition.window.activateWindow()
        wait_active(qtbot, composition.window)
        yield composition


@pytest.fixture
def program(qapp: QApplication, profile: Folders, qtbot: QtBot) -> Iterator[Composition]:
    """The open program in the profile of the test."""
    with active_window(profile, qtbot) as composition:
        yield composition


def items(program: Composition) -> tuple[UploadItem, ...]:
    """The rows of the upload queue, as the window shows them."""
    return tuple(program.uploads_pane.model.items)


def wait_until_done(qtbot: QtBot, program: Composition, count: int) -> None:
    """Until so many rows are searchable or failed."""
    done = {UploadState.SEARCHABLE, UploadState.FAILED}
    qtbot.waitUntil(
        lambda: len(items(program)) == count and all(item.state in done for item in items(program)),
        timeout=INDEXED_IN_MS,
    )


@pytest.fixture(scope="session")
def footage(tmp_path_factory: pytest.TempPathFactory) -> Clip:
    """A red scene, then a green one with a ball; a sentence over the second."""
    return make_clip(
        tmp_path_factory.mktemp("card") / "take 1 # 100% ü.mp4",
        [Scene(3, "red"), Scene(4, "green", shape=Shape.BALL, shape_color="yellow")],
        speech=[Spoken("the boat is leaving the harbor", start_s=3.4)],
        clip_id=9,
    )
