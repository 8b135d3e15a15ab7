"""Keys and servers: their dialogs, wired to the menu, the switch of libraries and what speaks to them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from desktop_search.bootstrap.wire_connection import Connection
from desktop_search.core.errors import AccountDisabled, AppError, KeyRejected, NoCredit, NotTrusted
from desktop_search.core.language import _
from desktop_search.core.library import CLOUD_ID, Library
from desktop_search.jobs.runner import JobRunner
from desktop_search.services.libraries import Libraries
from desktop_search.ui.account.keys_controller import KeysController
from desktop_search.ui.account.servers_controller import ServersController
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.dialogs.preferences_controller import PreferencesController
from desktop_search.ui.library.library_controller import LibraryController
from desktop_search.ui.library.library_switch import LibrarySwitch
from desktop_search.ui.main_window import MainWindow
from desktop_search.ui.notices import NoticeBar
from desktop_search.ui.search.search_controller import SearchController
from desktop_search.ui.web_pages import WebPage, open_page


class AccessParts(QObject):
    """The controllers of keys and servers."""

    def __init__(
        self,
        libraries: Libraries,
        runner: JobRunner,
        window: MainWindow,
        library: LibraryController,
        preferences: PreferencesController,
        notices: NoticeBar,
        commands: CommandSet,
    ) -> None:
        super().__init__(window)
        self._library, self._notices = library, notices
        notices.remedy_of = self._remedy_of
        self.keys = KeysController(runner, libraries, window)
        self.servers = ServersController(runner, libraries, window)
        commands.connect("file.keys", self._open_keys)
        commands.connect("file.servers", self.servers.open)
        preferences.servers_asked.connect(self.servers.open)
        preferences.keys_asked.connect(self._open_keys)
        self.servers.keys_asked.connect(self.keys.open)
        self.servers.changed.connect(preferences.refresh_keys)
        self.keys.kept_for_run.connect(library.tell_kept_for_run)
        preferences.key_asked.connect(library.manage_key)
        library.keys_changed.connect(preferences.refresh_keys)
        library.keys_changed.connect(self.keys.refresh)
        for part in (self.keys, self.servers):
            part.failed.connect(notices.show_error)

    def join(self, switch: LibrarySwitch, connection: Connection, search: SearchController) -> None:
        """Be reached from the switch of libraries and by what fails, and let the connection follow."""
        self._connection = connection
        search.failed.connect(self._on_search_failed)
        switch.server_asked.connect(self.servers.open)
        connection.certificate_asked.connect(self.servers.open_at)
        self.servers.changed.connect(self._on_server_changed)
        self.keys.changed.connect(self._on_key_changed)

    def _open_keys(self) -> None:
        current: Library = self._library.library
        self.keys.open(CLOUD_ID if current.is_local else current.library_id)

    def _remedy_of(self, error: AppError) -> tuple[str, Callable[[], object]] | None:
        """What only the console of the paid library can mend leads there."""
        if not self._library.library.is_paid:
            return None
        if isinstance(error, NoCredit):
            return _("Open billing…"), partial(open_page, WebPage.BILLING)
        if isinstance(error, AccountDisabled):
            return _("Open the console…"), partial(open_page, WebPage.KEYS)
        return None

    def _on_search_failed(self, error: AppError) -> None:
        """What a search alone cannot mend is said with a way to where it can be."""
        if isinstance(error, KeyRejected | NotTrusted) and not self._library.library.is_local:
            self._connection.say_lost(error)
        elif self._remedy_of(error) is not None:
            self._notices.show_error(error)

    def _on_server_changed(self, address: str) -> None:
        self._library.refresh()
        if address == self._library.library.library_id:
            self._connection.read()

    def _on_key_changed(self, library_id: str) -> None:
        self._library.keys_changed.emit()
        if library_id == self._library.library.library_id:
            self._connection.read()
