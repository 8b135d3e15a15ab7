"""Asking for a key from beginning to end: dialog, check, keyring, and what came of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from desktop_search.core.errors import AppError
from desktop_search.core.library import Library
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobHandle, JobRunner
from desktop_search.services.libraries import Libraries
from desktop_search.settings.secrets import Kept
from desktop_search.ui.dialogs.key_dialog import KeyDialog

KEYRING_LANE = "keyring"


class KeyRequest(QObject):
    """One dialog and its work in the lane "keyring". It deletes itself with the dialog.

    Signals:
        kept(object, object): the library, and `Kept.KEYRING` or `Kept.THIS_RUN`.
        removed(object): the library whose key was removed.
        given_up(object): the library; the dialog was closed with no key kept.
    """

    kept = Signal(object, object)
    removed = Signal(object)
    given_up = Signal(object)

    def __init__(self, runner: JobRunner, libraries: Libraries, library: Library, window: QWidget) -> None:
        super().__init__(window)
        self._runner, self._libraries, self._library = runner, libraries, library
        self._check: JobHandle | None = None
        self._settled = False
        self.dialog = KeyDialog(library, window)
        self.dialog.key_entered.connect(self._on_key_entered)
        self.dialog.check_cancelled.connect(self._on_check_cancelled)
        self.dialog.remove_asked.connect(self._on_remove_asked)
        self.dialog.finished.connect(self._on_finished)

    def open(self) -> None:
        """Show the dialog, and find out which key is kept."""
        library_id = self._library.library_id
        self._runner.start(
            lambda _token, _report: self._libraries.key_hint(library_id),
            lane=KEYRING_LANE,
            done=self._on_hint_read,
            failed=self._on_hint_unknown,
        )
        self.dialog.open()

    def _on_hint_read(self, hint: str) -> None:
        if not self._settled:
            self.dialog.set_hint(hint)

    def _on_hint_unknown(self, error: AppError) -> None:
        if not self._settled and not self.dialog.is_busy:  # a key that is being checked already will be kept somehow
            self.dialog.show_problem(str(error))

    def _on_key_entered(self, key: str) -> None:
        libraries, library = self._libraries, self._library

        def check_and_keep(token: CancelToken, _report: object) -> Kept:
            libraries.check_key(library, key, token)
            token.check()  # a key is not kept after the user has stopped
            return libraries.keep_key(library.library_id, key)

        self._check = self._runner.start(check_and_keep, lane=KEYRING_LANE, done=self._on_kept, failed=self._on_failed)

    def _on_check_cancelled(self) -> None:
        if self._check is not None:
            self._check.cancel()
            self._check = None

    def _on_kept(self, where: Kept) -> None:
        self._check = None
        self._settled = True
        self.dialog.set_busy(False)
        self.dialog.accept()
        self.kept.emit(self._library, where)

    def _on_failed(self, error: AppError) -> None:
        self._check = None
        if not self._settled:
            self.dialog.show_problem(str(error))

    def _on_remove_asked(self) -> None:
        library_id = self._library.library_id
        self.dialog.set_busy(True)
        self._check = self._runner.start(
            lambda _token, _report: self._libraries.forget_key(library_id),
            lane=KEYRING_LANE,
            done=self._on_removed,
            failed=self._on_failed,
        )

    def _on_removed(self, _nothing: object) -> None:
        self._check = None
        self._settled = True
        self.dialog.set_busy(False)
        self.dialog.accept()
        self.removed.emit(self._library)

    def _on_finished(self, result: int) -> None:
        if result != QDialog.DialogCode.Accepted:
            self._settled = True
            self.given_up.emit(self._library)
        self.deleteLater()
