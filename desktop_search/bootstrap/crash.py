"""What nobody caught: written to the log and told to the window, from whatever thread it comes."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import IO

from PySide6.QtCore import QObject, Signal

from desktop_search import __version__
from desktop_search.bootstrap.logs import Redactor

_log = logging.getLogger(__name__)
CRASH_NAME = "crash.log"  # of the run that goes on
LAST_CRASH_NAME = "last-crash.log"  # stays until there is another one


class CrashBridge(QObject):
    """Carries an uncaught error to the GUI thread. Connect methods of QObjects, so that the slot runs there.

    Signals:
        crashed(summary, details): one line, and the traceback for a report; neither holds a secret.
    """

    crashed = Signal(str, str)


class CrashGuard:
    """Hooks for uncaught errors of every thread, and a record of crashes of the process itself."""

    def __init__(self, log_folder: Path, bridge: CrashBridge, redact: Redactor | None = None) -> None:
        self._file = log_folder / CRASH_NAME
        self._bridge, self._redact = bridge, redact or Redactor()
        self._stream: IO[str] | None = None
        self._telling = threading.local()
        self._before = (sys.excepthook, threading.excepthook)

    def install(self) -> str:
        """Set the hooks. Returns what the last run wrote when it crashed, "" when it did not; a file keeps it."""
        last = self._last_crash()
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._stream = self._file.open("w", encoding="utf-8")
            faulthandler.enable(self._stream)
        except OSError as error:
            _log.info("crashes cannot be recorded: %s", error)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        return last

    def remove(self) -> None:
        """Put back what was there before; an orderly end leaves no crash file."""
        sys.excepthook, threading.excepthook = self._before
        if self._stream is not None:
            faulthandler.disable()
            self._stream.close()
            self._stream = None
            self._file.unlink(missing_ok=True)

    def _last_crash(self) -> str:
        try:
            record = self._file.read_text(encoding="utf-8", errors="replace").strip()
            if record:
                self._file.replace(self._file.with_name(LAST_CRASH_NAME))
        except OSError:
            return ""
        return record

    def _on_thread_exception(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None and not isinstance(arguments.exc_value, SystemExit):
            self._tell(arguments.exc_value, arguments.exc_traceback)

    def _on_exception(self, kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            self._before[0](kind, error, where)
            return
        self._tell(error, where)

    def _tell(self, error: BaseException, where: TracebackType | None) -> None:
        if getattr(self._telling, "now", False):  # an error while telling one must not go round in circles
            return
        self._telling.now = True
        try:
            _log.critical("uncaught", exc_info=(type(error), error, where))
            lines = "".join(traceback.format_exception(type(error), error, where))
            summary = self._redact(f"{type(error).__name__}: {error}")
            details = self._redact(f"Desktop Search {__version__}\n{lines}")
            try:
                self._bridge.crashed.emit(summary, details)
            except RuntimeError:  # the window is gone already
                _log.info("nobody is left to tell")
        finally:
            self._telling.now = False
