"""Keeps the forecast true while rows come, go and are chosen, without reckoning for each of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_search.core.errors import AppError
from desktop_search.core.forecast import forecast
from desktop_search.core.transfer_settings import TransferSettings
from desktop_search.core.uploads import UploadState
from desktop_search.core.usage import BudgetState
from desktop_search.jobs.runner import JobRunner
from desktop_search.models.log_model import library_words
from desktop_search.ui.uploads.forecast_strip import ForecastStrip, Outlook
from desktop_search.ui.uploads.uploads_pane import UploadsPane

_LANE = "forecast"
_GATHER_MS = 200  # changes of rows that are reckoned together
_SHARE = 20  # of the time, one part in so many may go into reckoning; with many rows it is done less often
_AGE_MS = 60_000  # "done by" moves on while nobody starts
_BASIS_S = 30.0  # how old settings and measured rate may be
_AHEAD = frozenset({UploadState.WAITING, UploadState.PREPARING, UploadState.SENDING})


@dataclass(frozen=True, slots=True)
class Basis:
    """What a forecast goes by, besides the rows; `rate_bytes_s` was measured lately, `None` where nothing was sent."""

    settings: TransferSettings
    rate_bytes_s: float | None


class ForecastController(QObject):
    """Tells of the chosen rows that are not started, or of all of them.

    Args:
        read_basis: reads settings and rate for the libraries of these ids; runs off the GUI thread.

    Signals:
        start_asked(object): ids of the rows to be started.
        failed(object): an `AppError`; the basis could not be read.
    """

    start_asked = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        runner: JobRunner,
        strip: ForecastStrip,
        pane: UploadsPane,
        read_basis: Callable[[tuple[str, ...]], Basis],
    ) -> None:
        super().__init__(strip)
        self._runner, self._strip, self._read_basis = runner, strip, read_basis
        self._model, self._view = pane.model, pane.view
        self._basis: Basis | None = None
        self._read_at, self._reading = -_BASIS_S, False
        self._budget: BudgetState | None = None
        self._told: tuple[int, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_GATHER_MS)
        self._timer.timeout.connect(self._on_timeout)
        self._ageing = QTimer(self)
        self._ageing.setSingleShot(True)
        self._ageing.timeout.connect(self._soon)
        for signal in (
            self._model.rowsInserted,
            self._model.rowsRemoved,
            self._model.modelReset,
            self._model.dataChanged,
            self._view.selectionModel().selectionChanged,
        ):
            signal.connect(self._soon)
        strip.start_asked.connect(self._on_start_asked)

    def set_budget(self, budget: BudgetState) -> None:
        """The month's spending or its budget has changed."""
        self._budget = budget
        self._soon()

    def read_again(self, *_what: object) -> None:
        """Settings have changed."""
        self._read_at = -_BASIS_S
        self._soon()

    def _soon(self, *_what: object) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _on_timeout(self) -> None:
        began = time.perf_counter()
        self._tell()
        took_ms = (time.perf_counter() - began) * 1000
        self._timer.setInterval(max(_GATHER_MS, round(_SHARE * took_ms)))

    def _tell(self) -> None:
        if not self._model.count(UploadState.READY):
            self._told = ()
            self._strip.show_outlook(None)
            return
        rows = self._model.items
        chosen = [item for item in self._view.chosen() if item.state is UploadState.READY]
        ready = chosen or [item for item in rows if item.state is UploadState.READY]
        self._told = tuple(item.item_id for item in ready)
        libraries = {item.library_id for item in ready}
        if time.monotonic() - self._read_at > _BASIS_S:
            self._read(tuple(libraries))
        if self._basis is None:
            return
        ahead = [item for item in rows if item.state in _AHEAD and item.library_id in libraries]
        names = ", ".join(sorted(library_words(library_id) for library_id in libraries))
        now = datetime.now().astimezone()
        made = forecast(ready, self._basis.settings, self._basis.rate_bytes_s, now, ahead=ahead)
        self._ageing.start(_AGE_MS)
        self._strip.show_outlook(Outlook(made, names, bool(chosen), self._budget, now))

    def _read(self, library_ids: tuple[str, ...]) -> None:
        if self._reading:
            return
        self._reading, self._read_at = True, time.monotonic()
        read_basis = self._read_basis
        handle = self._runner.start(
            lambda _token, _report: read_basis(library_ids), lane=_LANE, done=self._on_read, failed=self._on_failed
        )
        handle.ended.connect(self._on_reading_ended)

    def _on_read(self, basis: Basis) -> None:
        self._basis = basis
        self._soon()

    def _on_failed(self, error: AppError) -> None:
        if self._basis is None:  # the user can start all the same
            self._on_read(Basis(TransferSettings(), None))
        self.failed.emit(error)

    def _on_reading_ended(self, _handle: object) -> None:
        self._reading = False

    def _on_start_asked(self) -> None:
        self.start_asked.emit(self._told)
