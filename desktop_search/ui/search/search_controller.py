"""Runs searches off the GUI thread: the newest wins, a running one can be stopped, an older answer never arrives."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader

from desktop_search.core.errors import AppError, FileProblem
from desktop_search.core.hits import ClipKey, Hit, SearchAnswer
from desktop_search.core.query import SearchQuery
from desktop_search.core.timecode import Timebase
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner, Report
from desktop_search.services.finding import Finder
from desktop_search.ui.search.results_pane import ResultsPane
from desktop_search.ui.search.search_pane import SearchPane

LANE, TIMEBASES_LANE, PICTURES_LANE = "search", "timebases", "pictures"
_SMALL = QSize(256, 256)
_PICTURES_KEPT = 20

TimebasesOf = Callable[[tuple[Hit, ...], CancelToken], dict[ClipKey, Timebase]]


class SearchController(QObject):
    """Between the search pane, the finder and the result list.

    Args:
        timebases_of: how the clips of these hits count, by clip; called off the GUI thread.
        pictures_dir: where a picture without a file is kept, to be searched by.

    Signals:
        answered(SearchQuery, SearchAnswer): the answer is on show.
        failed(AppError): the reason is on show.
    """

    answered = Signal(object, object)
    failed = Signal(object)

    def __init__(
        self,
        runner: JobRunner,
        finder: Finder,
        search: SearchPane,
        results: ResultsPane,
        timebases_of: TimebasesOf,
        pictures_dir: Path,
    ) -> None:
        super().__init__(search)
        self._pictures_dir = pictures_dir
        self._runner, self._finder, self._search, self._results = runner, finder, search, results
        self._timebases_of = timebases_of
        self._library_id = ""
        self._last: SearchQuery | None = None
        search.search_requested.connect(self.ask)
        search.stop_requested.connect(self.stop)
        search.list_requested.connect(results.focus_list)
        search.image_given.connect(self._on_image_given)
        search.thumbnail_needed.connect(self._on_thumbnail_needed)
        results.retry_requested.connect(self._on_retry_requested)

    def set_library(self, library_id: str) -> None:
        """Ask this library from now on. What was found in the other one is cleared away."""
        self.stop()
        self._search.search_everywhere()
        self._library_id = library_id
        self._last = None

    def ask(self, query: SearchQuery) -> None:
        """Search. An older search that still runs is cancelled, and its answer never shown."""
        self._last = query
        running = self._runner.start(
            partial(self._find, self._library_id, query),
            lane=LANE,
            done=partial(self._on_done, query, time.monotonic()),
            failed=self._on_failed,
            latest_wins=True,
        )
        self._search.set_busy(True, running.token)

    def stop(self) -> None:
        """Stop a running search; what was on show before stays."""
        self._runner.cancel_lane(LANE)
        self._search.set_busy(False)

    def _find(self, library_id: str, query: SearchQuery, token: CancelToken, _report: Report) -> SearchAnswer:
        return self._finder.search(library_id, query, token)

    def _on_done(self, query: SearchQuery, began_s: float, answer: SearchAnswer) -> None:
        self._search.set_busy(False)
        self._results.show_answer(query, answer, time.monotonic() - began_s)
        if query.picture is not None:
            self._results.focus_list()  # there are no words to go on typing
        self._runner.start(
            lambda token, _report: self._timebases_of(answer.hits, token),
            lane=TIMEBASES_LANE,
            done=self._results.set_timebases,
            latest_wins=True,
        )
        self.answered.emit(query, answer)

    def _on_failed(self, error: AppError) -> None:
        self._search.set_busy(False)
        self._results.show_error(error)
        self.failed.emit(error)

    def _on_retry_requested(self) -> None:
        if self._last is not None:
            self.ask(self._last)

    def _on_image_given(self, image: QImage) -> None:
        self._runner.start(
            partial(_save, image, self._pictures_dir),
            lane=PICTURES_LANE,
            done=self._search.search_by,
            failed=self._results.show_error,
        )

    def _on_thumbnail_needed(self, picture: Path) -> None:
        self._runner.start(
            lambda _token, _report: read_small(picture),
            lane=PICTURES_LANE,
            done=partial(self._search.set_thumbnail, picture),
        )


def _save(image: QImage, folder: Path, _token: CancelToken, _report: Report) -> Path:
    """Keep a pasted picture under a name of its own, and only the newest few of them."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"pasted {time.strftime('%Y-%m-%d %H.%M.%S')} {uuid4().hex[:8]}.png"
    if not image.save(str(target)):
        raise FileProblem("The picture could not be kept.", hint=f"Is there room in {folder}?")
    for old in sorted(folder.glob("pasted *.png"))[:-_PICTURES_KEPT]:
        old.unlink(missing_ok=True)
    return target


def read_small(picture: Path) -> QImage:
    """A picture at thumbnail size; null when it cannot be read (the search itself will say why)."""
    reader = QImageReader(str(picture))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(_SMALL, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
