"""Backups and reports, wired to the menu."""

from __future__ import annotations

import io
from collections.abc import Iterable

from PySide6.QtCore import QObject

from desktop_search.bootstrap.logs import Redactor
from desktop_search.bootstrap.self_check import run_self_check
from desktop_search.bootstrap.services import Services
from desktop_search.jobs.runner import JobRunner
from desktop_search.services.diagnostics import Diagnostics
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.keeping.backup_controller import BackupController
from desktop_search.ui.keeping.diagnostics_controller import DiagnosticsController
from desktop_search.ui.main_window import MainWindow
from desktop_search.ui.notices import NoticeBar


class KeepingParts(QObject):
    """The controllers of what is kept and given away as files."""

    def __init__(
        self, services: Services, runner: JobRunner, window: MainWindow, notices: NoticeBar, commands: CommandSet
    ) -> None:
        super().__init__(window)
        self.backups = BackupController(runner, services.backups, window)
        commands.connect("file.back-up", self.backups.ask_target)
        commands.connect("file.restore", self.backups.ask_file)
        self.backups.noticed.connect(notices.show_info)
        self.backups.failed.connect(notices.show_error)
        self.backups.busy.connect(notices.show_progress)
        self.backups.quit_asked.connect(window.close)
        self.diagnostics = DiagnosticsController(runner, _diagnostics(services), window)
        commands.connect("help.diagnostics", self.diagnostics.open)


def _diagnostics(services: Services) -> Diagnostics:
    libraries = services.libraries

    def known_keys() -> tuple[str, ...]:
        return libraries.keys.every(library.library_id for library in libraries.available() if not library.is_local)

    def self_check() -> str:
        out = io.StringIO()
        run_self_check(services.folders, out)
        return out.getvalue()

    def redact(text: str, keys: Iterable[str]) -> str:
        return Redactor(keys)(text)

    return Diagnostics(services.folders, services.catalog, services.preferences, known_keys, self_check, redact)
