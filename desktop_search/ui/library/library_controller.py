"""Changing the library: what it needs is found out first, and failure leads back to where the window was."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_search.core.errors import AppError, KeyringUnavailable
from desktop_search.core.language import _
from desktop_search.core.library import LOCAL_ID, THIS_COMPUTER, Library
from desktop_search.jobs.runner import JobHandle, JobRunner
from desktop_search.services.libraries import Libraries
from desktop_search.settings.secrets import Kept
from desktop_search.ui.dialogs.key_request import KEYRING_LANE, KeyRequest
from desktop_search.ui.library.library_switch import LibrarySwitch

_KEPT_THIS_RUN = _(
    "This system's keyring is not available, so the key for {title} is kept for this run only: "
    "you will be asked for it again after a restart."
)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What was found out about a library before the window changes to it; `problem` when its key cannot be read."""

    serial: int
    asks: bool
    library: Library
    hint: str = ""
    problem: KeyringUnavailable | None = None


class LibraryController(QObject):
    """Owns which library the window speaks to. Keyring and preferences are read in the lane "keyring" alone.

    Signals:
        library_changed(object): the `Library` that the window speaks to from now on.
        noticed(str): something that the user should know.
        failed(object): an `AppError`; the library stayed as it was.
        restored(): the library of the last run is there, or cannot be had now.
        keys_changed(): a key was kept or removed.
        busy(object, str): a job that may take its time, and what it is about.
    """

    library_changed = Signal(object)
    noticed = Signal(str)
    failed = Signal(object)
    restored = Signal()
    keys_changed = Signal()
    busy = Signal(object, str)

    def __init__(self, runner: JobRunner, libraries: Libraries, switch: LibrarySwitch, window: QWidget) -> None:
        super().__init__(window)
        self._runner, self._libraries, self._switch, self._window = runner, libraries, switch, window
        self._library = THIS_COMPUTER
        self._remembered_id = LOCAL_ID
        self._serial = 0
        self._request: KeyRequest | None = None
        self._is_choosing = False  # whether the key that is asked for is the way to a library
        switch.library_chosen.connect(self.choose)
        switch.key_asked.connect(self.manage_key)

    @property
    def library(self) -> Library:
        """The library that the window speaks to."""
        return self._library

    @property
    def remembered_id(self) -> str:
        """The library to begin with in the next run: this one, or the one whose key could not be read this time."""
        return self._remembered_id

    def restore(self, library_id: str) -> None:
        """Begin with the library of the last run; without its key, with this computer, and no dialog in the way."""
        self.refresh()
        self._settle(THIS_COMPUTER, announces=True)
        if library_id == LOCAL_ID:
            self.restored.emit()
            return
        job = self._prepare(library_id, asks=False)
        for end in (job.done, job.failed, job.cancelled):
            end.connect(lambda *_outcome: self.restored.emit())

    def refresh(self) -> None:
        """Read anew which libraries there are; the user's own server may have come or gone."""
        self._runner.start(
            lambda _token, _report: self._libraries.available(),
            lane=KEYRING_LANE,
            done=self._on_available_read,
            failed=self.failed.emit,
        )

    def choose(self, library_id: str) -> None:
        """Change to this library; asks for its key if none is kept."""
        if library_id == LOCAL_ID:
            self._serial += 1
            self._settle(THIS_COMPUTER)
        else:
            self._prepare(library_id, asks=True)

    def manage_key(self, library_id: str) -> None:
        """Open the key dialog of this library, to replace or remove its key."""
        try:
            library = self._libraries.library(library_id)
        except AppError as error:
            self.failed.emit(error)
        else:
            self._ask_key(library, is_choosing=False)

    def tell_kept_for_run(self, library: Library) -> None:
        """Say that no keyring took the library's key."""
        self.noticed.emit(_KEPT_THIS_RUN.format(title=library.title))

    def _prepare(self, library_id: str, *, asks: bool) -> JobHandle:
        self._serial += 1
        serial, libraries = self._serial, self._libraries

        def prepare(_token: object, _report: object) -> _Prepared:
            library = libraries.library(library_id)
            try:
                return _Prepared(serial, asks, library, libraries.key_hint(library.library_id))
            except KeyringUnavailable as error:
                return _Prepared(serial, asks, library, problem=error)

        job = self._runner.start(
            prepare,
            lane=KEYRING_LANE,
            done=self._on_prepared,
            failed=self._on_prepare_failed,
            cancelled=lambda: self._switch.set_library(self._library),
        )
        self.busy.emit(job, _("Asking this system's keyring for the key…"))
        return job

    def _on_prepared(self, found: _Prepared) -> None:
        library = found.library
        if found.serial != self._serial:
            return
        if found.hint:
            self._settle(library)
        elif found.asks:
            self._switch.set_busy(library)
            self._ask_key(library, is_choosing=True)
        elif found.problem is not None:
            self._remembered_id = library.library_id
            self.failed.emit(found.problem)
        else:
            self.noticed.emit(
                _("There is no key for {library} here, so the window begins with this computer.").format(
                    library=library.title
                )
            )

    def _on_prepare_failed(self, error: AppError) -> None:
        self._switch.set_library(self._library)
        self.failed.emit(error)

    def _ask_key(self, library: Library, *, is_choosing: bool) -> None:
        if self._request is not None:
            return
        self._is_choosing = is_choosing
        self._request = KeyRequest(self._runner, self._libraries, library, self._window)
        self._request.kept.connect(self._on_key_kept)
        self._request.removed.connect(self._on_key_removed)
        self._request.given_up.connect(self._on_key_given_up)
        self._request.open()

    def _on_key_kept(self, library: Library, where: Kept) -> None:
        self._request = None
        if where is Kept.THIS_RUN:
            self.tell_kept_for_run(library)
        self.keys_changed.emit()
        self._settle(library if self._is_choosing else self._library)

    def _on_key_removed(self, library: Library) -> None:
        self._request = None
        self.keys_changed.emit()
        self.noticed.emit(_("The key for {library} was removed from this computer.").format(library=library.title))
        self._settle(THIS_COMPUTER if library == self._library else self._library)

    def _on_key_given_up(self, _library: Library) -> None:
        self._request = None
        self._switch.set_library(self._library)

    def _on_available_read(self, libraries: tuple[Library, ...]) -> None:
        self._switch.set_available(libraries)
        known = (each for each in libraries if each.library_id == self._library.library_id)
        now = next(known, THIS_COMPUTER)  # a server may have been removed, or have another name or certificate
        if now != self._library:
            self._settle(now)

    def _settle(self, library: Library, *, announces: bool = False) -> None:
        changed = announces or library != self._library
        self._library = library
        self._remembered_id = library.library_id
        self._switch.set_library(library)
        if changed:
            self.library_changed.emit(library)
