"""More like this, and searching inside one clip: from the results and from the player."""

from __future__ import annotations

from desktop_search.bootstrap.services import Services
from desktop_search.core.language import _
from desktop_search.jobs.runner import JobRunner
from desktop_search.services.likeness import Likeness
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.notices import NoticeBar
from desktop_search.ui.search.likeness_controller import LikenessController
from desktop_search.ui.search.result_menu import ResultMenu
from desktop_search.ui.search.results_pane import ResultsPane
from desktop_search.ui.search.search_pane import SearchPane
from desktop_search.ui.watch.player_pane import PlayerPane
from desktop_search.ui.watch.watch_controller import WatchController


def wire_likeness(
    services: Services,
    runner: JobRunner,
    search: SearchPane,
    results: ResultsPane,
    menu: ResultMenu,
    player: PlayerPane,
    watch: WatchController,
    notices: NoticeBar,
    commands: CommandSet,
) -> None:
    """Whatever is on show can be searched by, or searched in, and a picture can be dropped on the results."""
    pictures = Likeness(services.files, services.folders.cache / "pictures", services.files.arriving)
    likeness = LikenessController(runner, pictures, search, menu)
    search.intake.watch(results)
    likeness.failed.connect(notices.show_error)
    player.like_this_asked.connect(likeness.like_frame)
    player.like_picture_asked.connect(search.image_given)

    def search_inside() -> None:
        if watch.hit is not None:
            search.search_inside(watch.hit.clip, watch.hit.name)

    def why_not() -> str:
        if watch.hit is None:
            return _("Choose a moment first.")
        return _("A post of the public library cannot be searched by itself.") if watch.hit.is_public else ""

    commands.connect("player.search-inside", search_inside, why_not)
