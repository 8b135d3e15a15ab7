"""Keeps the line below the results true: how much of the footage was searched, and what was not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from desktop_search.core.coverage import Coverage
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner
from desktop_search.ui.search.results_pane import ResultsPane

_LANE = "coverage"
_SETTLE_MS = 1000  # a queue at work changes many times a second


class Reader(Protocol):
    """Tells the coverage of libraries."""

    def read(self, library_ids: tuple[str, ...], token: CancelToken) -> Coverage:
        """Called off the GUI thread; may raise an `AppError`."""
        ...


class CoverageController(QObject):
    """Reads when a search was answered, and again while uploads get on. `library_ids` are those that were asked."""

    def __init__(
        self, runner: JobRunner, reader: Reader, library_ids: Callable[[], tuple[str, ...]], results: ResultsPane
    ) -> None:
        super().__init__(results)
        self._runner, self._reader, self._library_ids, self._results = runner, reader, library_ids, results
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE_MS)
        self._timer.timeout.connect(self.read)

    def note_change(self, *_what: object) -> None:
        """Something about the footage has changed; that is looked at once, a little later."""
        if not self._results.is_at_start and not self._timer.isActive():
            self._timer.start()

    def read(self, *_what: object) -> None:
        """Look now. What cannot be read is not said: the search itself tells what is wrong."""
        library_ids, reader = self._library_ids(), self._reader
        self._runner.start(
            lambda token, _report: reader.read(library_ids, token),
            lane=_LANE,
            done=self._results.show_coverage,
            failed=lambda _error: self._results.show_coverage(Coverage()),
            latest_wins=True,
        )
