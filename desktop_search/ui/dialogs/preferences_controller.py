"""The preferences dialog with its work: read and kept off the GUI thread, applied at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_search.core.errors import KeyringUnavailable
from desktop_search.core.handles import Handles
from desktop_search.core.language import _
from desktop_search.core.library import Library
from desktop_search.jobs.runner import JobRunner
from desktop_search.services.libraries import Libraries
from desktop_search.settings.first_choices import THEMES
from desktop_search.settings.folders import Folders
from desktop_search.settings.preferences import Preferences, PreferencesStore
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.dialogs.dressing import bring_up
from desktop_search.ui.dialogs.key_request import KEYRING_LANE
from desktop_search.ui.dialogs.preferences_dialog import PreferencesDialog

_LANE = "preferences"


class PreferencesController(QObject):
    """Opens the one preferences dialog and keeps what is chosen in it.

    Signals:
        theme_changed(str): the theme that is kept now.
        notify_changed(bool): whether the user wants announcements.
        drag_trimmed_changed(bool): whether ranges are dragged out as clips of their own.
        handles_changed(Handles): what is taken along before and after a hit.
        servers_asked(), keys_asked(): the user wants to see to the servers, to all keys.
        transfers_changed(object): the `TransferSettings` that are kept now.
        keep_answers_changed(bool): whether answers that were paid for are kept from now on.
        key_asked(str): id of the library whose key the user wants to see to.
        failed(object): an `AppError`; a choice could not be kept.
    """

    theme_changed = Signal(str)
    notify_changed = Signal(bool)
    handles_changed = Signal(object)
    drag_trimmed_changed = Signal(bool)
    servers_asked = Signal()
    keys_asked = Signal()
    transfers_changed = Signal(object)
    keep_answers_changed = Signal(bool)
    key_asked = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        runner: JobRunner,
        store: PreferencesStore,
        libraries: Libraries,
        folders: Folders,
        window: QWidget,
        commands: CommandSet | None = None,
    ) -> None:
        """Without `commands` those of the table are shown, which do nothing."""
        super().__init__(window)
        self._commands = commands or CommandSet(self)
        for theme in THEMES:
            self._commands.connect(f"view.{theme}", partial(self.choose_theme, theme))
        self._runner, self._store, self._libraries, self._folders = runner, store, libraries, folders
        self._window = window
        self._dialog: PreferencesDialog | None = None
        self._opening = False

    @property
    def dialog(self) -> PreferencesDialog | None:
        """The dialog while it is open."""
        return self._dialog

    def open(self) -> None:
        """Show the dialog, or bring it to the front."""
        if self._dialog is not None:
            bring_up(self._dialog)
        elif not self._opening:
            self._opening = True
            self._run(self._store.load, self._on_loaded)

    def refresh_keys(self) -> None:
        """Show anew which keys are kept, if the dialog is open."""
        if self._dialog is None:
            return
        libraries = self._libraries

        def read(_token: object, _report: object) -> list[tuple[Library, str]]:
            return [(each, _hint(libraries, each)) for each in libraries.available() if not each.is_local]

        self._runner.start(read, lane=KEYRING_LANE, done=self._on_keys_read, failed=self.failed.emit)

    def _on_loaded(self, preferences: Preferences) -> None:
        self._opening = False
        folders = {
            _("Footage index"): self._folders.data,
            _("Cache"): self._folders.cache,
            _("Logs"): self._folders.logs,
        }
        dialog = PreferencesDialog(preferences, folders, self._commands, self._window)
        dialog.search.remember_chosen.connect(self._on_remember_chosen)
        dialog.search.keep_chosen.connect(self._on_keep_chosen)
        dialog.player.way_chosen.connect(self._on_way_chosen)
        dialog.player.hardware_chosen.connect(self._on_hardware_chosen)
        dialog.player.handles_chosen.connect(self._on_handles_chosen)
        dialog.player.trimmed_chosen.connect(self._on_trimmed_chosen)
        dialog.shortcuts_chosen.connect(self.keep_shortcuts)
        dialog.theme_chosen.connect(self.choose_theme)
        dialog.language_chosen.connect(self._on_language_chosen)
        dialog.notify_chosen.connect(self._on_notify_chosen)
        dialog.transfers_chosen.connect(self._on_transfers_chosen)
        dialog.servers_asked.connect(self.servers_asked)
        dialog.keys_asked.connect(self.keys_asked)
        dialog.key_asked.connect(self.key_asked)
        dialog.destroyed.connect(self._on_dialog_destroyed)
        self._dialog = dialog
        dialog.show()
        self.refresh_keys()

    def _on_keys_read(self, hints: list[tuple[Library, str]]) -> None:
        if self._dialog is not None:
            self._dialog.set_keys(hints)

    def choose_theme(self, theme: str) -> None:
        """Take "dark", "light" or "system", now and for the next runs."""
        if self._dialog is not None:
            self._dialog.show_theme(theme)
        self.theme_changed.emit(theme)
        self._run(lambda: self._store.update(theme=theme), None)

    def _on_notify_chosen(self, notify: bool) -> None:
        self.notify_changed.emit(notify)
        self._run(lambda: self._store.update(notify=notify), None)

    def _on_language_chosen(self, language: str) -> None:
        self._run(lambda: self._store.update(language=language), None)

    def _on_remember_chosen(self, remembers: bool) -> None:
        self._run(lambda: self._store.update(recent_searches=remembers), None)

    def _on_keep_chosen(self, keeps: bool) -> None:
        self._run(lambda: self._store.update(keep_answers=keeps), lambda _kept: self.keep_answers_changed.emit(keeps))

    def _on_way_chosen(self, way: str) -> None:
        self._run(lambda: self._store.update(picture_way=way), None)

    def _on_hardware_chosen(self, hardware: bool) -> None:
        self._run(lambda: self._store.update(hardware_decoding=hardware), None)

    def _on_trimmed_chosen(self, is_on: bool) -> None:
        self.drag_trimmed_changed.emit(is_on)
        self._run(lambda: self._store.update(drag_trimmed=is_on), None)

    def _on_handles_chosen(self, handles: Handles) -> None:
        self.handles_changed.emit(handles)
        self._run(lambda: self._store.update(handles_amount=handles.amount, handles_unit=handles.unit.value), None)

    def _on_transfers_chosen(self) -> None:
        if self._dialog is not None:
            chosen = self._dialog.transfers.choice()
            self._run(lambda: self._store.change_transfers(chosen), self._on_transfers_kept)

    def keep_shortcuts(self) -> None:
        """Keep the keys that the commands have now."""
        changes = self._commands.changes
        self._run(lambda: self._store.update(shortcuts=changes), None)

    def _on_transfers_kept(self, preferences: Preferences) -> None:
        self.transfers_changed.emit(preferences.transfers)

    def _on_dialog_destroyed(self) -> None:
        self._dialog = None

    def _run(self, work: Callable[[], Any], done: Callable[..., None] | None) -> None:
        self._runner.start(lambda _token, _report: work(), lane=_LANE, done=done, failed=self._on_failed)

    def _on_failed(self, error: object) -> None:
        self._opening = False
        self.failed.emit(error)


def _hint(libraries: Libraries, library: Library) -> str:
    try:
        return libraries.key_hint(library.library_id)
    except KeyringUnavailable:
        return _("the keyring is locked or does not answer")
