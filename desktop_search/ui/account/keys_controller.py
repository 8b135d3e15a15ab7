"""The dialog of keys with its work: checked, kept, tested and removed in the keyring's lane."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_search.core.accounts import FIRST_KEY, KeptKey
from desktop_search.core.errors import AppError
from desktop_search.core.language import _, ngettext
from desktop_search.core.library import CLOUD_ID, Library
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobHandle, JobRunner
from desktop_search.services.libraries import Libraries
from desktop_search.services.named_keys import key_name
from desktop_search.settings.secrets import Kept
from desktop_search.ui.account.keys_dialog import KeysDialog
from desktop_search.ui.dialogs.dressing import bring_up
from desktop_search.ui.dialogs.key_request import KEYRING_LANE
from desktop_search.ui.web_pages import WebPage, open_page


@dataclass(frozen=True, slots=True)
class _Reading:
    libraries: tuple[Library, ...]
    library: Library
    keys: tuple[KeptKey, ...]


class KeysController(QObject):
    """Opens the one dialog.

    Signals:
        changed(str): the library of that id is spoken to with another key from now on, or with none.
        kept_for_run(object): no keyring took the key of this `Library`.
        failed(object): an `AppError` while the dialog is closed.
    """

    changed = Signal(str)
    kept_for_run = Signal(object)
    failed = Signal(object)

    def __init__(self, runner: JobRunner, libraries: Libraries, window: QWidget) -> None:
        super().__init__(window)
        self._runner, self._libraries, self._window = runner, libraries, window
        self._dialog: KeysDialog | None = None
        self._adding: JobHandle | None = None
        self._shown: Library | None = None
        self._chosen_id = CLOUD_ID  # of the library whose keys the user wants to see

    @property
    def dialog(self) -> KeysDialog | None:
        """The dialog while it is open."""
        return self._dialog

    def open(self, library_id: str = CLOUD_ID) -> None:
        """Show the dialog, or bring it to the front, with the keys of that library."""
        if self._dialog is None:
            dialog = self._dialog = KeysDialog(self._window)
            dialog.library_chosen.connect(self._read)
            dialog.add_asked.connect(self._on_add_asked)
            dialog.add_cancelled.connect(self._on_add_cancelled)
            dialog.use_asked.connect(self._on_use_asked)
            dialog.test_asked.connect(self._on_test_asked)
            dialog.remove_asked.connect(self._on_remove_asked)
            dialog.page_asked.connect(self._on_page_asked)
            dialog.destroyed.connect(self._on_destroyed)
        bring_up(self._dialog)
        self._read(library_id)

    def refresh(self) -> None:
        """Show anew which keys there are, if the dialog is open."""
        if self._dialog is not None and self._shown is not None:
            self._read(self._chosen_id)

    def _read(self, library_id: str) -> None:
        self._chosen_id = library_id
        self._work(lambda _token: None, library_id)

    def _work(
        self,
        change: Callable[[CancelToken], Any],
        library_id: str,
        then: Callable[[Any], object] | None = None,
    ) -> JobHandle:
        """Change something, then show the library's keys as they are; `then` gets what `change` returned."""
        libraries = self._libraries

        def work(token: CancelToken, _report: object) -> tuple[Any, _Reading]:
            changed = change(token)
            available = tuple(each for each in libraries.available() if not each.is_local)
            library = libraries.library(library_id)
            return changed, _Reading(available, library, libraries.keys.all(library.library_id))

        def done(outcome: tuple[Any, _Reading]) -> None:
            changed, reading = outcome
            if library_id == self._chosen_id:  # else another one was chosen meanwhile, and is on its way
                self._show(reading)
            if then is not None:
                then(changed)

        return self._runner.start(work, lane=KEYRING_LANE, done=done, failed=self._on_failed)

    def _show(self, reading: _Reading) -> None:
        self._shown = reading.library
        if self._dialog is not None:
            self._dialog.set_libraries(reading.libraries, reading.library.library_id)
            self._dialog.set_keys(reading.library, reading.keys)

    def _on_add_asked(self, typed: str, key: str) -> None:
        libraries, library_id = self._libraries, self._chosen_id

        def add(token: CancelToken) -> tuple[Kept, bool]:
            kept = libraries.keys.all(library_id)
            name = key_name(typed, tuple(each.name for each in kept)) if kept or typed.strip() else FIRST_KEY
            libraries.check_key(library_id, key, token)
            token.check()  # a key is not kept after the user has stopped
            where = libraries.keep_key(library_id, key, name)
            is_new_one = not kept and name != FIRST_KEY
            if is_new_one:
                libraries.use_key(library_id, name)
            return where, is_new_one or name == libraries.keys.used(library_id)

        def added(outcome: tuple[Kept, bool]) -> None:
            where, is_used = outcome
            self._adding = None
            if self._dialog is not None:
                self._dialog.clear_form()
            if where is Kept.THIS_RUN and self._shown is not None:
                self.kept_for_run.emit(self._shown)
            if is_used:
                self.changed.emit(library_id)

        self._adding = self._work(add, library_id, added)

    def _on_add_cancelled(self) -> None:
        if self._adding is not None:
            self._adding.cancel()
            self._adding = None

    def _on_use_asked(self, name: str) -> None:
        if self._shown is not None:
            library_id = self._shown.library_id
            self._work(
                lambda _token: self._libraries.use_key(library_id, name),
                library_id,
                lambda _nothing: self.changed.emit(library_id),
            )

    def _on_remove_asked(self, name: str) -> None:
        if self._shown is None:
            return
        libraries, library_id = self._libraries, self._shown.library_id

        def remove(_token: CancelToken) -> bool:
            was_used = libraries.keys.used(library_id) == name
            libraries.forget_key(library_id, name)
            return was_used

        self._work(remove, library_id, lambda was_used: self.changed.emit(library_id) if was_used else None)

    def _on_test_asked(self, name: str) -> None:
        if self._shown is None or self._dialog is None:
            return
        libraries, library_id = self._libraries, self._shown.library_id
        self._dialog.show_tested(name, _("Asking the library…"), is_problem=False)
        self._runner.start(
            lambda token, _report: libraries.test_key(library_id, name, token),
            lane=KEYRING_LANE,
            done=lambda namespaces: self._say_tested(name, _works(len(namespaces)), is_problem=False),
            failed=lambda error: self._say_tested(name, str(error), is_problem=True),
        )

    def _say_tested(self, name: str, words: str, *, is_problem: bool) -> None:
        if self._dialog is not None:
            self._dialog.show_tested(name, words, is_problem=is_problem)

    def _on_page_asked(self, page: WebPage) -> None:
        if not open_page(page) and self._dialog is not None:
            words = _("The system has no browser that opens it. The address is {address}")
            self._dialog.show_problem(words.format(address=page.address))

    def _on_failed(self, error: AppError) -> None:
        self._adding = None
        if self._dialog is not None:
            self._dialog.show_problem(str(error))
            self._show_used()
        else:
            self.failed.emit(error)

    def _show_used(self) -> None:
        """Let the marks stand where the keys in use really are."""
        if self._dialog is not None:
            for row in self._dialog.rows:
                row.use.blockSignals(True)
                row.use.setChecked(row.key.is_used)
                row.use.blockSignals(False)

    def _on_destroyed(self) -> None:
        self._dialog = None


def _works(count: int) -> str:
    return ngettext(
        "The library takes this key: {count} namespace.", "The library takes this key: {count} namespaces.", count
    )
