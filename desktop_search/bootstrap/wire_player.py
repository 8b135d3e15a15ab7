"""Connects the player with the list of results and with what is known of the clip."""

from __future__ import annotations

from desktop_search.bootstrap.services import Services
from desktop_search.jobs.runner import JobRunner
from desktop_search.services.clip_outline import ClipOutlines
from desktop_search.ui.search.results_pane import ResultsPane
from desktop_search.ui.search.search_controller import SearchController
from desktop_search.ui.watch.clip_controller import ClipController
from desktop_search.ui.watch.outline_controller import OutlineController
from desktop_search.ui.watch.player_pane import PlayerPane
from desktop_search.ui.watch.watch_controller import WatchController


def wire_player(
    services: Services, runner: JobRunner, watch: WatchController, clip: ClipController, pane: PlayerPane
) -> None:
    """The timeline shows the shots and the speech of the clip, and more of them once more was read."""
    outlines = ClipOutlines(services.engine_status.shots, services.clip_texts)
    outline = OutlineController(runner, outlines, pane)
    watch.opened.connect(outline.show_clip)
    watch.left_clip.connect(outline.show_nothing)
    clip.read.connect(outline.read_again)


def wire_ahead(watch: WatchController, results: ResultsPane, search: SearchController) -> None:
    """Once a frame is shown, or an answer has come, the first frames of the next hits are read."""
    watch.shown.connect(lambda _hit: watch.make_ready(results.hits_near()))
    search.answered.connect(lambda *_answer: watch.make_ready(results.hits_near()))
