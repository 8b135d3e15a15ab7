"""Another program to drag to: a small window that takes what is dropped on it and says what it was.

Usage: xdnd_receiver.py X Y KIND…   Prints "ready" once the window is on the screen, "entered" when something is dragged
over it, and for each drop a line of JSON: by kind the text, and the actions that were offered.
"""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel


class Target(QLabel):
    def __init__(self, kinds: list[str]) -> None:
        super().__init__("drop here")
        self._kinds = kinds
        self.setAcceptDrops(True)
        self.setWindowFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.X11BypassWindowManagerHint)
        self.resize(160, 120)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.acceptProposedAction()
        say("entered")

    def dropEvent(self, event: QDropEvent) -> None:
        data = event.mimeData()
        got = {kind: bytes(data.data(kind).data()).decode() for kind in self._kinds if data.hasFormat(kind)}
        actions = [str(action.name) for action in Qt.DropAction if action.value and action in event.possibleActions()]
        event.acceptProposedAction()
        say(json.dumps(got | {"actions": ",".join(sorted(actions))}))


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def main() -> None:
    app = QApplication(sys.argv[:1])
    target = Target(sys.argv[3:])
    target.move(int(sys.argv[1]), int(sys.argv[2]))
    target.show()
    QTimer.singleShot(0, lambda: say("ready"))
    app.exec()


if __name__ == "__main__":
    main()
