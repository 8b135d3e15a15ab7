"""The window's life: a QApplication, everything composed, shown, and ended in order."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QLockFile
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop_search import __version__
from desktop_search.bootstrap.compose import Composition
from desktop_search.bootstrap.services import build_services
from desktop_search.settings.folders import Folders


def run_window(folders: Folders, footage: Sequence[Path] = ()) -> int:
    """Show the window until the user closes it; `footage` goes into the upload queue. Returns the exit code."""
    lock = QLockFile(str(folders.data / "window.lock"))
    app = application()
    if not lock.tryLock(0):
        QMessageBox.information(None, "Desktop Search", "Desktop Search is already open.\nLook for its window.")
        return 0
    with open_window(folders) as composition:
        if footage:
            composition.uploads.add_paths(list(footage))
        return app.exec()


@contextmanager
def open_window(folders: Folders) -> Iterator[Composition]:
    """The whole program with its window shown; ended in order on the way out."""
    app = application()
    composition = Composition(build_services(folders), app)
    composition.window.show()
    composition.window.activateWindow()
    composition.start()
    try:
        yield composition
    finally:
        composition.shut_down()


def application() -> QApplication:
    """The one QApplication of this process."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        return app
    app = QApplication(sys.argv[:1])
    app.setApplicationName("desktop-search")
    app.setApplicationDisplayName("Desktop Search")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("desktop-search")
    return app
