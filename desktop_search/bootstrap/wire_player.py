"""Connects the player with the list of results: what may be chosen next is made ready ahead."""

from __future__ import annotations

from desktop_search.ui.search.results_pane import ResultsPane
from desktop_search.ui.search.search_controller import SearchController
from desktop_search.ui.watch.watch_controller import WatchController


def wire_ahead(watch: WatchController, results: ResultsPane, search: SearchController) -> None:
    """Once a frame is shown, or an answer has come, the first frames of the next hits are read."""
    watch.shown.connect(lambda _hit: watch.make_ready(results.hits_near()))
    search.answered.connect(lambda *_answer: watch.make_ready(results.hits_near()))
