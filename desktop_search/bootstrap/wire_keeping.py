"""Backups and reports, wired to the menu."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_search.bootstrap.services import Services
from desktop_search.jobs.runner import JobRunner
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.keeping.backup_controller import BackupController
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
