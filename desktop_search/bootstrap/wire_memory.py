"""What the window remembers of searches, put into it: kept answers, and the choice to ask all libraries together."""

from __future__ import annotations

import logging
from functools import partial

from PySide6.QtCore import QObject

from desktop_search.bootstrap.services import Services
from desktop_search.bootstrap.wire_sources import Sources
from desktop_search.core.errors import AppError
from desktop_search.core.uploads import UploadItem
from desktop_search.jobs.runner import JobRunner
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.library.library_switch import LibrarySwitch
from desktop_search.ui.main_window import MainWindow
from desktop_search.ui.search.search_controller import SearchController
from desktop_search.ui.uploads.uploads_controller import UploadsController

_log = logging.getLogger(__name__)
_LANE = "searches"


class MemoryParts(QObject):
    """Built and wired for the composition."""

    def __init__(
        self,
        services: Services,
        runner: JobRunner,
        window: MainWindow,
        switch: LibrarySwitch,
        search: SearchController,
        commands: CommandSet,
    ) -> None:
        super().__init__(window)
        self._services, self._runner, self._search = services, runner, search
        switch.set_asks_all(services.preferences.load().search_all_libraries)
        search.asks_all = switch.asks_all
        switch.all_toggled.connect(self._on_all_toggled)
        commands.connect("search.refresh", search.refresh)

    def follow(self, uploads: UploadsController, sources: Sources) -> None:
        """Learn from these when the footage of a library has changed."""
        uploads.became_searchable.connect(self._on_became_searchable)
        sources.imports.brought.connect(self._on_footage_changed)

    def _on_became_searchable(self, item: UploadItem) -> None:
        self._on_footage_changed(item.library_id)

    def _on_footage_changed(self, library_id: str) -> None:
        """What is kept of it may be out of date."""
        self._runner.start(
            lambda _token, _report: self._services.finder.outdate(library_id), lane=_LANE, failed=self._on_failed
        )

    def _on_all_toggled(self, asks_all: bool) -> None:
        self._search.asks_all = asks_all
        keep = partial(self._services.preferences.update, search_all_libraries=asks_all)
        self._runner.start(lambda _token, _report: keep(), lane="preferences", failed=self._on_failed)

    def _on_failed(self, error: AppError) -> None:
        _log.warning("what was searched for was not remembered: %s (%s)", error, error.details)
