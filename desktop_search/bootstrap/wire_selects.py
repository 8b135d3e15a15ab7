"""The selects put into the window: taken from results and from the player, shown, played, handed over."""

from __future__ import annotations

from dataclasses import replace

from desktop_search.bootstrap.services import Services
from desktop_search.core.hits import Hit
from desktop_search.core.language import _
from desktop_search.jobs.runner import JobRunner
from desktop_search.player.port import Player
from desktop_search.services.exports import Exports
from desktop_search.services.handing_over import HandOver
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.notices import NoticeBar
from desktop_search.ui.search.result_menu import Chosen, MenuEntry, ResultMenu, Section
from desktop_search.ui.search.results_pane import ResultsPane
from desktop_search.ui.selects import selects_menu
from desktop_search.ui.selects.bins_controller import BinsController
from desktop_search.ui.selects.exporting import ExportController
from desktop_search.ui.selects.marking_controller import SelectMarks
from desktop_search.ui.selects.playing import PlayingAll
from desktop_search.ui.selects.selects_commands import connect_selects
from desktop_search.ui.selects.selects_controller import SelectsController
from desktop_search.ui.selects.selects_tab import SelectsTab
from desktop_search.ui.selects.sheet_pdf import write_sheet_pdf
from desktop_search.ui.selects.trimming import Trimming
from desktop_search.ui.watch.clip_tabs import ClipTabs
from desktop_search.ui.watch.player_pane import PlayerPane
from desktop_search.ui.watch.watch_controller import WatchController


class SelectsParts:
    """The tab and its controllers."""

    def __init__(
        self, services: Services, runner: JobRunner, tabs: ClipTabs, notices: NoticeBar, commands: CommandSet
    ) -> None:
        self.tab = SelectsTab(commands)
        self._tabs, self._commands = tabs, commands
        tabs.addTab(self.tab, _("Selects"))
        self.controller = SelectsController(runner, services.selects, self.tab, services.timebases.look)
        self.controller.failed.connect(notices.show_error)
        self.bins = BinsController(self.controller, services.selects, self.tab)
        self.marks = SelectMarks(self.controller, self.tab)
        exports = Exports(HandOver(is_arriving=services.files.is_arriving), write_sheet_pdf)
        kept = services.preferences
        self.exports = ExportController(runner, exports, self.tab, kept.load(), kept.update)
        self.tab.view.menu_asked.connect(lambda place: selects_menu.pop_up(commands, self.bins, self.tab.view, place))
        connect_selects(commands, self.controller, self.bins, self.marks, self.tab)
        commands.connect("selects.export", self.exports.ask, self._why_nothing)
        commands.connect("selects.go", self._go)

    def take_from(self, menu: ResultMenu, results: ResultsPane, watch: WatchController, pane: PlayerPane) -> None:
        """Take what is chosen in the results, and what is marked in the player."""

        def take(chosen: Chosen) -> None:
            self.controller.take([each for each in chosen if isinstance(each, Hit)], pane.marking.handles)

        def take_dropped(bin_id: int = 0) -> None:
            hits = [each for each in results.chosen() if isinstance(each, Hit)]
            self.controller.take(hits, pane.marking.handles, bin_id)

        menu.add(MenuEntry("results.select", take, Section.MARK, "add", why_not=_why_no_moment))
        connect = self._commands.connect
        connect("results.select-all", lambda: take(results.hits()), lambda: _why_no_results(results))
        connect("player.select", lambda: self._take_marked(watch, pane), lambda: _why_nothing_marked(watch))
        self.tab.results_dropped.connect(take_dropped)
        self.tab.bins.results_dropped.connect(take_dropped)

    def show_in(self, watch: WatchController, pane: PlayerPane, player: Player | None) -> None:
        """Show a select in the player, trim it there, and play all in order."""
        self.trimming = Trimming(self.controller, self.tab, watch, pane)
        self.playing = PlayingAll(self.tab, self.trimming, watch, pane, player)
        trimming, connect = self.trimming, self._commands.connect
        connect("selects.mark-in", lambda: trimming.mark(0), trimming.why_not_shown)
        connect("selects.mark-out", lambda: trimming.mark(1), trimming.why_not_shown)
        connect("selects.in-earlier", lambda: trimming.step(-1, 0), self.controller.why_none)
        connect("selects.in-later", lambda: trimming.step(1, 0), self.controller.why_none)
        connect("selects.out-earlier", lambda: trimming.step(0, -1), self.controller.why_none)
        connect("selects.out-later", lambda: trimming.step(0, 1), self.controller.why_none)
        connect("selects.play-all", self.playing.start, self.playing.why_not)
        connect("selects.stop", self.playing.stop)
        connect("selects.hold", pane.toggle, pane.why_no_clip)

    def _take_marked(self, watch: WatchController, pane: PlayerPane) -> None:
        """The marked range; where nothing is marked, the hit with its handles."""
        hit = watch.hit
        if hit is None:
            return
        start_ms, end_ms = pane.marking.range
        if start_ms is None and end_ms is None:
            self.controller.take([hit], pane.marking.handles)
            return
        offset_ms = hit.start_ms - pane.marking.hit[0] if pane.marking.hit else 0
        start_ms = hit.start_ms if start_ms is None else start_ms + offset_ms
        end_ms = max(hit.out_ms, start_ms + 1) if end_ms is None else end_ms + offset_ms
        self.controller.take([replace(hit, start_ms=start_ms, end_ms=end_ms)])

    def _go(self) -> None:
        self._tabs.setCurrentWidget(self.tab)
        (self.tab.view if self.tab.model.selects else self.tab.bins).setFocus()

    def _why_nothing(self) -> str:
        return "" if self.tab.model.selects else _("No range was taken yet.")


def _why_no_moment(chosen: Chosen) -> str:
    return "" if any(isinstance(each, Hit) for each in chosen) else _("still images have no range")


def _why_no_results(results: ResultsPane) -> str:
    return "" if results.hits() else _("Nothing was found that has a range.")


def _why_nothing_marked(watch: WatchController) -> str:
    return "" if watch.hit is not None else _("No clip is on show.")
