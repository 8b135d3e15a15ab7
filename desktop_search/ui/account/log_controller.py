"""The transfer log with its work: found, read and exported off the GUI thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from desktop_search.core.errors import AppError
from desktop_search.core.language import _
from desktop_search.core.transfer_log import LogEntry
from desktop_search.jobs.runner import JobRunner
from desktop_search.models.upload_words import plain_line
from desktop_search.services.transfer_log import TransferLog
from desktop_search.ui.account.log_dialog import LogDialog, line_words
from desktop_search.ui.dialogs.dressing import bring_up

_FIND_LANE, _READ_LANE, _EXPORT_LANE = "log", "log lines", "log export"
_GATHER_MS = 500  # arrivals that are shown together


class LogController(QObject):
    """Opens the one dialog, and keeps it up to date while it is open."""

    def __init__(self, runner: JobRunner, log: TransferLog, window: QWidget) -> None:
        super().__init__(window)
        self._runner, self._log, self._window = runner, log, window
        self._dialog: LogDialog | None = None
        self._gathering = QTimer(self)
        self._gathering.setSingleShot(True)
        self._gathering.setInterval(_GATHER_MS)
        self._gathering.timeout.connect(self._find)

    @property
    def dialog(self) -> LogDialog | None:
        """The dialog while it is open."""
        return self._dialog

    def open(self) -> None:
        """Show the dialog, or bring it to the front."""
        if self._dialog is not None:
            bring_up(self._dialog)
            return
        dialog = self._dialog = LogDialog(self._window)
        dialog.filter_asked.connect(self._find)
        dialog.export_asked.connect(self._export)
        dialog.model.wanted.connect(self._read, Qt.ConnectionType.QueuedConnection)  # asked while it is painted
        dialog.destroyed.connect(self._on_destroyed)
        dialog.show()
        self._find()

    def refresh(self) -> None:
        """Something may have arrived: look soon, if anybody looks at all."""
        if self._dialog is not None and not self._gathering.isActive():
            self._gathering.start()

    def _find(self, _text: str = "") -> None:
        if self._dialog is None:
            return
        log, text = self._log, self._dialog.text
        self._runner.start(
            lambda _token, _report: log.ids(text),
            lane=_FIND_LANE,
            done=self._on_found,
            failed=self._on_failed,
            latest_wins=True,
        )

    def _read(self, ids: tuple[int, ...]) -> None:
        log = self._log
        self._runner.start(
            lambda _token, _report: log.entries(ids), lane=_READ_LANE, done=self._on_read, failed=self._on_failed
        )

    def _export(self, target: Path, text: str) -> None:
        log = self._log
        job = self._runner.start(
            lambda token, report: log.export(target, text, token, report),
            lane=_EXPORT_LANE,
            done=lambda lines: self._tell(
                _("{lines} written to {file}").format(lines=line_words(lines), file=plain_line(str(target)))
            ),
            failed=self._on_failed,
            cancelled=lambda: self._tell(_("The export was stopped; nothing was written.")),
            progress=self._on_exporting,
        )
        if self._dialog is not None:
            self._dialog.exporting.follow(job, _("Exporting…"))

    def _on_exporting(self, lines: int) -> None:
        if self._dialog is not None:
            self._dialog.exporting.say(_("Exporting… {lines}").format(lines=line_words(lines)))

    def _on_found(self, ids: tuple[int, ...]) -> None:
        if self._dialog is not None:
            self._dialog.show_ids(ids)

    def _on_read(self, entries: tuple[LogEntry, ...]) -> None:
        if self._dialog is not None:
            self._dialog.model.put(entries)

    def _tell(self, words: str) -> None:
        if self._dialog is not None:
            self._dialog.show_words(words)

    def _on_failed(self, error: AppError) -> None:
        if self._dialog is not None:
            self._dialog.model.forget_asked()
            self._dialog.show_problem(str(error))

    def _on_destroyed(self) -> None:
        self._dialog = None
