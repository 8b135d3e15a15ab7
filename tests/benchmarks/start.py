"""From starting the program to its window on the screen, and to all of it, beside a bare PySide6 window with libVLC."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from desktop_search.bootstrap.logs import LOG_NAME
from desktop_search.bootstrap.opening import WHOLE
from desktop_search.bootstrap.virtual_display import VirtualDisplay
from tests.benchmarks.measuring import Measured, compare

_BARE = """
import sys
import vlc
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
app = QApplication(sys.argv)
player = vlc.Instance("--quiet").media_player_new()
window, picture = QMainWindow(), QWidget()
window.setCentralWidget(picture)
window.setWindowTitle("a bare window")
window.resize(1440, 900)
player.set_xwindow(int(picture.winId()))
window.show()
app.exec()
"""
_FLOOR = "a bare PySide6 window with a libVLC player"
_LOOK_EVERY_S = 0.001


def start(folder: Path, program: Path | None) -> Iterator[Measured]:
    """In seconds. `program` is an installed one; without it the source tree's is started, from its bytecode."""
    profile = folder / "profile"
    log = profile / "logs" / LOG_NAME
    own = [*([str(program)] if program else [sys.executable, "-m", "desktop_search"]), "--profile-dir", str(profile)]
    bare = [sys.executable, "-c", _BARE]
    with VirtualDisplay():
        held = QGuiApplication([])  # Xvfb begins anew whenever its last client leaves
        ground = _colour_in_the_middle(held)
        running: list[subprocess.Popen[bytes]] = []

        def is_painted() -> bool:
            return _colour_in_the_middle(held) != ground

        def begin(command: list[str], is_there: Callable[[], bool]) -> None:
            running.append(_begun(command, folder / "bytecode"))
            while running[-1].poll() is None and not is_there():
                threading.Event().wait(_LOOK_EVERY_S)

        def end() -> None:
            for child in running:
                child.terminate()
                child.wait()
            running.clear()
            while is_painted():  # the display clears away a moment later
                threading.Event().wait(_LOOK_EVERY_S)
            log.unlink(missing_ok=True)

        def is_whole() -> bool:
            return log.exists() and WHOLE in log.read_text()

        for what, is_there in (
            ("start the program until its window is painted", is_painted),
            ("start the program until all of it is there", is_whole),
        ):
            yield compare(what, partial(begin, own, is_there), _FLOOR, partial(begin, bare, is_painted), after_each=end)


def _colour_in_the_middle(app: QGuiApplication) -> int:
    screen = app.primaryScreen()
    middle = screen.geometry().center()
    return screen.grabWindow(0, middle.x(), middle.y(), 1, 1).toImage().pixel(0, 0)


def _begun(command: list[str], bytecode: Path) -> subprocess.Popen[bytes]:
    environment = os.environ | {"QT_QPA_PLATFORM": "xcb", "PYTHONPYCACHEPREFIX": str(bytecode)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
