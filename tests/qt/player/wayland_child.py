"""A player in a Wayland window of its own: cues a clip at a frame, plays when a line comes, ends with the input."""

from __future__ import annotations

import json
import sys
import threading
from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop_search.core.timecode import Timebase
from desktop_search.player.create import SILENT, create_player
from desktop_search.player.locator import Missing


class _Lines(QObject):
    came = Signal(str)

    def read(self) -> None:
        for line in sys.stdin:
            self.came.emit(line.strip())
        self.came.emit("end")


def main(path: Path, frame: int) -> int:
    app = QApplication([])
    player = create_player(options=SILENT)
    assert not isinstance(player, Missing)
    surface = player.surface()
    surface.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    surface.showFullScreen()
    timebase = Timebase(Fraction(25))
    player.set_timebase(timebase)
    player.frame_ready.connect(lambda _at_ms: _say({"ready": True, "platform": QGuiApplication.platformName()}))
    lines = _Lines()
    actions = {"play": player.play, "end": app.quit}
    lines.came.connect(lambda line: actions[line](), Qt.ConnectionType.QueuedConnection)
    player.cue(path, timebase.time_ms(frame))
    threading.Thread(target=lines.read, daemon=True).start()
    app.exec()
    player.shut_down()
    return 0


def _say(what: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(what | {"ratio": QGuiApplication.primaryScreen().devicePixelRatio()}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
