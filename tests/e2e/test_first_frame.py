"""The first frame of the window, and what happens before the rest of the program has followed it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap import pane_parts
from desktop_search.bootstrap.start import main
from desktop_search.settings.folders import Folders
from desktop_search.ui.main_window import MainWindow
from desktop_search.ui.search.search_pane import SearchPane
from desktop_search.ui.uploads.uploads_view import UploadsView
from tests.clips import Clip
from tests.support.logs import ExpectedLogs

pytestmark = pytest.mark.display

# A process of its own: in this one everything has been imported.
PROGRAM = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSplitter
from desktop_search.bootstrap.opening import Opening
from desktop_search.bootstrap.waiting import until
from desktop_search.bootstrap.window import application
from desktop_search.settings.folders import Folders

folders = Folders.for_user(Path(sys.argv[1]))
folders.create()
opening = Opening(application(), folders)
window, field, go = opening.shell.window, opening.shell.search.parts.field, opening.shell.search.parts.go
loaded = []

def places():
    sizes = {splitter.accessibleName(): splitter.sizes() for splitter in window.findChildren(QSplitter)}
    for name, widget in (("field", field), ("go", go)):
        corner = widget.mapTo(window, QPoint())
        sizes[name] = [corner.x(), corner.y(), widget.width(), widget.height()]
    return sizes

def on_shown():
    loaded.extend(name for name in sys.argv[2:] if name in sys.modules)
    first.update(places())
    QTest.keyClicks(field, "red boat")
    field.setCursorPosition(3)
    QTest.keyClick(field, Qt.Key.Key_Return)

first = {}
opening.shown.connect(on_shown)
opening.show()
program = opening.wait()
until(lambda: program.search.shown is not None, "what was asked at once is answered", 60)
said = {
    "loaded": loaded, "asked": program.search.shown[0].words, "text": field.text(), "cursor": field.cursorPosition(),
    "field": program.search_pane.field is field, "first": first, "then": places(),
}
opening.end()
print(json.dumps(said))
"""
NOT_BEFORE = (
    "desktop_search.bootstrap.compose", "desktop_search.catalog.database", "desktop_search.ui.uploads.uploads_pane",
    "numpy", "av", "PIL", "requests", "vlc", "keyring", "sqlite3",
)  # fmt: skip


def test_the_window_is_there_before_the_rest_is_loaded_and_what_is_typed_then_counts(profile: Folders) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(profile.data.parent), *NOT_BEFORE],
        env=os.environ | {"QT_QPA_PLATFORM": "xcb"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["loaded"] == []
    assert (said["asked"], said["text"], said["cursor"], said["field"]) == ("red boat", "red boat", 3, True)
    assert {name: said["then"][name] for name in said["first"]} == said["first"]


@pytest.fixture
def whenever(qtbot: QtBot) -> Iterator[Callable[[Callable[[MainWindow], object]], None]]:
    """Lets something be done with the window again and again, from its first frame on, until it has been closed."""
    timer = QTimer()

    def start(act: Callable[[MainWindow], object]) -> None:
        def look() -> None:
            for widget in QApplication.topLevelWidgets():
                if isinstance(widget, MainWindow) and widget.isVisible():
                    act(widget)

        timer.timeout.connect(look)
        timer.start(5)

    yield start
    timer.stop()


def nothing(_window: MainWindow) -> bool:
    return True


def has_search(window: MainWindow) -> bool:
    return window.findChild(SearchPane) is not None


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("is_time", [nothing, has_search])
def test_it_can_be_closed_before_it_is_whole(
    profile: Folders, whenever: Callable[[Callable[[MainWindow], object]], None], is_time: Callable[[MainWindow], bool]
) -> None:
    whenever(lambda window: window.close() if is_time(window) else None)
    assert main(["--profile-dir", str(profile.data.parent)]) == 0
    assert "ERROR" not in (profile.logs / "desktop-search.log").read_text()


@pytest.mark.usefixtures("qapp")
def test_files_of_the_command_line_arrive(
    profile: Folders, footage: Clip, whenever: Callable[[Callable[[MainWindow], object]], None]
) -> None:
    names: set[str] = set()

    def look(window: MainWindow) -> None:
        view = window.findChild(UploadsView)
        if view is not None:
            names.update(str(view.model().index(row, 0).data()) for row in range(view.model().rowCount()))
        if names:
            window.close()

    whenever(look)
    assert main(["--profile-dir", str(profile.data.parent), str(footage.path)]) == 0
    assert names == {footage.path.name}


@pytest.mark.usefixtures("qapp")
def test_what_keeps_it_from_becoming_whole_is_said_in_a_box(
    profile: Folders, qtbot: QtBot, expected_logs: ExpectedLogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slip() -> None:
        raise RuntimeError("a slip")

    expected_logs.expect("could not be opened: a slip")
    monkeypatch.setattr(pane_parts, "ClipTabs", slip)
    said: list[tuple[str, str]] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            said.append((box.informativeText(), box.detailedText()))
            box.accept()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(20)
    assert main(["--profile-dir", str(profile.data.parent)]) == 1
    timer.stop()
    assert "Something went wrong" in said[0][0]
    assert "a slip" in said[0][1]
