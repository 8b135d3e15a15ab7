"""The window's life: a QApplication, everything composed, shown, and ended in order."""

from __future__ import annotations

import gc
import logging
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop_search import APP_ID, __version__
from desktop_search.bootstrap.crash import CrashBridge, CrashGuard
from desktop_search.bootstrap.file_opens import FileOpens
from desktop_search.bootstrap.logs import Redactor
from desktop_search.bootstrap.opening import Opening
from desktop_search.bootstrap.qt_language import speak
from desktop_search.bootstrap.sole_window import SoleWindow
from desktop_search.core.errors import AppError, FileProblem
from desktop_search.core.language import _
from desktop_search.settings.folders import Folders
from desktop_search.ui.announcing.raising import bring_to_front
from desktop_search.ui.style.icons import app_icon
from desktop_search.ui.style.theme import STYLE

if TYPE_CHECKING:  # loaded behind the first frame
    from desktop_search.bootstrap.compose import Composition

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
        sole = SoleWindow(folders)
        if not sole.take() and (code := sole.go_there(footage, _TITLE)) is not None:
            return code
        return _run(app, folders, footage)
    except Exception as error:  # noqa: BLE001 - nobody looks at a terminal
        _log.error("the window could not be opened: %s", error, exc_info=error)
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


def _run(app: QApplication, folders: Folders, footage: Sequence[Path]) -> int:
    bridge = CrashBridge()
    guard = CrashGuard(folders.logs, bridge)
    last_crash = guard.install()
    try:
        opening = Opening(app, folders)
        try:
            callers = _Callers(opening, folders)
            bridge.crashed.connect(callers.on_crash)
            if last_crash:
                opening.when_ready(lambda program: program.tell_last_crash(last_crash))
            callers.add(footage)
            opening.ready.connect(_look_for_garbage_again)
            opening.show()
            code = app.exec()
        finally:
            opening.end()
        if callers.problem is not None:
            raise callers.problem
        return code
    finally:
        guard.remove()


def _look_for_garbage_again() -> None:
    """`start.py` has switched it off; what has been loaded by now stays, and need not be looked through."""
    gc.freeze()
    gc.enable()


class _Callers(QObject):
    """Whoever wants something of the program from outside, or of what went wrong in it, maybe before it is whole."""

    def __init__(self, opening: Opening, folders: Folders) -> None:
        super().__init__(opening)
        self._opening, self._folders = opening, folders
        self.problem: Exception | None = None  # why the window cannot be filled
        opening.shown.connect(self._listen)
        opening.failed.connect(self._on_failed)
        if sys.platform == "darwin":  # elsewhere nobody sends these, and a filter looks at every event
            application().installEventFilter(FileOpens(lambda path: self.add([path]), self))

    def add(self, paths: Sequence[Path]) -> None:
        """Into the upload queue."""
        if paths:
            self._opening.when_ready(lambda program: program.uploads.add_paths(list(paths)))

    def on_crash(self, summary: str, details: str) -> None:
        """What nobody caught."""
        self._opening.when_ready(lambda program: program.tell_crash(summary, details))

    def _listen(self) -> None:
        from desktop_search.bootstrap.second_start import SecondStarts  # the network of Qt, behind the first frame

        starts = SecondStarts(self._folders, self)
        starts.came.connect(self._on_second_start)
        starts.listen()

    def _on_second_start(self, activation_token: str, paths: tuple[Path, ...]) -> None:
        bring_to_front(self._opening.shell.window, activation_token)
        self.add(paths)

    def _on_failed(self, error: Exception) -> None:
        self.problem = error
        QApplication.exit(1)


def _say_why_not(error: Exception) -> None:
    box = QMessageBox(QMessageBox.Icon.Critical, _TITLE, _("Desktop Search could not open its window."))
    box.setTextFormat(Qt.TextFormat.PlainText)
    if isinstance(error, AppError):
        box.setInformativeText(str(error))
        box.setDetailedText(error.details)
    else:
        box.setInformativeText(_("Something went wrong inside the program. The details help to mend it."))
        box.setDetailedText(Redactor()("".join(traceback.format_exception(error))))
    box.exec()


@contextmanager
def open_window(folders: Folders) -> Iterator[Composition]:
    """The whole program with its window shown; ended in order on the way out. Raises what prevents it."""
    opening = Opening(application(), folders)
    try:
        opening.show()
        yield opening.wait()
    finally:
        opening.end()


def application() -> QApplication:
    """The one QApplication of this process."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        return app
    app = QApplication([*sys.argv[:1], *STYLE])
    app.setApplicationName("desktop-search")
    app.setApplicationDisplayName("Desktop Search")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName(APP_ID)
    app.setWindowIcon(app_icon())
    speak(app)
    return app
