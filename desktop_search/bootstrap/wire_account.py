"""What concerns the account: forecast, log of transfers, usage and budget. Built and wired for the composition."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject

from desktop_search.bootstrap.services import Services
from desktop_search.core.language import _
from desktop_search.core.uploads import UploadItem, UploadState
from desktop_search.jobs.runner import JobRunner
from desktop_search.models.upload_actions import QueueAction
from desktop_search.ui.account.log_controller import LogController
from desktop_search.ui.account.usage_controller import UsageController
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.main_window import MainWindow
from desktop_search.ui.notices import NoticeBar, NoticeLevel
from desktop_search.ui.uploads.forecast_controller import Basis, ForecastController
from desktop_search.ui.uploads.forecast_strip import ForecastStrip
from desktop_search.ui.uploads.uploads_controller import UploadsController
from desktop_search.ui.uploads.uploads_pane import UploadsPane


class AccountParts(QObject):
    """The controllers about the account, wired to each other, to the menu and to the queue."""

    def __init__(
        self,
        services: Services,
        runner: JobRunner,
        window: MainWindow,
        notices: NoticeBar,
        strip: ForecastStrip,
        pane: UploadsPane,
        uploads: UploadsController,
        commands: CommandSet,
    ) -> None:
        super().__init__(window)
        self._notices = notices

        def read_basis(library_ids: tuple[str, ...]) -> Basis:
            return Basis(services.preferences.load().transfers, services.transfer_log.recent_rate(library_ids))

        self.forecast = ForecastController(runner, strip, pane, read_basis)
        self.log = LogController(runner, services.transfer_log, window)
        self.usage = UsageController(runner, services.usage, services.preferences, window)
        commands.connect("file.transfer-log", self.log.open)
        commands.connect("file.usage", self.usage.open)
        strip.prices_asked.connect(self.usage.open_prices)
        self.forecast.start_asked.connect(partial(pane.asked.emit, QueueAction.START))
        self.usage.budget_told.connect(self.forecast.set_budget)
        self.usage.settings_changed.connect(self.forecast.read_again)
        self.usage.budget_freed.connect(uploads.try_again)
        self.usage.warned.connect(self._on_warned)
        uploads.changed.connect(self._on_uploads_changed)
        for part in (self.forecast, self.usage):
            part.failed.connect(notices.show_error)

    def start(self) -> None:
        """Begin the long work."""
        self.usage.start()

    def _on_warned(self, words: str, is_reached: bool) -> None:
        level = NoticeLevel.ERROR if is_reached else NoticeLevel.WARNING
        self._notices.show_notice(level, words, action_text=_("Change the budget…"), action=self.usage.open_prices)

    def _on_uploads_changed(self, items: Iterable[UploadItem]) -> None:
        if any(item.state in {UploadState.INDEXING, UploadState.SEARCHABLE} for item in items):
            self.log.refresh()
