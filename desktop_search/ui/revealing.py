"""Files shown where they are: chosen in the system's file manager, else their folder opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from desktop_search.core.errors import FileProblem
from desktop_search.core.language import _
from desktop_search.jobs.runner import JobRunner

LANE = "originals"
_OPENED_AT_ONCE = 10


class Revealer(QObject):
    """Signals:
    failed(AppError): nothing opens them.
    busy(object, str): a job that may take its time, and what it is about.
    """

    failed = Signal(object)
    busy = Signal(object, str)

    def __init__(self, runner: JobRunner, show_in_folder: Callable[[Sequence[Path]], bool], parent: QObject) -> None:
        """`show_in_folder` tells whether a file manager did it; it may take long."""
        super().__init__(parent)
        self._runner, self._show_in_folder = runner, show_in_folder

    def reveal(self, paths: Sequence[Path]) -> None:
        """Show at least one file where it is."""
        job = self._runner.start(
            lambda _token, _report: self._show_in_folder(paths),
            lane=LANE,
            done=lambda is_shown: None if is_shown else self.open([paths[0].parent]),
            failed=self.failed.emit,
        )
        self.busy.emit(job, _("Waiting for the file manager…"))

    def open(self, paths: Sequence[Path]) -> None:
        """Open them, at most ten, with what the system has for them."""
        for path in paths[:_OPENED_AT_ONCE]:
            if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
                words = _("The system has no program that opens “{path}”.").format(path=path.name)
                self.failed.emit(FileProblem(words, hint=_("Choose one in the system's settings.")))
                return
