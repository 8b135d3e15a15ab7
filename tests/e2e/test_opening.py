"""Opening the window where something is in its way: said in a box, since nobody looks at a terminal."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap import second_start
from desktop_search.bootstrap.crash import CRASH_NAME
from desktop_search.bootstrap.meeting_place import announced
from desktop_search.bootstrap.start import main
from desktop_search.settings.folders import Folders
from desktop_search.ui.main_window import MainWindow
from desktop_search.ui.notices import Notice
from desktop_search.ui.uploads.uploads_view import UploadsView
from tests.clips import Clip
from tests.support.logs import ExpectedLogs
from tests.support.waiting import wait_until

pytestmark = pytest.mark.display
Look = Callable[[], bool]
PROGRAM = [sys.executable, "-m", "desktop_search"]


@pytest.fixture
def whenever(qtbot: QtBot) -> Iterator[Callable[[Look], None]]:
    """Lets something be looked for again and again until it says that it is done, while the program runs."""
    timers: list[QTimer] = []

    def start(look: Look) -> None:
        timer = QTimer()
        timer.setInterval(20)
        timer.timeout.connect(lambda: timer.stop() if look() else None)
        timers.append(timer)
        timer.start()

    yield start
    for timer in timers:
        timer.stop()


def window() -> MainWindow | None:
    shown = (widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow))
    return next((widget for widget in shown if widget.isVisible()), None)


def boxes(said: list[str]) -> Look:
    """Takes the words of a message box that opens, and closes it."""

    def look() -> bool:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            return False
        said.append(f"{box.text()} {box.informativeText()}")
        box.accept()
        return True

    return look


@pytest.mark.usefixtures("qapp")
def test_a_profile_that_cannot_be_made_is_said_in_a_box(
    tmp_path: Path, whenever: Callable[[Look], None], expected_logs: ExpectedLogs
) -> None:
    expected_logs.expect("could not be opened")
    (tmp_path / "profile").write_text("a file stands where the folder should be")
    said: list[str] = []
    whenever(boxes(said))
    assert main(["--profile-dir", str(tmp_path / "profile")]) == 1
    assert "could not be made" in said[0]
    assert "--profile-dir" in said[0]


OPEN = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from desktop_search.bootstrap.meeting_place import announced
from desktop_search.bootstrap.start import main
from desktop_search.bootstrap.window import application

def look():
    box = QApplication.activeModalWidget()
    if isinstance(box, QMessageBox):
        print(box.informativeText())
        box.accept()

application()
timer = QTimer(interval=20)
timer.timeout.connect(look)
timer.start()
sys.exit(main(sys.argv[1:]))
"""
# Root may write anywhere, unless these rights are taken away.
AS_ANYBODY = ["setpriv", "--inh-caps=-all", "--bounding-set=-dac_override,-dac_read_search"] if os.getuid() == 0 else []


def test_a_home_that_cannot_be_written_to_is_said_in_a_box(profile: Folders) -> None:
    lock = profile.data / "window.lock"
    lock.write_text("4194305\ndesktop-search\nhere\n")  # of a program that crashed
    home = profile.data.parent
    folders = [home, *(folder for folder in home.rglob("*") if folder.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        command = [*AS_ANYBODY, sys.executable, "-c", OPEN, "--profile-dir", str(home)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    finally:
        for folder in folders:
            folder.chmod(0o755)
    assert done.returncode == 1, done.stderr
    assert "cannot write to its own folders" in done.stdout
    assert str(profile.data) in done.stdout
    assert "--profile-dir" in done.stdout


@pytest.mark.usefixtures("qapp")
def test_a_catalog_of_a_newer_version_is_said_in_a_box(
    profile: Folders, whenever: Callable[[Look], None], expected_logs: ExpectedLogs
) -> None:
    expected_logs.expect("could not be opened")
    connection = sqlite3.connect(profile.catalog_file)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    said: list[str] = []
    whenever(boxes(said))
    assert main(["--profile-dir", str(profile.data.parent)]) == 1
    assert "newer version" in said[0]


@pytest.mark.usefixtures("qapp")
def test_a_second_start_beside_a_window_that_does_not_answer_says_so_and_touches_nothing(
    profile: Folders, whenever: Callable[[Look], None], footage: Clip, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second_start, "_DEADLINE_S", 1.0)
    first = subprocess.Popen([*PROGRAM, "--profile-dir", str(profile.data.parent)])
    try:
        wait_until(lambda: is_listening(profile), "the first window listens")
        first.send_signal(signal.SIGSTOP)
        before = contents(profile.data)
        said: list[str] = []
        whenever(boxes(said))
        assert main(["--profile-dir", str(profile.data.parent), str(footage.path)]) == 1
        assert contents(profile.data) == before
    finally:
        first.kill()
        first.wait()
    assert "does not answer" in said[0]
    assert "not added" in said[0]


def is_listening(profile: Folders) -> bool:
    """Whether something takes connections where the window of the profile says that it listens."""
    with socket.socket(socket.AF_UNIX) as caller:
        return Path(announced(profile)).exists() and caller.connect_ex(announced(profile)) == 0


def contents(folder: Path) -> dict[str, bytes]:
    """The files in it: catalog, preferences, locks. The engine, which goes on, has a folder of its own."""
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


@pytest.mark.skipif(sys.platform == "win32" or os.getuid() != 0, reason="only root can give a file to somebody else")
@pytest.mark.usefixtures("qapp")
def test_a_profile_that_another_user_has_open_names_that_user(
    profile: Folders, whenever: Callable[[Look], None]
) -> None:
    lock = QLockFile(str(profile.data / "window.lock"))
    assert lock.tryLock(0)
    os.chown(profile.data / "window.lock", 65534, -1)
    said: list[str] = []
    whenever(boxes(said))
    assert main(["--profile-dir", str(profile.data.parent)]) == 1
    assert "for another user, nobody" in said[0]
    lock.unlock()


@pytest.mark.usefixtures("qapp")
def test_a_start_beside_a_window_that_is_just_closing_opens_its_own(
    profile: Folders, whenever: Callable[[Look], None]
) -> None:
    lock = QLockFile(str(profile.data / "window.lock"))
    assert lock.tryLock(0)
    opened: list[bool] = []

    def look() -> bool:
        lock.unlock()  # by the second start's waiting, since nothing else turns the event loop
        if (shown := window()) is None:
            return False
        opened.append(shown.close())
        return True

    whenever(look)
    assert main(["--profile-dir", str(profile.data.parent)]) == 0
    assert opened == [True]


@pytest.mark.usefixtures("qapp")
def test_a_profile_that_another_computer_has_open_names_it_and_the_way_out(
    profile: Folders, whenever: Callable[[Look], None]
) -> None:
    lock = profile.data / "window.lock"
    lock.write_text("4321\ndesktop-search\neditor-7\n")
    said: list[str] = []
    whenever(boxes(said))
    assert main(["--profile-dir", str(profile.data.parent), "clip.mp4"]) == 1
    assert "another computer, editor-7" in said[0]
    assert str(lock) in said[0]
    assert "not added" in said[0]
    assert lock.exists()


@pytest.mark.parametrize("is_another_session", [False, True], ids=["this session", "another session, by a link"])
@pytest.mark.usefixtures("qapp")
def test_a_second_start_hands_its_footage_over_and_brings_the_window_to_the_front(
    profile: Folders, footage: Clip, whenever: Callable[[Look], None], tmp_path: Path, is_another_session: bool
) -> None:
    place, environment = profile.data.parent, dict(os.environ)
    if is_another_session:
        (tmp_path / "runtime").mkdir(mode=0o700)
        place = tmp_path / "link to the profile"
        place.symlink_to(profile.data.parent)
        environment |= {name: str(tmp_path / "runtime") for name in ("XDG_RUNTIME_DIR", "TMPDIR")}
    program = [*PROGRAM, "--profile-dir", str(place)]
    second: list[subprocess.Popen[bytes]] = []
    names: set[str] = set()

    def look() -> bool:
        shown = window()
        if shown is None:
            return False
        if not second:
            shown.showMinimized()
            second.append(subprocess.Popen([*program, footage.path.name], cwd=footage.path.parent, env=environment))
        ended = second[0].poll()
        view = shown.findChild(UploadsView)
        if view is None:
            return False
        names.update(str(view.model().index(row, 0).data()) for row in range(view.model().rowCount()))
        if ended is None or not names:
            return False
        assert not shown.isMinimized()
        shown.close()
        return True

    whenever(look)
    assert main(["--profile-dir", str(profile.data.parent)]) == 0
    assert second[0].returncode == 0
    assert names == {footage.path.name}


@pytest.mark.usefixtures("qapp")
def test_an_uncaught_error_is_a_notice_and_the_window_goes_on(
    profile: Folders, whenever: Callable[[Look], None], expected_logs: ExpectedLogs
) -> None:
    expected_logs.expect("uncaught")
    profile.logs.joinpath(CRASH_NAME).write_text("Fatal Python error: Segmentation fault")
    said: list[str] = []

    def look() -> bool:
        shown = window()
        if shown is None:
            return False
        said[:] = [notice.text for notice in shown.findChildren(Notice)]
        if len(said) == 1:
            error = RuntimeError("a slip")
            sys.excepthook(type(error), error, None)
        if len(said) == 2:
            shown.close()
        return len(said) == 2

    whenever(look)
    assert main(["--profile-dir", str(profile.data.parent)]) == 0
    assert "ended unexpectedly" in said[0]
    assert "Something went wrong" in said[1]
    assert "a slip" in (profile.logs / "desktop-search.log").read_text()
    assert not (profile.logs / CRASH_NAME).exists()
