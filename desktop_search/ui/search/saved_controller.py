"""Saved searches: kept, run, renamed, changed, deleted, and their new hits counted."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_search.core.errors import AppError
from desktop_search.core.findings import Findings
from desktop_search.core.language import _, ngettext
from desktop_search.core.query import SearchQuery
from desktop_search.core.recalling import timeless
from desktop_search.core.searches import SavedSearch
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobHandle, JobRunner, Report
from desktop_search.models.search_words import title_of
from desktop_search.services.search_memory import SearchMemory
from desktop_search.ui.search.recent_controller import LANE
from desktop_search.ui.search.saved_popup import SavedPopup
from desktop_search.ui.search.search_controller import SearchController
from desktop_search.ui.search.search_pane import SearchPane

COUNTS_LANE = "counts"
_COUNT_AFTER_MS = 1000  # files that become searchable together are one reason to count
_REST = 10  # counting rests so many times as long as it took: indexing has other work for the computer

Saved = tuple[SavedSearch, ...]


class SavedController(QObject):
    """Between the memory of searches, the search pane, and the list of saved searches.

    Signals:
        run_asked(SavedSearch): answer with `run` once its libraries are the ones that are asked.
        counted(int): so many new hits in all of them.
        failed(AppError): something could not be read or remembered.
    """

    run_asked = Signal(object)
    counted = Signal(int)
    failed = Signal(object)

    def __init__(
        self, runner: JobRunner, memory: SearchMemory, pane: SearchPane, search: SearchController, popup: SavedPopup
    ) -> None:
        super().__init__(pane)
        self._runner, self._memory, self._pane, self._search = runner, memory, pane, search
        self.popup = popup
        self._all: Saved = ()
        self._starting: int | None = None
        self._running: tuple[int, SearchQuery] | None = None
        self._to_count: dict[str, None] = {}
        self._counting: list[JobHandle] = []
        self._quietly: tuple[str, JobHandle] | None = None  # the library that is counted in though nobody asked
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_COUNT_AFTER_MS)
        self._timer.timeout.connect(self._count_next)
        search.asked.connect(self._on_asked)
        search.answered.connect(self._on_answered)
        popup.run.connect(self._on_run)
        popup.save_asked.connect(self._on_save_asked)
        popup.rename_asked.connect(lambda key, name: self._change(partial(memory.rename, key, name), name))
        popup.update_asked.connect(self._on_update_asked)
        popup.delete_asked.connect(lambda key: self._change(partial(memory.remove, key)))
        popup.count_asked.connect(self._on_count_asked)

    def start(self) -> None:
        """Read what is saved."""
        self._change(self._memory.saved)

    def open(self) -> None:
        """Show the list, anew: words such as "last week" mean other dates from one day to the next."""
        self.start()
        query = self._pane.query()
        self.popup.open("" if query.problems() else title_of(query))

    def run(self, saved: SavedSearch) -> None:
        """Ask a saved search; its new hits have been seen once its answer is on show."""
        self._starting = saved.search_id
        self._pane.run_query(saved.query)
        self._starting = None

    def count_soon(self, library_id: str) -> None:
        """The footage of a library has changed: find out quietly what is new, if that costs nothing."""
        self._to_count[library_id] = None
        if not self._counting and not self._timer.isActive():
            self._timer.start()

    def _on_asked(self, query: SearchQuery) -> None:
        if self._starting is not None:
            self._running = self._starting, query
        elif self._running is not None and timeless(query) != timeless(self._running[1]):
            self._running = None

    def _on_answered(self, query: SearchQuery, _answer: object) -> None:
        found = self._found(query)
        is_it = self._running is not None and timeless(query) == timeless(self._running[1])
        if self._running is not None and is_it and found is not None:
            self._change(partial(self._memory.looked, self._running[0], found))

    def _found(self, query: SearchQuery) -> Findings | None:
        """What the query has found, if that is on show. "Last 3 hours" has begun later by now, and is the same."""
        shown = self._search.shown
        is_on_show = shown is not None and timeless(shown[0]) == timeless(query) and shown[1].is_complete
        return shown[1] if shown is not None and is_on_show else None

    def _on_run(self, key: int) -> None:
        self.run_asked.emit(next(each for each in self._all if each.search_id == key))

    def _on_save_asked(self, name: str) -> None:
        self._keep(lambda query, ids, found: self._memory.save(name, query, ids, found), name)

    def _on_update_asked(self, key: int) -> None:
        self._keep(lambda query, ids, found: self._memory.change(key, query, ids, found))

    def _keep(self, keep: Callable[[SearchQuery, tuple[str, ...], Findings | None], Saved], name: str = "") -> None:
        query, library_ids = self._pane.query(), self._search.library_ids
        problems = query.problems()
        if problems:
            self.popup.tell(next(iter(problems.values())))
        else:
            self._change(partial(keep, query, library_ids, self._found(query)), name)

    def _change(self, change: Callable[[], Saved], name: str = "") -> None:
        def done(saved: Saved) -> None:
            self._show(saved)
            if name:
                self.popup.saved(" ".join(name.split()))

        self._runner.start(lambda _token, _report: change(), lane=LANE, done=done, failed=self._on_failed)

    def _on_count_asked(self, key: int) -> None:
        """What is counted quietly has time; a count that is asked for comes first."""
        self.popup.tell("")
        if self._quietly is not None:
            library_id, job = self._quietly
            job.cancel()
            self._to_count[library_id] = None
        job = self._count(lambda token, report: self._memory.count(key, token, report), self._on_part_counted)
        self.popup.counting.follow(job, _("Counting new hits…"))

    def _on_part_counted(self, findings: Findings) -> None:
        answered, asked = sum(not part.is_waiting for part in findings.asked), len(findings.asked)
        words = ngettext(
            "Counting new hits: {answered} of {count} library has answered…",
            "Counting new hits: {answered} of {count} libraries have answered…",
            asked,
            answered=answered,
        )
        self.popup.counting.say(words)

    def _count_next(self) -> None:
        if self._to_count:
            library_id = next(iter(self._to_count))
            del self._to_count[library_id]
            job = self._count(lambda token, _report: self._memory.count_in(library_id, token))
            self._quietly = library_id, job

    def _count(
        self, count: Callable[[CancelToken, Report], Saved], progress: Callable[[Findings], object] | None = None
    ) -> JobHandle:
        began_s = time.monotonic()
        job = self._runner.start(count, lane=COUNTS_LANE, done=self._show, failed=self._on_failed, progress=progress)
        self._counting.append(job)
        job.ended.connect(partial(self._on_count_ended, began_s))
        return job

    def _on_count_ended(self, began_s: float, job: JobHandle) -> None:
        self._counting.remove(job)
        if self._quietly is not None and self._quietly[1] is job:
            self._quietly = None
        took_ms = round((time.monotonic() - began_s) * 1000)
        self._timer.setInterval(max(_COUNT_AFTER_MS, _REST * took_ms))
        if self._to_count and not self._counting:
            self._timer.start()

    def _show(self, saved: Saved) -> None:
        self._all = saved
        self.popup.show_searches(saved)
        self.counted.emit(sum(len(each.fresh) for each in saved))

    def _on_failed(self, error: AppError) -> None:
        if self.popup.isVisible():
            self.popup.tell(str(error))
        else:
            self.failed.emit(error)
