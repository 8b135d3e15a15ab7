"""The pages in the place of the results, put into the window."""

from __future__ import annotations

from desktop_search.core.language import _
from desktop_search.ui.browse.browse_tabs import BrowseTabs
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.search.results_pane import ResultsPane
from desktop_search.ui.search.search_controller import SearchController
from desktop_search.ui.search.search_pane import SearchPane

FOUND, LIBRARY = "view.found", "view.library"


def browse_tabs(results: ResultsPane, commands: CommandSet) -> BrowseTabs:
    """The pages, of which the results are the first."""
    tabs = BrowseTabs(commands)
    tabs.add_page(FOUND, results, _("Found"), results.focus_list)
    return tabs


def follow_searches(tabs: BrowseTabs, search: SearchController, pane: SearchPane) -> None:
    """Who searches sees what is found."""
    search.asked.connect(lambda _query: tabs.bring(FOUND))
    pane.list_requested.connect(lambda: tabs.enter(FOUND))
