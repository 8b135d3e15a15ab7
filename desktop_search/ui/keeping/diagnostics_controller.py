"""The dialog of diagnostics with its work: gathered, shortened and saved off the GUI thread."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop_search.core.errors import AppError
from desktop_search.core.language import _
from desktop_search.jobs.runner import JobRunner
from desktop_search.models.upload_words import plain_line
from desktop_search.services.diagnostics import Diagnostics, Report
from desktop_search.ui.dialogs.choosing import choose_target
from desktop_search.ui.dialogs.dressing import bring_up
from desktop_search.ui.keeping.diagnostics_dialog import DiagnosticsDialog

_LANE = "diagnostics"


class DiagnosticsController(QObject):
    """Opens the one dialog."""

    def __init__(self, runner: JobRunner, diagnostics: Diagnostics, window: QWidget) -> None:
        super().__init__(window)
        self._runner, self._diagnostics, self._window = runner, diagnostics, window
        self._dialog: DiagnosticsDialog | None = None
        self._report: Report | None = None

    @property
    def dialog(self) -> DiagnosticsDialog | None:
        """The dialog while it is open."""
        return self._dialog

    def open(self) -> None:
        """Show the dialog, or bring it to the front, and gather what is to be shown."""
        if self._dialog is not None:
            bring_up(self._dialog)
            return
        dialog = self._dialog = DiagnosticsDialog(self._window)
        dialog.names_chosen.connect(self._show)
        dialog.save_asked.connect(self._ask_target)
        dialog.destroyed.connect(self._on_destroyed)
        dialog.show()
        job = self._runner.start(
            self._diagnostics.collect, lane=_LANE, done=self._on_collected, failed=self._on_failed, latest_wins=True
        )
        dialog.progress.follow(job, _("Gathering…"))

    def save(self, target: Path) -> None:
        """Save what is shown, and nothing else."""
        if self._dialog is None:
            return
        diagnostics, texts = self._diagnostics, dict(self._dialog.texts)
        self._runner.start(
            lambda _token, _report: diagnostics.save(texts, target),
            lane=_LANE,
            done=lambda _nothing: self._say(_("Saved as “{name}”.").format(name=plain_line(target.name))),
            failed=self._on_failed,
        )

    def _ask_target(self) -> None:
        if self._dialog is not None:
            name = f"Desktop Search diagnostics {date.today():%Y-%m-%d}.zip"  # noqa: DTZ011 - the user's own day
            choose_target(self._dialog, _("Save the diagnostics"), name, "zip", self.save)

    def _on_collected(self, report: Report) -> None:
        self._report = report
        self._show(with_names=False)

    def _show(self, with_names: bool) -> None:
        report = self._report
        if self._dialog is None or report is None:
            return
        self._dialog.set_ready(False)
        self._runner.start(
            lambda _token, _report: report.shown(with_names=with_names),
            lane=_LANE,
            done=self._on_shown,
            failed=self._on_failed,
            latest_wins=True,
        )

    def _on_shown(self, texts: dict[str, str]) -> None:
        if self._dialog is not None:
            self._dialog.show_texts(texts)

    def _say(self, words: str) -> None:
        if self._dialog is not None:
            self._dialog.show_words(words)

    def _on_failed(self, error: AppError) -> None:
        if self._dialog is not None:
            self._dialog.show_problem(str(error))

    def _on_destroyed(self, _dialog: Any = None) -> None:  # noqa: ANN401 - Qt's
        self._dialog = self._report = None
