"""Backing up and restoring: a file is chosen, the work is done off the GUI thread, and nothing is replaced unasked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop_search.core.backups import BackupFacts
from desktop_search.core.language import _, ngettext
from desktop_search.jobs.runner import JobHandle, JobRunner
from desktop_search.models.transfer_words import size_words
from desktop_search.models.upload_words import plain_line
from desktop_search.services.backups import Backups
from desktop_search.ui.dialogs.choosing import choose_file, choose_target

_LANE = "backup"


class BackupController(QObject):
    """Signals:
    noticed(str): a backup was written.
    failed(object): an `AppError`; nothing was changed.
    busy(object, str): a job that may take its time, and what it is about.
    quit_asked(): the user agreed that the program ends, and is restored at its next start.
    """

    noticed = Signal(str)
    failed = Signal(object)
    busy = Signal(object, str)
    quit_asked = Signal()

    def __init__(self, runner: JobRunner, backups: Backups, window: QWidget) -> None:
        super().__init__(window)
        self._runner, self._backups, self._window = runner, backups, window
        self._box: QMessageBox | None = None

    @property
    def question(self) -> QMessageBox | None:
        """The question whether to restore, while it is open."""
        return self._box

    def ask_target(self) -> None:
        """Let the user choose where the backup is to be written."""
        name = f"Desktop Search {date.today():%Y-%m-%d}.dsbackup"  # noqa: DTZ011 - the user's own day
        choose_target(self._window, _("Back up catalog, selects and settings"), name, "dsbackup", self.back_up)

    def back_up(self, target: Path) -> None:
        """Write a backup."""
        backups = self._backups
        job = self._runner.start(
            lambda token, report: backups.write(target, token, report),
            lane=_LANE,
            done=lambda size_bytes: self.noticed.emit(
                _("Backed up to “{name}” ({size}). Keys are not in it: they stay in this system's keyring.").format(
                    name=plain_line(target.name), size=size_words(size_bytes)
                )
            ),
            failed=self.failed.emit,
        )
        self.busy.emit(job, _("Backing up…"))

    def ask_file(self) -> None:
        """Let the user choose the backup."""
        choose_file(self._window, _("Restore a backup"), self.restore)

    def restore(self, file: Path) -> None:
        """Check a backup, then ask whether it is to be restored."""
        if self._box is not None:
            return
        backups = self._backups
        job: JobHandle = self._runner.start(
            lambda token, report: backups.check(file, token, report),
            lane=_LANE,
            done=self._on_checked,
            failed=self.failed.emit,
        )
        self.busy.emit(job, _("Checking the backup…"))

    def _on_checked(self, facts: BackupFacts) -> None:
        box = self._box = QMessageBox(self._window)
        box.setWindowTitle(_("Restore a backup"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(_("Restore the backup of {moment}?").format(moment=f"{facts.made:%Y-%m-%d %H:%M}"))
        box.setInformativeText(facts_words(facts))
        restore = box.addButton(_("Restore and quit"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.finished.connect(lambda _result: self._on_answered(accepted=box.clickedButton() is restore))
        box.open()

    def _on_answered(self, *, accepted: bool) -> None:
        self._box = None
        backups = self._backups
        if accepted:
            self._runner.start(
                lambda _token, _report: backups.accept(),
                lane=_LANE,
                done=lambda _nothing: self.quit_asked.emit(),
                failed=self.failed.emit,
            )
        else:
            self._runner.start(lambda _token, _report: backups.discard(), lane=_LANE)


def facts_words(facts: BackupFacts) -> str:
    """What is in the backup, and what restoring it does."""
    rows = ngettext("{count} row of the queue", "{count} rows of the queue", facts.uploads)
    selects = ngettext("{count} select", "{count} selects", facts.selects)
    searches = ngettext("{count} saved search", "{count} saved searches", facts.searches)
    inside = _("It was made by version {version} and has {rows}, {selects} and {searches}.").format(
        version=plain_line(facts.program), rows=rows, selects=selects, searches=searches
    )
    does = _(
        "Catalog, selects and settings of now are kept in a folder beside them. Footage, the index of this computer "
        "and keys are not touched. Desktop Search ends; start it again to go on."
    )
    return f"{inside}\n\n{does}"
