"""Looks now and then at what the engine of *This computer* is doing, and pauses it when asked."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop_search.core.engine_state import EngineState, Relinked
from desktop_search.core.errors import AppError
from desktop_search.core.language import _
from desktop_search.core.library import LOCAL_ID
from desktop_search.core.search_models import ModelKind
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import UploadItem, UploadState
from desktop_search.jobs.runner import JobRunner, Report
from desktop_search.services.engine_status import EngineStatus
from desktop_search.ui.library.engine_strip import EngineStrip
from desktop_search.ui.library.engine_words import relinked_words

_LANE, _RELINK_LANE = "engine", "relink"
_LOOK_EVERY_MS = 2_000
_LOOK_SOON_MS = 250  # the engine puts down a clip a moment after it has said that the clip is searchable
_ENDED = frozenset({UploadState.SEARCHABLE, UploadState.FAILED})


class EngineController(QObject):
    """Asks every two seconds while this computer is the library, and when a row of the queue has got there.

    A look that fails leaves what is shown.

    Signals:
        failed(object): an `AppError`; pausing, or looking for files, did not work.
        noticed(str): what came of looking for files.
        busy(object, str): a job that may take its time, and what it is about.
        model_missed(bool): whether footage is searched without a model for what is seen.
    """

    failed = Signal(object)
    noticed = Signal(str)
    busy = Signal(object, str)
    model_missed = Signal(bool)

    def __init__(self, runner: JobRunner, status: EngineStatus, strip: EngineStrip, parent: QWidget) -> None:
        super().__init__(parent)
        self._runner, self._status, self._strip = runner, status, strip
        self._is_looking = self._is_look_due = False
        self._timer, self._soon = QTimer(self), QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._soon.setInterval(_LOOK_SOON_MS)
        self._soon.setSingleShot(True)
        for timer in (self._timer, self._soon):
            timer.timeout.connect(self._look)
        strip.pause_asked.connect(self._on_pause_asked)
        strip.relink_asked.connect(self._on_relink_asked)

    def set_local(self, is_local: bool) -> None:
        """Whether this computer is the library of the window."""
        if is_local:
            self._timer.start()
        else:
            self._timer.stop()
            self._strip.show_state(None)
            self.model_missed.emit(False)

    def follow_queue(self, items: Iterable[UploadItem]) -> None:
        """Rows as they are now: what has ended may have been the last that the engine had to do."""
        is_news = any(item.library_id == LOCAL_ID and item.state in _ENDED for item in items)
        if is_news and self._timer.isActive() and not self._soon.isActive():
            self._soon.start()

    def _look(self) -> None:
        if self._is_looking:
            self._is_look_due = True  # what is read now may be older than what this look is for
            return
        self._is_looking, self._is_look_due = True, False
        status = self._status
        handle = self._runner.start(lambda token, _report: status.read(token), lane=_LANE, done=self._on_state)
        handle.ended.connect(self._on_looked)

    def _on_looked(self, _handle: QObject) -> None:
        self._is_looking = False
        if self._is_look_due:
            self._look()

    def _on_state(self, state: EngineState | None) -> None:
        if self._timer.isActive():
            self._strip.show_state(state)
            self.model_missed.emit(state is not None and ModelKind.SEEN not in state.in_use)

    def _on_pause_asked(self, paused: bool) -> None:
        status = self._status

        def change(token: CancelToken, _report: Report) -> EngineState:
            return status.set_paused(paused, token)

        self._runner.start(change, lane=_LANE, done=self._on_state, failed=self._on_failed)

    def _on_relink_asked(self, folder: Path) -> None:
        status = self._status

        def look(token: CancelToken, _report: Report) -> Relinked:
            return status.relink(folder, token)

        job = self._runner.start(look, lane=_RELINK_LANE, done=self._on_relinked, failed=self._on_failed)
        self.busy.emit(job, _("Looking for the files in {folder}…").format(folder=folder.name or folder))

    def _on_relinked(self, result: Relinked) -> None:
        self.noticed.emit(relinked_words(result))
        self._look()

    def _on_failed(self, error: AppError) -> None:
        self.failed.emit(error)
