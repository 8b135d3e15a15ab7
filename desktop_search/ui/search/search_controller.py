"""Runs searches off the GUI thread: the newest wins, a running one can be stopped, an older answer never arrives."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop_search.core.errors import AppError
from desktop_search.core.findings import Findings, stopped
from desktop_search.core.hits import ClipKey, Hit
from desktop_search.core.query import Scope, SearchQuery
from desktop_search.core.recalling import recalled
from desktop_search.core.timecode import Timebase
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner, Report
from desktop_search.services.finding_together import TogetherFinder
from desktop_search.ui.local_clock import local_clock
from desktop_search.ui.search.answer_lines import AnswerLines
from desktop_search.ui.search.picture_jobs import SAVING_LANE, PictureJobs
from desktop_search.ui.search.results_pane import ResultsPane
from desktop_search.ui.search.search_pane import SearchPane

LANE, TIMEBASES_LANE = "search", "timebases"

TimebasesOf = Callable[[tuple[Hit, ...], CancelToken], dict[ClipKey, Timebase]]


class SearchController(QObject):
    """Between the search pane, the finder, the result list and the lines above it.

    Args:
        timebases_of: how the clips of these hits count, by clip; called off the GUI thread.
        pictures_dir: where a picture without a file is kept, to be searched by.

    Attributes:
        asks_all: whether all libraries of the user are asked together.
        shown: the query and the findings that are on show, `None` where there are none.

    Signals:
        asked(SearchQuery): a search began.
        emptied(): the query was cleared, and nothing is on show any more.
        answered(SearchQuery, SearchAnswer): the whole answer is on show.
        failed(AppError): the reason is on show.
    """

    asked = Signal(object)
    emptied = Signal()
    answered = Signal(object, object)
    failed = Signal(object)

    def __init__(
        self,
        runner: JobRunner,
        finder: TogetherFinder,
        search: SearchPane,
        results: ResultsPane,
        timebases_of: TimebasesOf,
        pictures_dir: Path,
    ) -> None:
        super().__init__(search)
        self._runner, self._finder, self._search, self._results = runner, finder, search, results
        self._timebases_of = timebases_of
        self._library_ids: tuple[str, ...] = ()
        self.asks_all = False
        self._last: SearchQuery | None = None
        self._is_on_show = False  # whether a part of the answer to the last query is
        self.shown: tuple[SearchQuery, Findings] | None = None
        self._cleared: tuple[SearchQuery, tuple[SearchQuery, Findings] | None] | None = None
        self.lines = AnswerLines()
        results.put_above(self.lines)
        self.lines.again_asked.connect(self.ask_again)
        search.search_requested.connect(self.ask)
        search.stop_requested.connect(self.stop)
        search.list_requested.connect(results.focus_list)
        search.cleared.connect(self._on_cleared)
        search.undo_requested.connect(self.undo_clear)
        PictureJobs(runner, search, results, pictures_dir)
        results.retry_requested.connect(self._on_retry_requested)

    def set_library(self, library_id: str) -> None:
        """Ask this library from now on. What was found in the other one is cleared away."""
        self._search.search_everywhere()
        self._library_ids = (library_id,)
        self._cleared = None
        self.forget()

    def forget(self) -> None:
        """Nothing has been asked: the search that runs is stopped, and what is on show is nobody's answer."""
        self.stop()
        self._last = self.shown = None
        self.lines.clear()

    @property
    def library_ids(self) -> tuple[str, ...]:
        """The libraries that are asked; all of the user's when empty."""
        return () if self.asks_all else self._library_ids

    @property
    def shown_library_ids(self) -> tuple[str, ...]:
        """The libraries of the user all of whose videos were asked for what is on show."""
        if self.shown is None or self.shown[0].inside is not None:
            return ()
        if self.shown[0].scope in {Scope.PUBLIC, Scope.IMAGE}:
            return ()
        return tuple(part.library.library_id for part in self.shown[1].asked)

    def ask(self, query: SearchQuery, *, asks_anew: bool = False) -> None:
        """Search. An older search that still runs is cancelled, and its answer never shown.

        With `asks_anew` libraries that cost money are asked also where their answer is kept.
        """
        self._last = query
        self._runner.cancel_lane(SAVING_LANE)  # a picture that was pasted before comes too late
        self.asked.emit(query)
        self._start(query, partial(self._finder.find, self.library_ids, query, asks_anew=asks_anew))

    def ask_again(self, library_id: str) -> None:
        """Ask one of the libraries whose answers are on show anew; what the others have answered stays."""
        if self.shown is not None:
            query, findings = self.shown
            self._start(query, partial(self._finder.again, findings, library_id, query))

    def refresh(self) -> None:
        """Ask the last query anew, whatever is kept; "last week" is the week before today by now."""
        if self._last is not None:
            self.ask(recalled(self._last, local_clock()), asks_anew=True)

    def undo_clear(self) -> None:
        """Bring the query that was cleared last back, and what was on show with it, without asking anybody."""
        if self._cleared is None:
            return
        (query, shown), self._cleared = self._cleared, None
        self.stop()
        self._search.set_query(query)
        if shown is not None:
            self._last = shown[0]
            self._is_on_show = False
            self._show_whole(shown[0], time.monotonic(), shown[1])

    def stop(self) -> None:
        """Stop a running search; what was on show before stays."""
        for lane in (LANE, SAVING_LANE):
            self._runner.cancel_lane(lane)
        self._search.set_busy(False)
        if self.shown is not None and not self.shown[1].is_complete:
            self.shown = self.shown[0], stopped(self.shown[1])
            self.lines.show_findings(self.shown[1])

    def _start(self, query: SearchQuery, find: Callable[[CancelToken, Report], Findings]) -> None:
        began_s = time.monotonic()
        self._is_on_show = False
        running = self._runner.start(
            find,
            lane=LANE,
            progress=partial(self._show, query, began_s),
            done=partial(self._on_done, query, began_s),
            failed=self._on_failed,
            latest_wins=True,
        )
        self._search.set_busy(True, running.token)

    def _show(self, query: SearchQuery, began_s: float, findings: Findings) -> None:
        """What is there; some libraries may not have answered yet."""
        self.shown = query, findings
        self.lines.show_findings(findings)
        if findings.problem is not None:
            self._results.show_error(findings.problem)
        elif findings.is_complete or findings.answer.hits or findings.answer.images:
            wall_s = time.monotonic() - began_s
            self._results.show_answer(query, findings.answer, wall_s, is_continued=self._is_on_show)
            self._is_on_show = True

    def _on_done(self, query: SearchQuery, began_s: float, findings: Findings) -> None:
        self._search.set_busy(False)
        self._show_whole(query, began_s, findings)
        self.answered.emit(query, findings.answer)

    def _show_whole(self, query: SearchQuery, began_s: float, findings: Findings) -> None:
        self._show(query, began_s, findings)
        answer = findings.answer
        if query.picture is not None:
            self._results.focus_list()  # there are no words to go on typing
        self._runner.start(
            lambda token, _report: self._timebases_of(answer.hits, token),
            lane=TIMEBASES_LANE,
            done=self._results.set_timebases,
            latest_wins=True,
        )

    def _on_failed(self, error: AppError) -> None:
        self._search.set_busy(False)
        self.shown = None
        self.lines.clear()
        self._results.show_error(error)
        self.failed.emit(error)

    def _on_retry_requested(self) -> None:
        if self._last is not None:
            self.ask(recalled(self._last, local_clock()))

    def _on_cleared(self, query: SearchQuery) -> None:
        self.stop()
        self._cleared = query, self.shown
        self.forget()
        self.emptied.emit()
