"""Connects the player with the list of results, with what is known of the clip, and with the preferences."""

from __future__ import annotations

from desktop_search.bootstrap.services import Services
from desktop_search.core.handles import Handles
from desktop_search.core.hits import Hit
from desktop_search.core.library import LOCAL_ID
from desktop_search.jobs.runner import JobRunner
from desktop_search.services.clip_outline import ClipOutlines
from desktop_search.ui.dialogs.preferences_controller import PreferencesController
from desktop_search.ui.library.engine_strip import EngineStrip
from desktop_search.ui.main_window import MainWindow
from desktop_search.ui.search.results_pane import ResultsPane
from desktop_search.ui.search.search_controller import SearchController
from desktop_search.ui.watch.clip_controller import ClipController
from desktop_search.ui.watch.outline_controller import OutlineController
from desktop_search.ui.watch.player_pane import PlayerPane
from desktop_search.ui.watch.watch_controller import WatchController


def wire_choice(
    results: ResultsPane, search: SearchController, watch: WatchController, pane: PlayerPane, window: MainWindow
) -> None:
    """What is chosen in the list is shown, and the keys of the player lead through the list and back to it.

    Once a frame is shown, or an answer has come, the first frames of the next hits are read.
    """

    def others_of(hit: Hit) -> tuple[Hit, ...]:
        """All hits of the same clip, for the marks on the timeline."""
        return tuple(other for other in results.hits() if hit.shares_footage(other))

    results.hit_chosen.connect(lambda hit: watch.cue(hit, others_of(hit)))
    results.hit_played.connect(lambda hit: watch.play(hit, others_of(hit)))
    results.hit_played.connect(lambda _hit: pane.setFocus())
    results.image_chosen.connect(watch.show_image)
    results.play_toggled.connect(pane.toggle)
    pane.previous_hit_asked.connect(lambda: results.move_by(-1))
    pane.next_hit_asked.connect(lambda: results.move_by(1))
    results.listing_changed.connect(pane.transport.set_hits)
    pane.transport.set_hits(results.is_listing)
    pane.list_asked.connect(lambda: window.set_picture_alone(is_alone=False))
    pane.full_screen_asked.connect(window.toggle_picture_alone)
    watch.shown.connect(lambda _hit: watch.make_ready(results.hits_near()))
    search.answered.connect(lambda *_answer: watch.make_ready(results.hits_near()))


def wire_finding(watch: WatchController, engine: EngineStrip) -> None:
    """Where one original was found there are others: the engine of this computer looks there for what it misses."""
    watch.original_found.connect(
        lambda hit, path: engine.relink_asked.emit(path.parent) if hit.library_id == LOCAL_ID else None
    )


def wire_timeline(
    services: Services, runner: JobRunner, watch: WatchController, clip: ClipController, pane: PlayerPane
) -> None:
    """The timeline shows the shots and the speech of the clip, and more of them once more was read."""
    outlines = ClipOutlines(services.engine_status.shots, services.clip_texts)
    outline = OutlineController(runner, outlines, pane)
    watch.opened.connect(outline.show_clip)
    watch.left_clip.connect(outline.show_nothing)
    clip.read.connect(outline.read_again)


def wire_handles(handles: Handles, preferences: PreferencesController, pane: PlayerPane) -> None:
    """Hits are marked with the handles that the user chose."""
    pane.marking.set_handles(handles)
    preferences.handles_changed.connect(pane.marking.set_handles)
