"""The selects put into the window: taken from results and from the player, shown, handed over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from desktop_search.bootstrap.services import Services
from desktop_search.core.hits import Hit
from desktop_search.core.language import _
from desktop_search.jobs.runner import JobRunner
from desktop_search.services.handing_over import HandOver
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.notices import NoticeBar
from desktop_search.ui.search.result_menu import Chosen, MenuEntry, ResultMenu, Section
from desktop_search.ui.selects.exporting import ExportController
from desktop_search.ui.selects.selects_controller import SelectsController
from desktop_search.ui.selects.selects_tab import SelectsTab
from desktop_search.ui.watch.clip_tabs import ClipTabs
from desktop_search.ui.watch.player_pane import PlayerPane
from desktop_search.ui.watch.watch_controller import WatchController


class SelectsParts:
    """The tab and its two controllers."""

    def __init__(
        self, services: Services, runner: JobRunner, tabs: ClipTabs, notices: NoticeBar, commands: CommandSet
    ) -> None:
        self.tab = SelectsTab(commands)
        self._tabs, self._commands = tabs, commands
        tabs.addTab(self.tab, _("Selects"))
        self.controller = SelectsController(runner, services.selects, self.tab, services.timebases.of_file)
        self.controller.failed.connect(notices.show_error)
        self.exports = ExportController(runner, HandOver(is_arriving=services.files.is_arriving), self.tab)
        self._connect_commands()

    def take_from(self, menu: ResultMenu, watch: WatchController, pane: PlayerPane) -> None:
        """Take what is chosen in the results, and what is marked in the player; show a select in the player."""
        menu.add(MenuEntry("results.select", self._take_found, Section.MARK, "add", why_not=_why_no_moment))
        self._commands.connect(
            "player.select", lambda: self.controller.take(_marked(watch, pane)), lambda: _why_nothing_marked(watch)
        )
        self.controller.opened.connect(lambda select: watch.cue(select.as_hit))

    def _take_found(self, chosen: Chosen) -> None:
        self.controller.take([each for each in chosen if isinstance(each, Hit)])

    def _connect_commands(self) -> None:
        controller, connect = self.controller, self._commands.connect
        for command_id, act in (
            ("selects.show", controller.open_chosen),
            ("selects.remove", controller.remove),
            ("selects.up", lambda: controller.move(-1)),
            ("selects.down", lambda: controller.move(1)),
        ):
            connect(command_id, act, controller.why_none)
        for stars in range(6):
            connect(f"selects.rate-{stars}", _rating(controller, stars), controller.why_none)
        connect("selects.undo", controller.undo)
        connect("selects.redo", controller.redo)
        connect("selects.new-bin", controller.ask_for_bin)
        connect("selects.rename-bin", controller.ask_for_other_name)
        connect("selects.remove-bin", controller.remove_bin)
        connect("selects.export", self.exports.ask, self._why_nothing)
        connect("selects.go", self._go)

    def _go(self) -> None:
        self._tabs.setCurrentWidget(self.tab)
        self.tab.view.setFocus()

    def _why_nothing(self) -> str:
        return "" if self.tab.model.selects else _("No range was taken yet.")


def _rating(controller: SelectsController, stars: int) -> Callable[[], None]:
    return lambda: controller.rate(stars)


def _why_no_moment(chosen: Chosen) -> str:
    return "" if any(isinstance(each, Hit) for each in chosen) else _("still images have no range")


def _why_nothing_marked(watch: WatchController) -> str:
    return "" if watch.hit is not None else _("No clip is on show.")


def _marked(watch: WatchController, pane: PlayerPane) -> list[Hit]:
    """The hit on show, with the marked in and out where there are such."""
    if watch.hit is None:
        return []
    start_ms, end_ms = pane.marking.range
    hit = watch.hit
    return [
        replace(
            hit,
            start_ms=hit.start_ms if start_ms is None else start_ms,
            end_ms=hit.out_ms if end_ms is None else end_ms,
        )
    ]
