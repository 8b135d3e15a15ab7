"""Drags between programs, by the hand of xdotool on the display of the test."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

Start = Callable[..., None]
_SOURCE_AT, SOURCE_CENTRE = (700, 300), QPoint(760, 340)


def xdotool(*arguments: object) -> None:
    """Acts as the user's hand on this display."""
    subprocess.run(["xdotool", *map(str, arguments)], check=True, capture_output=True, timeout=20)


@contextmanager
def other_program() -> Iterator[Start]:
    """Gives what starts it: a small window that offers these paths and links, on the screen when the call returns."""
    started: list[subprocess.Popen[str]] = []

    def start(*paths: Path | str) -> None:
        program = Path(__file__).with_name("xdnd_source.py")
        command = [sys.executable, str(program), *map(str, _SOURCE_AT), *map(str, paths)]
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
