from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop_search.ui.uploads.uploads_pane import UploadsPane

pytestmark = pytest.mark.display

Start = Callable[..., None]
SOURCE_AT, SOURCE_CENTRE = (700, 300), QPoint(760, 340)


def xdotool(*arguments: object) -> None:
    """Acts as the user's hand on this display."""
    subprocess.run(["xdotool", *map(str, arguments)], check=True, capture_output=True, timeout=20)


@pytest.fixture
def source() -> Iterator[Start]:
    """Starts the other program, which offers these paths and links; it is on the screen when the call returns."""
    started: list[subprocess.Popen[str]] = []

    def start(*paths: Path | str) -> None:
        program = Path(__file__).with_name("xdnd_source.py")
        command = [sys.executable, str(program), *map(str, SOURCE_AT), *map(str, paths)]
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env=os.environ | {"QT_QPA_PLATFORM": "xcb"}
        )
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"

    yield start
    xdotool("mouseup", 1)
    for process in started:
        process.terminate()
        process.communicate(timeout=10)


@pytest.fixture
def placed(qtbot: QtBot, pane: UploadsPane) -> UploadsPane:
    """The pane at a known place, beside the other program."""
    pane.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    pane.move(50, 50)
    pane.show()
    qtbot.waitExposed(pane)
    return pane


def drag(qtbot: QtBot, start: QPoint, end: QPoint, arrived: Callable[[], bool]) -> None:
    """Press at `start`, move to `end` as a hand does, and wait there until `arrived`. The button stays down."""
    xdotool("mousemove", start.x(), start.y(), "mousedown", 1)
    steps = 12
    for step in range(1, steps + 1):
        at = start + (end - start) * step / steps
        xdotool("mousemove", at.x(), at.y())
    wiggle = iter(range(1000))

    def hovering() -> bool:
        xdotool("mousemove", end.x() + next(wiggle) % 2, end.y())  # a drag is told of moves only
        return arrived()

    qtbot.waitUntil(hovering, timeout=20_000)


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
