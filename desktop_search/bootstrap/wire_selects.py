"""The selects put into the window: taken from results and from the player, shown, played, handed over."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from desktop_search.bootstrap.services import Services
from desktop_search.core.hits import Hit
from desktop_search.core.language import _, number
from desktop_search.jobs.runner import JobRunner
from desktop_search.player.port import Player
from desktop_search.services.clip_files import save_still
from desktop_search.services.dragged_clips import DraggedClips
from desktop_search.services.exports import Exports
from desktop_search.services.file_manager import show_in_folder
from desktop_search.services.handing_over import HandOver
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.dialogs.preferences_controller import PreferencesController
from desktop_search.ui.dragging_out import DragOut
from desktop_search.ui.notices import NoticeBar
from desktop_search.ui.revealing import Revealer
from desktop_search.ui.search.result_menu import Chosen, MenuEntry, ResultMenu, Section
from desktop_search.ui.search.results_pane import ResultsPane
from desktop_search.ui.selects import selects_menu
from desktop_search.ui.selects.bins_controller import BinsController
from desktop_search.ui.selects.dragging import RangeDrags
from desktop_search.ui.selects.exporting import ExportController
from desktop_search.ui.selects.frame_saving import FrameSaving
from desktop_search.ui.selects.keeping import BinOnShow
from desktop_search.ui.selects.marking_controller import SelectMarks
from desktop_search.ui.selects.playing import PlayingAll
from desktop_search.ui.selects.relinking import Relinking
from desktop_search.ui.selects.selects_commands import connect_selects
from desktop_search.ui.selects.selects_controller import SelectsController
from desktop_search.ui.selects.selects_tab import SelectsTab
from desktop_search.ui.selects.sheet_pdf import write_sheet_pdf
from desktop_search.ui.selects.trimming import Trimming
from desktop_search.ui.watch.clip_tabs import ClipTabs
from desktop_search.ui.watch.player_pane import PlayerPane
from desktop_search.ui.watch.watch_controller import WatchController

_DRAGGED_FOLDER = "Desktop Search"


class SelectsParts:
    """The tab and its controllers."""

    def __init__(
        self, services: Services, runner: JobRunner, tabs: ClipTabs, notices: NoticeBar, commands: CommandSet
    ) -> None:
        self.tab = SelectsTab(commands)
        self._services, self._runner = services, runner
        self._tabs, self._commands, self._notices = tabs, commands, notices
        tabs.addTab(self.tab, _("Selects"))
        self.controller = SelectsController(
            runner, services.selects, services.footage_places, self.tab, services.timebases.look
        )
        self.controller.failed.connect(notices.show_error)
        self.controller.shown.connect(self._show_count)
        self.bins = BinsController(self.controller, services.selects, self.tab)
        self.marks = SelectMarks(self.controller, self.tab)
        exports = Exports(HandOver(is_arriving=services.files.is_arriving), write_sheet_pdf)
        kept = services.preferences
        self.exports = ExportController(runner, exports, self.tab, kept.load(), kept.update)
        self.tab.view.menu_asked.connect(lambda place: selects_menu.pop_up(commands, self.bins, self.tab.view, place))
        connect_selects(commands, self.controller, self.bins, self.marks, self.tab)
        revealer = Revealer(runner, show_in_folder, self.tab)
        revealer.failed.connect(notices.show_error)
        revealer.busy.connect(notices.show_progress)
        self.tab.reveal_asked.connect(lambda made: revealer.reveal([made]))
        self.relinking = Relinking(runner, services.footage_places, self.controller, self.tab)
        commands.connect("selects.relink", self.relinking.ask, self.relinking.why_not)
        commands.connect("selects.export", self.exports.ask, self._why_nothing)
        commands.connect("selects.go", self._go)

    def join(
        self,
        menu: ResultMenu,
        results: ResultsPane,
        watch: WatchController,
        pane: PlayerPane,
        player: Player | None,
        preferences: PreferencesController,
    ) -> None:
        """Connect it with the results, with the player, and with other programs."""
        self._take_from(menu, results, watch, pane)
        self._show_in(watch, pane, player)
        self._drag_from(results, preferences)

    def _take_from(self, menu: ResultMenu, results: ResultsPane, watch: WatchController, pane: PlayerPane) -> None:
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

    def _show_in(self, watch: WatchController, pane: PlayerPane, player: Player | None) -> None:
        """Show a select in the player, trim it there, and play all in order."""
        self.trimming = Trimming(self.controller, self.tab, watch, pane)
        self.playing = PlayingAll(self.tab, self.trimming, watch, pane, player)
        saving = FrameSaving(self._runner, pane, self._notices, save_still, lambda: self.exports.folder)
        self.frame_saving = saving
        trimming, connect = self.trimming, self._commands.connect
        connect("player.save-frame", saving.ask, pane.why_no_clip)
        connect("selects.mark-in", lambda: trimming.mark(0), trimming.why_not_shown)
        connect("selects.mark-out", lambda: trimming.mark(1), trimming.why_not_shown)
        connect("selects.in-earlier", lambda: trimming.step(-1, 0), self.controller.why_none)
        connect("selects.in-later", lambda: trimming.step(1, 0), self.controller.why_none)
        connect("selects.out-earlier", lambda: trimming.step(0, -1), self.controller.why_none)
        connect("selects.out-later", lambda: trimming.step(0, 1), self.controller.why_none)
        connect("selects.play-all", self.playing.start, self.playing.why_not)
        connect("selects.stop", self.playing.stop)
        connect("selects.hold", pane.toggle, pane.why_no_clip)
        watch.original_found.connect(lambda _hit, _path: self.controller.read_again())

    def _drag_from(self, results: ResultsPane, preferences: PreferencesController) -> None:
        """Drag ranges out of both lists."""
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation))
        clips = DraggedClips(folder / _DRAGGED_FOLDER, self._services.timebases.look)
        self.drag_out = DragOut(self._runner, clips, self.tab)
        self.drag_out.is_trimmed = self._services.preferences.glance().drag_trimmed
        preferences.drag_trimmed_changed.connect(partial(setattr, self.drag_out, "is_trimmed"))
        self.drag_out.failed.connect(self._notices.show_error)
        self.drag_out.busy.connect(self._notices.show_progress)
        self.drags = RangeDrags(self.drag_out, self.tab, results.view)

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

    def _show_count(self, shown: BinOnShow) -> None:
        """In the title of the tab, so that taking something is seen when another one is in front."""
        count = len(shown.selects)
        title = _("Selects ({count})").format(count=number(count)) if count else _("Selects")
        self._tabs.setTabText(self._tabs.indexOf(self.tab), title)

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
