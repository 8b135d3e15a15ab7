"""The user's own test set: verdicts on results, and two models compared by them."""

from __future__ import annotations

from desktop_search.bootstrap.services import Services
from desktop_search.core.language import _
from desktop_search.core.query import SearchQuery
from desktop_search.jobs.runner import JobRunner
from desktop_search.ui.dialogs.models_controller import ModelsController
from desktop_search.ui.dialogs.trial_controller import TrialController
from desktop_search.ui.notices import Notice, NoticeBar, NoticeLevel
from desktop_search.ui.search.result_menu import ResultMenu
from desktop_search.ui.search.results_pane import ResultsPane
from desktop_search.ui.search.search_controller import SearchController
from desktop_search.ui.search.verdicts_controller import VerdictsController


def wire_test_set(
    services: Services,
    runner: JobRunner,
    pane: ResultsPane,
    menu: ResultMenu,
    search: SearchController,
    models: ModelsController,
    notices: NoticeBar,
) -> TrialController:
    """What is said of a verdict takes the place of what was said of the one before."""
    said: list[Notice] = []

    def query_on_show() -> SearchQuery | None:
        return search.shown[0] if search.shown is not None else None

    def say(words: str) -> None:
        for notice in said:
            if notice in notices.notices:
                notice.dismiss()
        said[:] = [notices.show_info(words)]

    verdicts = VerdictsController(runner, services.test_set, pane, menu, query_on_show)
    verdicts.judged.connect(say)
    verdicts.failed.connect(notices.show_error)
    trial = TrialController(runner, services.test_set, services.models.use, models)
    trial.reported.connect(
        lambda report: notices.show_notice(NoticeLevel.WARNING, report, action_text=_("Decide…"), action=models.open)
    )
    return trial
