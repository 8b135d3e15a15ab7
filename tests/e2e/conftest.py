"""The whole program, composed as for a user, in a profile of the test's own; real engine, real libVLC, real display."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap import wire_item_acts, wire_results, wire_selects
from desktop_search.bootstrap.compose import Composition
from desktop_search.bootstrap.window import open_window
from desktop_search.core.hits import Hit
from desktop_search.core.uploads import UploadItem, UploadState
from desktop_search.settings.folders import Folders
from tests.clips import Clip, Scene, Shape, Spoken, make_clip
from tests.e2e import acting
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


@pytest.fixture
def stocked(program: Composition, qtbot: QtBot, clip_pair: tuple[Clip, Clip]) -> Composition:
    """Four ranges of two clips in the first bin, the list in front."""
    for clip in clip_pair:
        acting.drop(program.uploads_pane, clip.path)
    wait_until_done(qtbot, program, 2)
    first, second = (clip.path for clip in clip_pair)
    hits = [
        Hit(name, name, at_ms, at_ms + 400, library_id="local", original=path)
        for name, path, at_ms in (("a", first, 1000), ("b", second, 2000), ("c", first, 3000), ("d", second, 400))
    ]
    program.selects.controller.take(hits)
    qtbot.waitUntil(lambda: len(program.selects.tab.model.selects) == 4, timeout=20_000)
    program.commands.run("selects.go")
    return program


@pytest.fixture(scope="session")
def clip_pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Clip, Clip]:
    """Four seconds of red, and four of blue."""
    folder = tmp_path_factory.mktemp("pair")
    return (
        make_clip(folder / "one.mp4", [Scene(4, "red")], clip_id=5),
        make_clip(folder / "two.mp4", [Scene(4, "blue")], clip_id=6),
    )


@pytest.fixture
def revealed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What a file manager was asked to show; none is asked."""
    asked: list[Path] = []

    def reveal(paths: list[Path]) -> bool:
        asked.extend(paths)
        return True

    for wiring in (wire_item_acts, wire_results, wire_selects):
        monkeypatch.setattr(wiring, "show_in_folder", reveal)
    return asked
