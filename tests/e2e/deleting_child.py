"""Opens the window, deletes all videos of the library with real keys and clicks, says so, and waits to be killed."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_search.bootstrap.waiting import until
from desktop_search.bootstrap.window import open_window
from desktop_search.settings.folders import Folders

_SOON_S = 60.0


def main(profile: Path) -> None:
    with open_window(Folders.for_user(profile)) as program:
        acts, page = program.items.acts, program.items.page
        acts.deleting.grace_ms = 600_000
        program.commands.run("view.library")
        until(lambda: page.model.shown > 0, "the library is shown", _SOON_S)
        page.views.view.selectAll()
        program.commands.run("library.delete")
        until(acts.deleting.strip.isVisible, "it is asked", _SOON_S)
        QTest.mouseClick(acts.deleting.strip.delete, Qt.MouseButton.LeftButton)
        deletions = program.services.deletions
        until(lambda: bool(deletions.planned()), "it is noted", _SOON_S)
        sys.stdout.write("deleted\n")
        sys.stdout.flush()
        QApplication.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
