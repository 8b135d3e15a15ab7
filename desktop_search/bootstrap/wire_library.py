"""The page of the library, put into the window."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from desktop_search.bootstrap import thumbnails
from desktop_search.bootstrap.services import Services
from desktop_search.bootstrap.wire_browse import LIBRARY
from desktop_search.bootstrap.wire_sources import Sources
from desktop_search.core.hits import Hit
from desktop_search.core.language import _
from desktop_search.core.library_items import ItemState
from desktop_search.jobs.runner import JobRunner
from desktop_search.models.thumbnails import ThumbnailLoader
from desktop_search.ui.browse.browse_controller import BrowseController
from desktop_search.ui.browse.browse_tabs import BrowseTabs
from desktop_search.ui.browse.library_menu import ItemEntry, Items, LibraryMenu
from desktop_search.ui.browse.library_page import LibraryPage
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.library.library_controller import LibraryController
from desktop_search.ui.notices import NoticeBar
from desktop_search.ui.search.search_controller import SearchController
from desktop_search.ui.search.search_pane import SearchPane
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
        self._commands = commands
        tabs.add_page(LIBRARY, self.page, _("Library"), self.page.enter)
        self.controller.noticed.connect(notices.show_info)
        self.controller.failed.connect(notices.show_error)
        commands.connect("library.refresh", self.controller.read)

    def follow(
        self, library: LibraryController, search: SearchController, uploads: UploadsController, sources: Sources
    ) -> None:
        """Learn from these what the library has."""
        library.library_changed.connect(self.controller.set_library)
        search.answered.connect(self.controller.learn)
        uploads.became_searchable.connect(lambda item: self.controller.outdate(item.library_id))
        sources.imports.brought.connect(self.controller.outdate)

    def lead_to(self, watch: WatchController, player: PlayerPane, search: SearchPane) -> None:
        """Items are shown in the player."""

        def play(items: Items) -> None:
            found = items[0].as_found
            if isinstance(found, Hit):
                watch.play(found)
                player.setFocus()
            else:
                watch.show_image(found)

        self.page.views.opened.connect(lambda: self._commands.run("library.play"))
        self.menu.add(ItemEntry("library.play", play, "play", why_not=_why_not_shown))
        self.menu.add(ItemEntry("library.copy-id", _copy_ids, opens_section=True))
        self._commands.connect("library.hold", player.toggle)
        self._commands.connect("library.leave", search.come_back)


def _why_not_shown(items: Items) -> str:
    if len(items) > 1:
        return _("one at a time")
    return _("its file is not where it was") if items[0].state is ItemState.OFFLINE else ""


def _copy_ids(items: Items) -> None:
    QGuiApplication.clipboard().setText("\n".join(item.item_id for item in items))
