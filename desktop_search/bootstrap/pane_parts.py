"""The panes of the window, made for the composition, which wires them together."""

from __future__ import annotations

import os

from PySide6.QtCore import QObject

from desktop_search.bootstrap import thumbnails
from desktop_search.bootstrap.services import Services
from desktop_search.bootstrap.shell import Shell
from desktop_search.bootstrap.wire_browse import browse_tabs
from desktop_search.jobs.runner import JobRunner
from desktop_search.models.thumbnails import ThumbnailLoader
from desktop_search.player.create import create_player
from desktop_search.player.locator import Missing
from desktop_search.player.picture_way import wanted_way
from desktop_search.player.vlc_player import VlcPlayer
from desktop_search.ui.library.engine_strip import EngineStrip
from desktop_search.ui.library.library_switch import LibrarySwitch
from desktop_search.ui.main_window import Panes
from desktop_search.ui.notices import NoticeBar
from desktop_search.ui.search.filters_panel import FiltersPanel
from desktop_search.ui.search.results_pane import ResultsPane
from desktop_search.ui.search.search_pane import SearchPane
from desktop_search.ui.uploads.forecast_strip import ForecastStrip
from desktop_search.ui.uploads.uploads_pane import UploadsPane
from desktop_search.ui.watch.clip_tabs import ClipTabs
from desktop_search.ui.watch.player_pane import PlayerPane

_LANES = {"search": 4, "thumbs": 2}  # a search that was overtaken may wait for its server a while longer


class PaneParts(QObject):
    """The panes as the preferences want them, one step for each.

    Raises `AppError` where the preferences cannot be read.
    """

    def __init__(self, services: Services, shell: Shell) -> None:
        super().__init__()
        self.services = services
        self.window, self.commands = shell.window, shell.commands
        self._shell = shell
        self._preferences = services.preferences.load()
        self.runner = JobRunner(_LANES, self)
        self.player: VlcPlayer | None = None

    def build_filters(self) -> None:
        """By themselves, since the search has to be made in one step."""
        self._filters = FiltersPanel()

    def build_search(self) -> None:
        """It takes the place of the field of the first frame, with that field and what was typed into it."""
        had_focus = self._shell.search.parts.field.hasFocus()
        self.search_pane = SearchPane(self.commands, self._shell.search.parts, self._filters)
        self.search_pane.hold(is_asked=self._shell.search.is_asked)
        self.window.put_search(self.search_pane)
        if had_focus:
            self.search_pane.field.setFocus()

    def build_results(self) -> None:
        """The results, and the pages behind them."""
        files = self.services.files
        self._result_thumbnails = ThumbnailLoader(
            self.runner, thumbnails.of_results(files), self, kept=thumbnails.kept_of_results(files)
        )
        self.results = ResultsPane(self._result_thumbnails, self.commands)
        self.results.set_arrangement(self._preferences.results)
        self.browse = browse_tabs(self.results, self.commands)

    def build_strips(self) -> None:
        """What is above all panes, and what is above and below the upload queue."""
        self.switch, self.notices = LibrarySwitch(), NoticeBar()
        self.engine_strip, self.forecast_strip = EngineStrip(), ForecastStrip()

    def build_uploads(self) -> None:
        """The upload queue."""
        self._upload_thumbnails = ThumbnailLoader(self.runner, thumbnails.of_footage, self)
        self.uploads_pane = UploadsPane(
            thumbnails.of_upload(self._upload_thumbnails),
            head=self.forecast_strip,
            foot=self.engine_strip,
            commands=self.commands,
        )
        self.uploads_pane.bar.set_transfers(self._preferences.transfers)

    def build_player(self) -> None:
        """The player, or what is missing for it, and what is known of its clip."""
        made = create_player(
            wanted_way(os.environ, self._preferences.picture_way),
            hardware_decoding=self._preferences.hardware_decoding,
            source_of=self.services.files.arriving,
        )
        self.player = None if isinstance(made, Missing) else made
        self.player_pane = PlayerPane(
            self.player, made.advice if isinstance(made, Missing) else "", commands=self.commands
        )
        self.player_pane.set_volume(self._preferences.volume)
        self.clip_tabs = ClipTabs()
        self.clip_tabs.setCurrentIndex(self._preferences.clip_tab)

    def panes(self) -> Panes:
        """All of them."""
        return Panes(
            uploads=self.uploads_pane,
            search=self.search_pane,
            results=self.browse,
            player=self.player_pane,
            clip=self.clip_tabs,
            library=self.switch,
            notices=self.notices,
        )
