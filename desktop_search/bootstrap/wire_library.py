"""The page of the library, put into the window."""

from __future__ import annotations

from desktop_search.bootstrap import thumbnails
from desktop_search.bootstrap.services import Services
from desktop_search.bootstrap.wire_browse import LIBRARY
from desktop_search.bootstrap.wire_item_acts import ItemActs
from desktop_search.bootstrap.wire_sources import Sources
from desktop_search.core.language import _
from desktop_search.core.library import Library
from desktop_search.jobs.runner import JobRunner
from desktop_search.models.thumbnails import ThumbnailLoader
from desktop_search.ui.browse.browse_controller import BrowseController
from desktop_search.ui.browse.browse_tabs import BrowseTabs
from desktop_search.ui.browse.library_menu import LibraryMenu
from desktop_search.ui.browse.library_page import LibraryPage
from desktop_search.ui.browse.tasks import TasksController
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.library.library_controller import LibraryController
from desktop_search.ui.notices import NoticeBar
from desktop_search.ui.search.likeness_controller import LikenessController
from desktop_search.ui.search.results_pane import ResultsPane
from desktop_search.ui.search.search_controller import SearchController
from desktop_search.ui.search.search_pane import SearchPane
from desktop_search.ui.search.sheet_controller import SheetController
from desktop_search.ui.uploads.uploads_controller import UploadsController
from desktop_search.ui.watch.player_pane import PlayerPane
from desktop_search.ui.watch.watch_controller import WatchController


class LibraryParts:
    """The page, who fills it, and what can be done with items."""

    def __init__(
        self, services: Services, runner: JobRunner, tabs: BrowseTabs, notices: NoticeBar, commands: CommandSet
    ) -> None:
        files = services.files
        self.posters = ThumbnailLoader(
            runner, thumbnails.of_results(files), tabs, kept=thumbnails.kept_of_results(files)
        )
        self.page = LibraryPage(self.posters, commands)
        self.controller = BrowseController(runner, services.library_items, self.page)
        self.menu = LibraryMenu(self.page, commands)
        self.acts = ItemActs(services, runner, self.page, notices, self.controller)
        self.tasks = TasksController(runner, services.library_tasks, tabs)
        commands.connect("library.tasks", self.tasks.open)
        self._commands = commands
        tabs.add_page(LIBRARY, self.page, _("Library"), self.page.enter)
        self.controller.noticed.connect(notices.show_info)
        self.controller.failed.connect(notices.show_error)
        commands.connect("library.refresh", self.controller.read)
        commands.connect("library.folders", self.acts.folders.open)

    def follow(
        self, library: LibraryController, search: SearchController, uploads: UploadsController, sources: Sources
    ) -> None:
        """Learn from these what the library has."""
        for part in (self.controller, self.acts.folders):
            library.library_changed.connect(part.set_library)
        library.keys_changed.connect(lambda: self._begin_anew(library.library))
        search.answered.connect(self.controller.learn)
        uploads.became_searchable.connect(lambda item: self.controller.outdate(item.library_id))
        sources.imports.brought.connect(self.controller.outdate)
        for changed in (uploads.changed, sources.imports.changed, self.page.model.arranged):
            changed.connect(self.tasks.refresh)

    def _begin_anew(self, library: Library) -> None:
        """Another key may be another account, which has other videos and folders."""
        self.controller.begin_anew(library)
        self.acts.folders.set_library(library)

    def lead_to(
        self,
        watch: WatchController,
        player: PlayerPane,
        search: SearchPane,
        results: ResultsPane,
        sources: Sources,
        uploads: UploadsController,
    ) -> None:
        """What is done with items is done by the same parts as with results."""
        sheets, likeness = results.findChild(SheetController), search.findChild(LikenessController)
        assert sheets is not None  # as the results are wired before
        assert likeness is not None
        self.acts.fill(self.menu, watch, player, search, sheets, likeness, sources.imports, uploads)
        self.page.views.opened.connect(lambda: self._commands.run("library.play"))
        self._commands.connect("library.hold", player.toggle)
        self._commands.connect("library.leave", search.come_back)
