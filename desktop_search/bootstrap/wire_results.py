"""What can be done with results, put into the window."""

from __future__ import annotations

from desktop_search.bootstrap.services import Services
from desktop_search.jobs.runner import JobRunner
from desktop_search.services.file_manager import show_in_folder
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.notices import NoticeBar
from desktop_search.ui.search.result_actions import ResultActions
from desktop_search.ui.search.result_menu import ResultMenu
from desktop_search.ui.search.results_pane import ResultsPane


def wire_results(
    services: Services, runner: JobRunner, pane: ResultsPane, notices: NoticeBar, commands: CommandSet
) -> ResultMenu:
    """The results' menu with its entries; others may add theirs."""
    menu = ResultMenu(pane, commands)
    actions = ResultActions(runner, services.files, services.timebases.of_hits, show_in_folder, menu)
    actions.failed.connect(notices.show_error)
    return menu
