"""The window's life: a QApplication, everything composed, shown, and ended in order."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QLockFile, QSysInfo, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop_search import APP_ID, __version__, resources
from desktop_search.bootstrap.compose import Composition
from desktop_search.bootstrap.crash import CrashBridge, CrashGuard
from desktop_search.bootstrap.file_opens import FileOpens
from desktop_search.bootstrap.qt_language import speak
from desktop_search.bootstrap.second_start import SecondStarts, hand_over
from desktop_search.bootstrap.services import build_services
from desktop_search.core.errors import AppError, FileProblem
from desktop_search.core.language import _
from desktop_search.services.restoring import restore_at_start
from desktop_search.settings.folders import Folders

_log = logging.getLogger(__name__)
_TITLE = "Desktop Search"


def run_window(folders: Folders, footage: Sequence[Path] = ()) -> int:
    """Show the window until the user closes it; `footage` goes into the upload queue. Returns the exit code.

    What prevents the window from opening is said in a message box: a program that was started from a menu has no
    terminal in which anybody would look.
    """
    app = application()
    try:
        folders.create()
        _refuse_read_only(folders)
        lock = QLockFile(str(folders.data / "window.lock"))
        lock.setStaleLockTime(0)  # only the end of the other program makes its lock stale, never its age
        if not lock.tryLock(0) and lock.error() is QLockFile.LockError.LockFailedError:
            return _go_to_the_open_window(folders, footage, _elsewhere(lock))
        return _run(app, folders, footage)
    except AppError as error:
        _log.error("the window could not be opened: %s (%s)", error, error.details)
        _say_why_not(error)
        return 1


def _refuse_read_only(folders: Folders) -> None:
    """Before the lock: one that a crash left in a read-only folder would look like another window."""
    if problems := folders.problems():
        message = _("Desktop Search cannot write to its own folders: {places}.").format(
            places="; ".join(problems.values())
        )
        raise FileProblem(
            message, hint=_("Make them writable, or start the program with --profile-dir and another folder.")
        )


def _elsewhere(lock: QLockFile) -> str:
    """The name of the other computer that holds the lock of a profile on a drive of the network; "" on this one."""
    _pid, computer, _program = lock.getLockInfo()
    return "" if computer == QSysInfo.machineHostName() else computer


def _go_to_the_open_window(folders: Folders, footage: Sequence[Path], computer: str) -> int:
    if not computer and hand_over(folders, footage):
        return 0
    words = [_("Desktop Search is already open, but its window does not answer."), _("Look for it, or end it.")]
    if computer:
        file = folders.data / "window.lock"
        words = [
            _("Desktop Search is open with these folders on another computer, {name}. End it there.").format(
                name=computer
            ),
            _("If it is not open there any longer, delete the file {file} and start again.").format(file=file),
        ]
    if footage:
        words.append(_("The files were not added."))
    QMessageBox.warning(None, _TITLE, "\n".join(words))
    return 1


def _run(app: QApplication, folders: Folders, footage: Sequence[Path]) -> int:
    bridge = CrashBridge()
    guard = CrashGuard(folders.logs, bridge)
    last_crash = guard.install()
    try:
        with open_window(folders) as composition:
            bridge.crashed.connect(composition.tell_crash)
            if last_crash:
                composition.tell_last_crash(last_crash)
            if footage:
                composition.uploads.add_paths(list(footage))
            app.installEventFilter(FileOpens(lambda path: composition.uploads.add_paths([path]), composition.window))
            starts = SecondStarts(folders, composition)
            starts.came.connect(lambda token, paths: _start_again(composition, token, paths))
            starts.listen()
            return app.exec()
    finally:
        guard.remove()


def _start_again(composition: Composition, activation_token: str, paths: tuple[Path, ...]) -> None:
    composition.announcer.raise_window(activation_token)
    if paths:
        composition.uploads.add_paths(list(paths))


def _say_why_not(error: AppError) -> None:
    box = QMessageBox(QMessageBox.Icon.Critical, _TITLE, _("Desktop Search could not open its window."))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(str(error))
    box.setDetailedText(error.details)
    box.exec()


@contextmanager
def open_window(folders: Folders) -> Iterator[Composition]:
    """The whole program with its window shown; ended in order on the way out."""
    app = application()
    restored = restore_at_start(folders)
    composition = Composition(build_services(folders), app)
    composition.window.show()
    composition.window.activateWindow()
    composition.start()
    if restored:
        composition.notices.show_info(restored)
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
    app.setDesktopFileName(APP_ID)
    app.setWindowIcon(QIcon(str(resources.path("app/desktop-search.svg"))))
    speak(app)
    return app
