"""Another program to drag from: a small window that offers the paths and links of its command line.

Usage: xdnd_source.py X Y PATH…   Prints "ready" once the window is on the screen.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, Qt, QTimer, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel


class Source(QLabel):
    """A label that starts a drag as soon as the mouse moves with its button down."""

    def __init__(self, urls: list[QUrl]) -> None:
        super().__init__("drag me")
        self._urls = urls
        self.setWindowFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.X11BypassWindowManagerHint)
        self.resize(120, 80)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            mime = QMimeData()
            mime.setUrls(self._urls)
            drag = QDrag(self)
            drag.setMimeData(mime)
            drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.DropAction.MoveAction)


def say_ready() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()


def main() -> None:
    app = QApplication(sys.argv[:1])
    source = Source([QUrl(text) if "://" in text else QUrl.fromLocalFile(text) for text in sys.argv[3:]])
    source.move(int(sys.argv[1]), int(sys.argv[2]))
    source.show()
    QTimer.singleShot(0, say_ready)
    app.exec()


if __name__ == "__main__":
    main()
