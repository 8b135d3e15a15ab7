"""Brings what is known of clips to the results: which are the same footage, and when they were captured."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop_search.core.arranging import Sort
from desktop_search.core.hits import ClipKey, Hit, SearchAnswer
from desktop_search.core.language import _
from desktop_search.core.query import SearchQuery
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner
from desktop_search.ui.search.results_pane import ResultsPane

_LANE, _TAKEN_LANE = "clip facts", "capture times"


class Facts(Protocol):
    """Both are called off the GUI thread, and may raise an `AppError`."""

    def fingerprints(self, hits: Iterable[Hit], token: CancelToken, /) -> dict[ClipKey, str]:
        """Of the originals of these clips, as far as they are known."""
        ...

    def taken_ms(self, hits: Iterable[Hit], token: CancelToken, /) -> dict[ClipKey, int]:
        """When these clips were captured, as UTC instants in ms, as far as that is known."""
        ...


class FactsController(QObject):
    """Capture times are read when they are first of use, for a library may take money for telling them.

    Signals:
        failed(object): an `AppError`; the capture times could not be read.
        busy(object, str): a job that may take its time, and what it is about.
    """

    failed = Signal(object)
    busy = Signal(object, str)

    def __init__(self, runner: JobRunner, facts: Facts, results: ResultsPane) -> None:
        super().__init__(results)
        self._runner, self._facts, self._results = runner, facts, results
        self._hits: tuple[Hit, ...] = ()
        self._has_times = False
        results.arranged.connect(self._read_times)

    def on_answered(self, _query: SearchQuery, answer: SearchAnswer) -> None:
        """Other results are on show."""
        self._hits, self._has_times = answer.hits, False
        self._runner.cancel_lane(_TAKEN_LANE)
        if answer.hits:
            self._runner.start(
                lambda token, _report: self._facts.fingerprints(answer.hits, token),
                lane=_LANE,
                done=lambda found: self._results.learn(fingerprints=found),
                latest_wins=True,
            )
        self._read_times()

    def _read_times(self) -> None:
        if self._has_times or not self._hits or self._results.arrangement.sort is not Sort.TAKEN:
            return
        self._has_times = True
        job = self._runner.start(
            lambda token, _report: self._facts.taken_ms(self._hits, token),
            lane=_TAKEN_LANE,
            done=lambda found: self._results.learn(taken_ms=found),
            failed=self._on_failed,
            cancelled=partial(self._on_cancelled, self._hits),
            latest_wins=True,
        )
        self.busy.emit(job, _("Reading when the clips were captured…"))

    def _on_cancelled(self, hits: tuple[Hit, ...]) -> None:
        if hits is self._hits:  # stopped by the user: sorted by capture time once more, they are read
            self._has_times = False

    def _on_failed(self, error: object) -> None:
        self._has_times = False
        self.failed.emit(error)
