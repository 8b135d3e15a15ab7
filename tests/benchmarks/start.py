"""From starting the program to its window on the screen, beside a bare PySide6 window that holds a libVLC player."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

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


def start(folder: Path, program: Path | None) -> Iterator[Measured]:
    """In seconds. `program` is an installed one; without it the source tree's is started."""
    own = [str(program)] if program else [sys.executable, "-m", "desktop_search"]
    with VirtualDisplay():
        _held = QApplication([])  # Xvfb begins anew whenever its last client leaves
        running: list[subprocess.Popen[bytes]] = []

        def end() -> None:
            for child in running:
                child.terminate()
                child.wait()
            running.clear()

        yield compare(
            "start the program until its window is on the screen",
            lambda: running.append(_shown([*own, "--profile-dir", str(folder / "profile")], "Desktop Search")),
            "a bare PySide6 window with a libVLC player",
            lambda: running.append(_shown([sys.executable, "-c", _BARE], "a bare window")),
            after_each=end,
        )


def _shown(command: Sequence[str], title: str) -> subprocess.Popen[bytes]:
    child = subprocess.Popen(command, env=os.environ | {"QT_QPA_PLATFORM": "xcb"}, stderr=subprocess.DEVNULL)
    looking = ["xdotool", "search", "--onlyvisible", "--name", title]
    while child.poll() is None and subprocess.run(looking, capture_output=True, check=False).returncode:
        pass
    return child
