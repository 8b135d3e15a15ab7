"""The page of places and times, put into the window."""

from __future__ import annotations

from functools import partial

from desktop_search.bootstrap.services import Services
from desktop_search.core.language import _
from desktop_search.jobs.runner import JobRunner
from desktop_search.services.placed_clips import read_placed_clips
from desktop_search.ui.browse.browse_tabs import BrowseTabs
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.places.places_controller import PlacesController
from desktop_search.ui.places.places_page import PlacesPage
from desktop_search.ui.search.search_controller import SearchController
from desktop_search.ui.search.search_pane import SearchPane
from desktop_search.ui.watch.watch_controller import WatchController

MAP = "view.map"


def wire_places(
    services: Services,
    runner: JobRunner,
    tabs: BrowseTabs,
    search_pane: SearchPane,
    search: SearchController,
    watch: WatchController,
    commands: CommandSet,
) -> PlacesController:
    """The page behind the others; it follows searches, and what it opens the player shows."""
    page = PlacesPage(commands)
    tabs.add_page(MAP, page, _("Map"), page.enter)
    read = partial(read_placed_clips, services.library_items)
    controller = PlacesController(runner, read, page, search_pane)
    search.answered.connect(controller.show_hits)
    search.emptied.connect(controller.forget_hits)
    controller.clip_opened.connect(watch.cue)
    controller.image_opened.connect(watch.show_image)
    return controller
