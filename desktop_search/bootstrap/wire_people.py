"""The dialog of people, put into the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from desktop_search.bootstrap.services import Services
from desktop_search.core.hits import Hit
from desktop_search.core.query import Scope, SearchQuery
from desktop_search.jobs.runner import JobRunner
from desktop_search.services.people import People
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.people.people_controller import PeopleController
from desktop_search.ui.search.search_pane import SearchPane
from desktop_search.ui.watch.watch_controller import WatchController


def wire_people(
    services: Services,
    runner: JobRunner,
    window: QWidget,
    search_pane: SearchPane,
    watch: WatchController,
    commands: CommandSet,
    show_models: Callable[[], object],
) -> PeopleController:
    """Who is asked for becomes a filter of the search; a face leads the player to where it was seen."""
    controller = PeopleController(runner, People(services.engine_status.client), window)

    def search(name: str) -> None:
        filters = replace(search_pane.query().filters, people=(name,))
        search_pane.run_query(SearchQuery(scope=Scope.ALL, filters=filters))

    controller.search_asked.connect(search)
    controller.moment_asked.connect(
        lambda found: watch.cue(found) if isinstance(found, Hit) else watch.show_image(found)
    )
    controller.models_asked.connect(show_models)
    commands.connect("file.people", controller.open)
    return controller
