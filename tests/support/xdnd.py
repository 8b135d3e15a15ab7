"""Drags between programs, by the hand of xdotool on the display of the test."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

Start = Callable[..., None]
_RECEIVER_AT, RECEIVER_CENTRE = (1100, 560), QPoint(1180, 620)
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


class Hand(threading.Thread):
    """Drags out of the test's own window: Qt holds the test's thread from the press until the button is let go."""

    def __init__(self, start: QPoint, end: QPoint) -> None:
        super().__init__()
        self._start, self._end = start, end
        self.arrived = threading.Event()

    def run(self) -> None:
        xdotool("mousemove", self._start.x(), self._start.y(), "mousedown", 1)
        for step in range(1, 13):
            at = self._start + (self._end - self._start) * step / 12
            xdotool("mousemove", at.x(), at.y())
        for wiggle in range(1000):
            xdotool("mousemove", self._end.x() + wiggle % 2, self._end.y())  # a drag is told of moves only
            if self.arrived.wait(0.02):
                break
        xdotool("mouseup", 1)


@contextmanager
def receiving_program(kinds: Sequence[str] = ("text/uri-list", "text/plain")) -> Iterator[Receiver]:
    """A small window of another program, on the screen, that takes what is dropped on it."""
    program = Path(__file__).with_name("xdnd_receiver.py")
    command = [sys.executable, str(program), *map(str, _RECEIVER_AT), *kinds]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"QT_QPA_PLATFORM": "xcb"})
    receiver = Receiver(process)
    try:
        assert receiver.line() == "ready"
        yield receiver
        xdotool("mouseup", 1)
    finally:
        process.terminate()
        process.wait(timeout=10)
        receiver.close()


class Receiver:
    """The other program: tells on a thread of its own what it says."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._stream = process.stdout
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def line(self, timeout_s: float = 30) -> str:
        """What it says next."""
        return self._lines.get(timeout=timeout_s)

    def has_said(self) -> bool:
        """Whether a line waits to be read."""
        return not self._lines.empty()

    def close(self) -> None:
        """Once it has ended."""
        self._reader.join(timeout=10)
        if self._stream is not None:
            self._stream.close()

    def _read(self) -> None:
        for line in self._stream or ():
            self._lines.put(line.rstrip("\n"))
