"""What can be done with results, put into the window: their menu, marks, moving frames, contact sheets."""

from __future__ import annotations

from desktop_search.bootstrap.services import Services
from desktop_search.core.hits import Hit
from desktop_search.jobs.runner import JobRunner
from desktop_search.services.clip_outline import ClipOutlines
from desktop_search.services.file_manager import show_in_folder
from desktop_search.transfers.clip_pictures import STRIP_STILLS, ClipPictures
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.notices import NoticeBar
from desktop_search.ui.revealing import Revealer
from desktop_search.ui.search.hover_scrub import HoverScrub
from desktop_search.ui.search.marks_controller import MarksController
from desktop_search.ui.search.result_actions import ResultActions
from desktop_search.ui.search.result_menu import ResultMenu
from desktop_search.ui.search.results_pane import ResultsPane
from desktop_search.ui.search.sheet_controller import SheetController
from desktop_search.ui.uploads.uploads_pane import UploadsPane
from desktop_search.ui.watch.watch_controller import WatchController


def wire_results(
    services: Services,
    runner: JobRunner,
    pane: ResultsPane,
    notices: NoticeBar,
    commands: CommandSet,
    watch: WatchController,
    uploads: UploadsPane,
) -> ResultMenu:
    """The results' menu with its entries; others may add theirs. Files of the queue are shown in the same way."""
    menu = ResultMenu(pane, commands)
    revealer = Revealer(runner, show_in_folder, menu)
    revealer.failed.connect(notices.show_error)
    revealer.busy.connect(notices.show_progress)
    uploads.reveal_asked.connect(lambda path: revealer.reveal([path]))
    actions = ResultActions(runner, services.files, services.timebases.of_hits, revealer, menu)
    actions.failed.connect(notices.show_error)
    actions.busy.connect(notices.show_progress)
    marks = MarksController(runner, services.marks, pane, menu, commands)
    marks.failed.connect(notices.show_error)
    pictures = ClipPictures(services.files)
    HoverScrub(runner, pictures.strip, STRIP_STILLS, pane.view)
    outlines = ClipOutlines(services.engine_status.shots, services.clip_texts)
    sheets = SheetController(runner, pictures, outlines, services.timebases.of_hits, pane.hits, menu, pane)

    def cue(moment: Hit) -> None:
        watch.cue(moment, tuple(hit for hit in pane.hits() if hit.shares_footage(moment)))

    sheets.cue_asked.connect(cue)
    return menu
