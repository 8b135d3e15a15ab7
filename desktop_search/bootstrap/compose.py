"""Fills the window on top of the services and wires its parts together: the only place that knows every layer.

It is done in steps, each short enough that the window, which is on the screen already, goes on answering.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_search import resources
from desktop_search.bootstrap.pane_parts import PaneParts
from desktop_search.bootstrap.services import Services
from desktop_search.bootstrap.shell import Shell
from desktop_search.bootstrap.wire_access import AccessParts
from desktop_search.bootstrap.wire_account import AccountParts
from desktop_search.bootstrap.wire_announcing import wire_announcing
from desktop_search.bootstrap.wire_browse import follow_searches
from desktop_search.bootstrap.wire_clip import wire_clip
from desktop_search.bootstrap.wire_commands import CommandParts
from desktop_search.bootstrap.wire_connection import Connection
from desktop_search.bootstrap.wire_coverage import wire_coverage
from desktop_search.bootstrap.wire_keeping import KeepingParts
from desktop_search.bootstrap.wire_library import LibraryParts
from desktop_search.bootstrap.wire_likeness import wire_likeness
from desktop_search.bootstrap.wire_memory import MemoryParts
from desktop_search.bootstrap.wire_people import wire_people
from desktop_search.bootstrap.wire_places import wire_places
from desktop_search.bootstrap.wire_player import wire_choice, wire_finding, wire_handles, wire_timeline
from desktop_search.bootstrap.wire_price import wire_price
from desktop_search.bootstrap.wire_results import wire_results
from desktop_search.bootstrap.wire_selects import SelectsParts
from desktop_search.bootstrap.wire_sources import Sources
from desktop_search.bootstrap.wire_start_page import StartPage
from desktop_search.bootstrap.wire_test_set import wire_test_set
from desktop_search.bootstrap.wire_updates import wire_updates
from desktop_search.bootstrap.wire_words import WordsReader
from desktop_search.core.errors import AppError
from desktop_search.core.language import _
from desktop_search.core.library import CLOUD_ID, Library
from desktop_search.core.uploads import UploadItem
from desktop_search.ui.dialogs.about_dialog import AboutDialog
from desktop_search.ui.dialogs.models_controller import ModelsController
from desktop_search.ui.dialogs.preferences_controller import PreferencesController
from desktop_search.ui.library.engine_controller import EngineController
from desktop_search.ui.library.library_controller import LibraryController
from desktop_search.ui.notices import NoticeLevel
from desktop_search.ui.search.search_controller import SearchController
from desktop_search.ui.uploads.uploads_controller import UploadsController
from desktop_search.ui.watch.clip_controller import ClipController
from desktop_search.ui.watch.watch_controller import WatchController

_log = logging.getLogger(__name__)


class Composition(PaneParts):
    """The whole program, built and wired by `steps`; `is_whole` after the last of them.

    Raises `AppError` where the preferences cannot be read.
    """

    def __init__(self, services: Services, shell: Shell) -> None:
        super().__init__(services, shell)
        self._theme = shell.theme
        self.is_whole = False

    def steps(self, restored: str) -> Iterator[None]:
        """Each step is work for the GUI thread without a break. `restored` is told, of a backup."""
        for step in self._making():
            step()
            yield
        yield from self.window.put(self.panes())
        for step in (
            partial(self._begin_with, restored),
            self._restore_library,
            self.uploads.start,
            self.sources.start,
            self.items.acts.deleting.go_on,
            self.selects.controller.start,
            self.account.start,
            self.memory.start,
        ):
            step()
            yield
        self.is_whole = True

    def _making(self) -> tuple[Callable[[], None], ...]:
        """The parts first, then what joins them."""
        return (
            self.build_filters,
            self.build_search,
            self.build_results,
            self.build_strips,
            self.build_uploads,
            self.build_player,
            self._build_searching,
            self._build_sources,
            self._build_watching,
            self._build_library,
            self._build_selects,
            self._build_places,
            self._build_dialogs,
            self._build_access,
            self._build_memory,
            self._wire_library,
            self._wire_search,
            self._wire_results,
            self._wire_likeness,
            self._wire_watching,
            self._wire_price,
            self._wire_uploads,
            self._wire_window,
        )

    def _begin_with(self, restored: str) -> None:
        """The commands can be done; what was found out while the services were built is told."""
        self.commands.tell_unconnected()
        for notice in (self.services.preferences.notice, self.services.catalog.notice):
            if notice:
                self.notices.show_warning(notice)
        if restored:
            self.notices.show_info(restored)

    def _restore_library(self) -> None:
        """What was asked before it is there waits for it."""
        self.library.restored.connect(self.search_pane.let_go)
        self.library.restore(self._preferences.library_id)

    def tell_crash(self, summary: str, details: str) -> None:
        """Say that something failed that nobody caught; the window goes on."""
        words = _("Something went wrong inside the program. You can go on working; the details help to mend it.")
        self.notices.show_notice(NoticeLevel.ERROR, words, details=f"{summary}\n{details}")

    def tell_last_crash(self, record: str) -> None:
        """Say that the last run ended in a crash."""
        words = _("Desktop Search ended unexpectedly the last time. Your queue is as it was.")
        self.notices.show_notice(NoticeLevel.WARNING, words, details=record)

    @property
    def has_all_thumbnails(self) -> bool:
        """Whether every thumbnail on show has been loaded, or has failed."""
        return self._result_thumbnails.is_idle and self._upload_thumbnails.is_idle

    def shut_down(self) -> None:
        """Hide, cancel, wait, close: in this order, so that nothing runs into something closed. At any step."""
        if self.is_whole:
            self._keep_layout()
        self.window.hide()
        if self.is_whole:
            self.watch.shut_down()
        self.runner.shut_down()
        if self.player is not None:
            self.player.shut_down()
        self.services.close()
        for part in () if self.is_whole else vars(self).values():
            if isinstance(part, QWidget):  # in no window yet, maybe
                part.deleteLater()
        self.window.deleteLater()
        self.deleteLater()

    def _build_searching(self) -> None:
        services, runner = self.services, self.runner
        self.library = LibraryController(runner, services.libraries, self.switch, self.window)
        self.start_page = StartPage(self.results, self.uploads_pane.model, lambda: self.library.library)
        self.connection = Connection(runner, services.libraries, self.library, self.notices)
        self.search = SearchController(
            runner,
            services.finder,
            self.search_pane,
            self.results,
            services.timebases.of_hits,
            services.folders.cache / "pictures",
        )

    def _build_sources(self) -> None:
        services, runner = self.services, self.runner
        self.uploads = UploadsController(runner, services.queue, self.uploads_pane)
        self.sources = Sources(services, runner, self.window, self.library, self.notices, self.commands)
        self.account = AccountParts(
            services,
            runner,
            self.window,
            self.notices,
            self.forecast_strip,
            self.uploads_pane,
            self.uploads,
            self.commands,
        )
        self.words = WordsReader(runner, services.libraries.client, self.search_pane.filters, self.uploads_pane)

    def _build_watching(self) -> None:
        services, runner = self.services, self.runner
        self.watch = WatchController(runner, services.files, self.player_pane, self.player, services.timebases.of_file)
        self.clip = ClipController(runner, services.clip_texts, self.clip_tabs)

    def _build_library(self) -> None:
        self.items = LibraryParts(self.services, self.runner, self.browse, self.notices, self.commands)
        self.items.page.set_arrangement(self._preferences.items)

    def _build_selects(self) -> None:
        self.selects = SelectsParts(self.services, self.runner, self.clip_tabs, self.notices, self.commands)

    def _build_places(self) -> None:
        self.places = wire_places(
            self.services, self.runner, self.browse, self.search_pane, self.search, self.watch, self.commands
        )

    def _build_dialogs(self) -> None:
        services, runner = self.services, self.runner
        self.engine = EngineController(runner, services.engine_status, self.engine_strip, self.window)
        self.models = ModelsController(runner, services.models, self.window)
        self.people = wire_people(
            services, runner, self.window, self.search_pane, self.watch, self.commands, self.models.open
        )
        self.preferences = PreferencesController(
            runner, services.preferences, services.libraries, services.folders, self.window, self.commands
        )

    def _build_access(self) -> None:
        services, runner = self.services, self.runner
        self.access = AccessParts(
            services.libraries, runner, self.window, self.library, self.preferences, self.notices, self.commands
        )
        self.access.join(self.switch, self.connection, self.search)
        self.keeping = KeepingParts(services, runner, self.window, self.notices, self.commands)

    def _build_memory(self) -> None:
        self.memory = MemoryParts(
            self.services, self.runner, self.window, self.switch, self.search_pane, self.search, self.commands
        )
        self.announcer = wire_announcing(
            self.runner, self.window, self.uploads, self.sources, self.preferences, is_on=self._preferences.notify
        )

    def _wire_library(self) -> None:
        self.library.library_changed.connect(self._on_library_changed)
        self.library.noticed.connect(self.notices.show_warning)
        self.connection.connected.connect(self.words.set_namespaces)
        self.connection.connected.connect(self.start_page.on_connected)
        self.engine.failed.connect(self.notices.show_error)
        self.engine.noticed.connect(self.notices.show_info)
        self.engine.busy.connect(self.notices.show_progress)
        self.engine.model_missed.connect(self.results.offer_models)
        self.results.models_requested.connect(self.models.open)
        self.library.keys_changed.connect(self.uploads.try_again)
        self.preferences.theme_changed.connect(self._theme.choose)
        self.preferences.transfers_changed.connect(self.uploads_pane.bar.set_transfers)
        self.preferences.transfers_changed.connect(self.account.forecast.read_again)
        self.preferences.failed.connect(self.notices.show_error)

    def _wire_search(self) -> None:
        self.items.follow(self.library, self.search, self.uploads, self.sources)
        follow_searches(self.browse, self.search, self.search_pane)
        self.search.answered.connect(self.connection.works)
        self.search.emptied.connect(self.start_page.on_emptied)
        self.results.filters_relaxed.connect(self.search_pane.ask_under)
        self.results.left.connect(self.search_pane.come_back)
        wire_clip(self.watch, self.clip, self.player_pane, self.notices)
        self.results.connect_cloud_requested.connect(lambda: self.library.choose(CLOUD_ID))

    def _wire_results(self) -> None:
        self.result_menu = wire_results(
            self.services, self.runner, self.results, self.notices, self.commands, self.watch, self.uploads_pane
        )

    def _wire_likeness(self) -> None:
        wire_likeness(
            self.services,
            self.runner,
            self.search_pane,
            self.results,
            self.result_menu,
            self.player_pane,
            self.watch,
            self.notices,
            self.commands,
        )
        self.trial = wire_test_set(
            self.services, self.runner, self.results, self.result_menu, self.search, self.models, self.notices
        )
        self.items.lead_to(self.watch, self.player_pane, self.search_pane, self.results, self.sources, self.uploads)

    def _wire_watching(self) -> None:
        wire_coverage(
            self.services,
            self.runner,
            self.search,
            self.results,
            self.uploads,
            self.uploads_pane,
            self.engine_strip,
            self.notices,
        )
        wire_choice(self.results, self.search, self.watch, self.player_pane, self.window)
        self.player_pane.list_asked.connect(self.browse.enter_current)
        wire_finding(self.watch, self.engine_strip)
        wire_timeline(self.services, self.runner, self.watch, self.clip, self.player_pane)
        wire_handles(self._preferences.handles, self.preferences, self.player_pane)
        self.selects.join(self.result_menu, self.results, self.watch, self.player_pane, self.player, self.preferences)

    def _wire_price(self) -> None:
        wire_price(
            self.services,
            self.runner,
            self.search_pane,
            self.search,
            self.switch,
            self.library,
            self.preferences,
            self.account,
        )

    def _wire_uploads(self) -> None:
        self.results.add_footage_requested.connect(self.uploads_pane.browse_files)
        self.results.try_samples_requested.connect(self._on_samples_requested)
        self.uploads.failed.connect(self.notices.show_error)
        self.sources.join(self.uploads, self.uploads_pane)
        self.memory.follow(self.uploads, self.sources, self.library, self.preferences, self.notices)
        self.sources.imports.brought.connect(self._read_namespaces_of)
        self.uploads.became_searchable.connect(self._on_became_searchable)
        self.uploads.changed.connect(self.start_page.follow_queue)
        self.uploads.changed.connect(self.engine.follow_queue)
        self._upload_thumbnails.changed.connect(lambda _key: self.uploads_pane.view.viewport().update())

    def _wire_window(self) -> None:
        self.command_parts = CommandParts(self.commands, self._preferences, self.window)
        self.commands.connect("file.add-files", self.uploads_pane.browse_files)
        self.commands.connect("file.add-folder", self.uploads_pane.browse_folder)
        self.commands.connect("file.models", self.models.open)
        self.commands.connect("file.preferences", self.preferences.open)
        wire_updates(self.runner, self.window, self.notices, self.commands)
        self.commands.connect("help.about", self._on_about_asked)

    def _on_library_changed(self, library: Library) -> None:
        self.search.set_library(library.library_id)
        self.uploads.library_id = library.library_id
        self.words.set_library(library.library_id)
        self.places.set_library(library.library_id)
        self.uploads_pane.set_library(library)
        self.engine.set_local(library.is_local)
        self.start_page.show()
        self.connection.read()

    def _on_samples_requested(self) -> None:
        folder = resources.path("sample")
        self.uploads.add_paths([file for file in sorted(folder.iterdir()) if file.suffix in {".mp4", ".jpg"}])

    def _on_became_searchable(self, item: UploadItem) -> None:
        self._read_namespaces_of(item.library_id)

    def _read_namespaces_of(self, library_id: str) -> None:
        self.words.outdate(library_id)
        self.places.outdate(library_id)
        if library_id == self.library.library.library_id:
            self.connection.read()

    def _on_about_asked(self) -> None:
        AboutDialog(self.player_pane.player_facts, self.window).show()

    def _keep_layout(self) -> None:
        try:
            self.services.preferences.update(
                window_layout=self.window.layout_state(),
                library_id=self.library.remembered_id,
                volume=self.player_pane.volume,
                results=self.results.arrangement,
                items=self.items.page.model.arrangement,
                clip_tab=self.clip_tabs.currentIndex(),
                recent_commands=self.command_parts.palette.recent,
            )
        except AppError as error:  # the window is about to close; nobody could read it
            _log.warning("the layout of the window was not kept: %s", error)
