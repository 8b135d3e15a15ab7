from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, QTimer
from pytestqt.qtbot import QtBot

from desktop_search.core.uploads import UploadState
from desktop_search.ui.uploads.uploads_pane import UploadsPane
from tests.clips.fixtures import ClipCache
from tests.qt.uploads.conftest import Desk, row
from tests.support.focus import wait_exposed
from tests.support.watchdog import Watchdog
from tests.support.xdnd import SOURCE_CENTRE, Hand, Start, drag, other_program, xdotool

pytestmark = pytest.mark.display


@pytest.fixture
def source() -> Iterator[Start]:
    """Starts the other program; it is on the screen when the call returns."""
    with other_program() as start:
        yield start


@pytest.fixture
def placed(qtbot: QtBot, pane: UploadsPane) -> UploadsPane:
    """The pane at a known place, beside the other program."""
    pane.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    pane.move(50, 50)
    pane.show()
    wait_exposed(qtbot, pane)
    return pane


def test_a_folder_and_an_awkward_name_arrive_from_another_program(
    qtbot: QtBot, placed: UploadsPane, source: Start, tmp_path: Path
) -> None:
    folder, file = tmp_path / "day 3", tmp_path / "take 2 # 100% “名前” ü.mp4"
    folder.mkdir()
    file.touch()
    source(folder, file)
    end = placed.view.mapToGlobal(placed.view.rect().center())  # over the list, not only over the drop zone
    drag(qtbot, SOURCE_CENTRE, end, lambda: placed.drop_zone.is_lit)
    with qtbot.waitSignal(placed.add_asked, timeout=20_000) as asked:
        xdotool("mouseup", 1)
    assert asked.args is not None
    assert asked.args[0] == [folder, file]
    assert not placed.drop_zone.is_lit
    assert folder.exists()
    assert file.exists()


def test_a_drag_that_leaves_adds_nothing(qtbot: QtBot, placed: UploadsPane, source: Start, tmp_path: Path) -> None:
    source(tmp_path)
    with qtbot.assertNotEmitted(placed.add_asked):
        drag(qtbot, SOURCE_CENTRE, placed.mapToGlobal(placed.rect().center()), lambda: placed.drop_zone.is_lit)
        xdotool("mousemove", 500, 600)
        xdotool("mousemove", 505, 605)
        qtbot.waitUntil(lambda: not placed.drop_zone.is_lit, timeout=20_000)
        xdotool("mouseup", 1)


def test_a_link_arrives_from_another_program(qtbot: QtBot, placed: UploadsPane, source: Start) -> None:
    source("https://media.example/clips/pier%20one.mp4?x=1")
    drag(qtbot, SOURCE_CENTRE, placed.mapToGlobal(placed.rect().center()), lambda: placed.drop_zone.is_lit)
    with qtbot.waitSignal(placed.links_dropped, timeout=20_000) as offered:
        xdotool("mouseup", 1)
    assert offered.args == ["https://media.example/clips/pier%20one.mp4?x=1"]


def test_chosen_rows_are_dragged_to_another_place(qtbot: QtBot, placed: UploadsPane) -> None:
    top = placed.view.y()
    placed.set_items([row(number) for number in range(1, 7)])
    qtbot.waitUntil(lambda: placed.view.y() < top)  # the first rows make room for themselves
    rect = {place: placed.view.visualRect(placed.model.index(place)) for place in range(6)}
    for place in (3, 4):
        placed.view.selectionModel().select(placed.model.index(place), QItemSelectionModel.SelectionFlag.Select)
    viewport = placed.view.viewport()
    upper_half = rect[1].topLeft() + QPoint(60, 6)
    hand = Hand(viewport.mapToGlobal(rect[4].center()), viewport.mapToGlobal(upper_half))
    watch = QTimer(placed)
    watch.timeout.connect(lambda: hand.arrived.set() if placed.view.drop_row == 1 else None)
    watch.start(10)
    with qtbot.waitSignal(placed.move_asked, timeout=20_000) as asked:
        hand.start()
    hand.join()
    watch.stop()
    assert asked.args == [(4, 5), 2]
    assert placed.view.drop_row is None
    assert not placed.drop_zone.is_lit


@pytest.mark.slow
def test_a_tree_of_two_thousand_files_arrives_from_another_program(
    qtbot: QtBot, placed: UploadsPane, desk: Desk, source: Start, clips: ClipCache, tmp_path: Path
) -> None:
    card = tmp_path / "card"
    make_card(card, clips.silent().path)
    desk.library.gate.clear()  # nothing is done with them meanwhile
    desk.controller.start()
    source(card)
    watchdog = Watchdog()
    with watchdog.watching():
        drag(qtbot, SOURCE_CENTRE, placed.mapToGlobal(placed.rect().center()), lambda: placed.drop_zone.is_lit)
        xdotool("mouseup", 1)
        qtbot.waitUntil(lambda: placed.model.rowCount() == 2000 and placed.skipped.isVisible(), timeout=120_000)
    watchdog.assert_lively()
    assert placed.model.count(UploadState.FAILED) == 0
    assert {item.path for item in placed.model.items} == set(card.rglob("*.MP4"))
    assert {line.partition(" —")[0] for line in placed.skipped.lines} == {"INDEX.XML", "empty.mp4"}
    assert placed.summary == "0 of 2,000 searchable"


def make_card(card: Path, clip: Path) -> None:
    """2,000 clips in 20 folders, each of its own content, and two files that are no footage."""
    for number in range(2000):
        folder = card / "DCIM" / f"{number // 100:03}MEDIA"
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"C{number:04}.MP4"
        shutil.copyfile(clip, target)
        with target.open("ab") as file:  # a box that every reader skips
            file.write((16).to_bytes(4, "big") + b"free" + number.to_bytes(8, "big"))
    (card / "INDEX.XML").write_text("<card/>")
    (card / "empty.mp4").touch()
