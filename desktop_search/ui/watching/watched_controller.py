"""The dialog of watched folders with its work, and the job that looks into them all the time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_search.core.errors import AppError
from desktop_search.core.footage import FootageDetails
from desktop_search.core.library import THIS_COMPUTER, Library
from desktop_search.core.watched import WatchReport
from desktop_search.jobs.runner import JobRunner
from desktop_search.transfers.watching import Watcher
from desktop_search.ui.dialogs.dressing import bring_up
from desktop_search.ui.watching.watched_dialog import WatchedDialog

_LANE, _CHANGES_LANE = "watching", "watching-changes"


class WatchedController(QObject):
    """Opens the one dialog; the folders are watched whether or not it is open.

    Signals:
        added(): rows have joined the queue.
        failed(object): an `AppError` that ended the watching.
    """

    added = Signal()
    failed = Signal(object)

    def __init__(self, runner: JobRunner, watcher: Watcher, window: QWidget) -> None:
        super().__init__(window)
        self._runner, self._watcher, self._window = runner, watcher, window
        self._dialog: WatchedDialog | None = None
        self._library = THIS_COMPUTER
        self._running = False

    @property
    def dialog(self) -> WatchedDialog | None:
        """The dialog while it is open."""
        return self._dialog

    def start(self) -> None:
        """Begin to look into the folders."""
        if not self._running:
            self._running = True
            work = self._watcher.run
            handle = self._runner.start(work, lane=_LANE, progress=self._on_reported, failed=self.failed.emit)
            handle.ended.connect(self._on_run_ended)

    def set_library(self, library: Library) -> None:
        """Folders that are added from now on are watched for it."""
        self._library = library
        if self._dialog is not None:
            self._dialog.set_library(library)

    def open(self) -> None:
        """Show the dialog, or bring it to the front."""
        if self._dialog is None:
            dialog = self._dialog = WatchedDialog(self._window)
            dialog.set_library(self._library)
            dialog.watch_asked.connect(self._on_watch_asked)
            dialog.remove_asked.connect(self._on_remove_asked)
            dialog.destroyed.connect(self._on_dialog_destroyed)
            dialog.show()
            self._change(self._watcher.folders)
        bring_up(self._dialog)

    def _on_watch_asked(self, path: Path, details: FootageDetails, takes_existing: bool) -> None:
        library_id = self._library.library_id
        self._change(lambda: self._watcher.watch(path, library_id, details, takes_existing=takes_existing))

    def _on_remove_asked(self, folder_id: int) -> None:
        self._change(lambda: self._watcher.forget(folder_id))

    def _change(self, change: Callable[[], tuple[WatchReport, ...]]) -> None:
        self._runner.start(
            lambda _token, _report: change(), lane=_CHANGES_LANE, done=self._on_changed, failed=self._on_change_failed
        )

    def _on_changed(self, reports: tuple[WatchReport, ...]) -> None:
        if self._dialog is not None:
            self._dialog.show_problem("")
            self._dialog.set_folders(reports)
        self.start()

    def _on_change_failed(self, error: AppError) -> None:
        if self._dialog is not None:
            self._dialog.show_problem(str(error))

    def _on_reported(self, report: WatchReport) -> None:
        known = {row.report.folder.folder_id for row in self._dialog.rows} if self._dialog is not None else set()
        if self._dialog is not None and report.folder.folder_id in known:
            self._dialog.put_folder(report)  # one that the user has just removed does not come back
        if report.has_news:
            self.added.emit()

    def _on_run_ended(self) -> None:
        self._running = False

    def _on_dialog_destroyed(self) -> None:
        self._dialog = None
