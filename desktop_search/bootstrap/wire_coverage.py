"""What is known besides an answer: how much was searched, with the ways to what was not, and facts about its clips."""

from __future__ import annotations

from desktop_search.bootstrap.services import Services
from desktop_search.core.coverage import Gap
from desktop_search.core.uploads import UploadState
from desktop_search.jobs.runner import JobRunner
from desktop_search.services.clip_facts import ClipFacts
from desktop_search.services.coverage import CoverageReader
from desktop_search.ui.library.engine_strip import EngineStrip
from desktop_search.ui.notices import NoticeBar
from desktop_search.ui.search.coverage_controller import CoverageController
from desktop_search.ui.search.facts_controller import FactsController
from desktop_search.ui.search.results_pane import ResultsPane
from desktop_search.ui.search.search_controller import SearchController
from desktop_search.ui.uploads.uploads_controller import UploadsController
from desktop_search.ui.uploads.uploads_pane import UploadsPane

_STATES = {
    Gap.INDEXING: frozenset({UploadState.INDEXING}),
    Gap.QUEUED: frozenset(
        {
            UploadState.READY,
            UploadState.WAITING,
            UploadState.PREPARING,
            UploadState.SENDING,
            UploadState.PAUSED,
        }
    ),
    Gap.FAILED: frozenset({UploadState.FAILED}),
}


def wire_coverage(
    services: Services,
    runner: JobRunner,
    search: SearchController,
    results: ResultsPane,
    uploads: UploadsController,
    pane: UploadsPane,
    engine: EngineStrip,
    notices: NoticeBar,
) -> None:
    """The line below the results follows searches and the queue; its links lead to rows, or to what finds files."""
    controller = CoverageController(
        runner,
        CoverageReader(services.catalog, services.engine_status),
        lambda: search.shown_library_ids,
        results,
    )
    search.answered.connect(controller.read)
    uploads.changed.connect(controller.note_change)

    def show(gap: Gap) -> None:
        if gap is Gap.OFFLINE:
            engine.find_files.click()
            return
        states, shown = _STATES[gap], search.shown_library_ids
        pane.view.choose(item.item_id for item in pane.model.items if item.state in states and item.library_id in shown)
        pane.view.setFocus()

    results.coverage_asked.connect(show)
    facts = FactsController(runner, ClipFacts(services.catalog, services.libraries.client), results)
    facts.failed.connect(notices.show_error)
    facts.busy.connect(notices.show_progress)
    search.answered.connect(facts.on_answered)
