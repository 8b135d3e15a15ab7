"""What the window remembers of searches, put into it: kept answers, and the choice to ask all libraries together."""

from __future__ import annotations

import logging
from functools import partial

from PySide6.QtCore import QObject, Qt

from desktop_search.bootstrap.services import Services
from desktop_search.bootstrap.wire_sources import Sources
from desktop_search.core.errors import AppError
from desktop_search.core.language import _, number
from desktop_search.core.library import Library
from desktop_search.core.searches import SavedSearch
from desktop_search.core.uploads import UploadItem
from desktop_search.jobs.runner import JobRunner
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.dialogs.preferences_controller import PreferencesController
from desktop_search.ui.library.library_controller import LibraryController
from desktop_search.ui.library.library_switch import LibrarySwitch
from desktop_search.ui.main_window import MainWindow
from desktop_search.ui.notices import NoticeBar
from desktop_search.ui.search.controls import tool_button
from desktop_search.ui.search.recent_controller import LANE, RecentController
from desktop_search.ui.search.saved_controller import SavedController
from desktop_search.ui.search.saved_popup import SavedPopup
from desktop_search.ui.search.search_controller import SearchController
from desktop_search.ui.search.search_pane import SearchPane
from desktop_search.ui.uploads.uploads_controller import UploadsController

_log = logging.getLogger(__name__)


class MemoryParts(QObject):
    """Built and wired for the composition."""

    def __init__(
        self,
        services: Services,
        runner: JobRunner,
        window: MainWindow,
        switch: LibrarySwitch,
        pane: SearchPane,
        search: SearchController,
        commands: CommandSet,
    ) -> None:
        super().__init__(window)
        self._services, self._runner, self._search, self._switch = services, runner, search, switch
        self._wanted: SavedSearch | None = None  # waits for its library to be the one that is asked
        self._button = tool_button("saved", _("Saved searches"), commands, "search.saved")
        pane.add_tool(self._button)
        self.recent = RecentController(runner, services.memory, pane, search)
        self.saved = SavedController(runner, services.memory, pane, search, SavedPopup(self._button))
        self.saved.counted.connect(self._on_counted)
        self._button.clicked.connect(self.saved.open)
        commands.connect("search.saved", self.saved.open)
        commands.connect("search.everywhere", lambda: switch.set_asks_all(not switch.asks_all))
        switch.set_asks_all(services.preferences.load().search_all_libraries)
        search.asks_all = switch.asks_all
        switch.all_toggled.connect(self._on_all_toggled)
        commands.connect("search.refresh", search.refresh)

    def start(self) -> None:
        """Put back the last search, and read what is saved."""
        self.recent.restore()
        self.saved.start()

    def follow(
        self,
        uploads: UploadsController,
        sources: Sources,
        library: LibraryController,
        preferences: PreferencesController,
        notices: NoticeBar,
    ) -> None:
        """Learn from these when the footage of a library has changed; saved searches lead to their libraries."""
        self._library = library
        self.saved.run_asked.connect(self._on_run_asked)
        library.library_changed.connect(self._on_library_changed)
        self._search.asked.connect(self._on_asked)
        preferences.keep_answers_changed.connect(self._on_keep_answers_changed)
        for part in (self.recent, self.saved):
            part.failed.connect(notices.show_error)
        uploads.became_searchable.connect(self._on_became_searchable)
        sources.imports.brought.connect(self._on_footage_changed)

    def _on_became_searchable(self, item: UploadItem) -> None:
        self._on_footage_changed(item.library_id)

    def _on_footage_changed(self, library_id: str) -> None:
        """What is kept of it may be out of date."""
        self.saved.count_soon(library_id)
        self._runner.start(
            lambda _token, _report: self._services.finder.outdate(library_id), lane=LANE, failed=self._on_failed
        )

    def _on_keep_answers_changed(self, keeps: bool) -> None:
        if not keeps:
            self._runner.start(
                lambda _token, _report: self._services.finder.forget(), lane=LANE, failed=self._on_failed
            )

    def _on_run_asked(self, saved: SavedSearch) -> None:
        self._switch.set_asks_all(not saved.library_ids)
        here = self._library.library.library_id
        self._wanted = None
        if not saved.library_ids or here in saved.library_ids:
            self.saved.run(saved)
        else:
            self._wanted = saved
            self._library.choose(saved.library_ids[0])

    def _on_library_changed(self, library: Library) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None and library.library_id in wanted.library_ids:
            self.saved.run(wanted)

    def _on_asked(self, _query: object) -> None:
        self._wanted = None

    def _on_counted(self, fresh: int) -> None:
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if fresh else Qt.ToolButtonStyle.ToolButtonIconOnly
        self._button.setToolButtonStyle(style)
        self._button.setText(str(fresh) if fresh else "")
        self._button.setAccessibleName(
            _("Saved searches, {count} new").format(count=number(fresh)) if fresh else _("Saved searches")
        )

    def _on_all_toggled(self, asks_all: bool) -> None:
        self._search.asks_all = asks_all
        keep = partial(self._services.preferences.update, search_all_libraries=asks_all)
        self._runner.start(lambda _token, _report: keep(), lane="preferences", failed=self._on_failed)

    def _on_failed(self, error: AppError) -> None:
        _log.warning("what was searched for was not remembered: %s (%s)", error, error.details)
