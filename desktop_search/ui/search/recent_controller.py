"""Recent searches: noted as they are asked, offered below the query field, and there again in the next run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop_search.core.query import SearchQuery
from desktop_search.core.searches import RecentSearch
from desktop_search.jobs.runner import JobRunner
from desktop_search.services.search_memory import SearchMemory
from desktop_search.ui.search.recent_popup import RecentPopup
from desktop_search.ui.search.search_controller import SearchController
from desktop_search.ui.search.search_pane import SearchPane

LANE = "searches"


class RecentController(QObject):
    """Between the memory of searches, the query field, and the list below it.

    Signals:
        failed(AppError): something could not be remembered or forgotten.
    """

    failed = Signal(object)

    def __init__(self, runner: JobRunner, memory: SearchMemory, pane: SearchPane, search: SearchController) -> None:
        super().__init__(pane)
        self._runner, self._memory, self._pane = runner, memory, pane
        self.popup = RecentPopup(pane.field)
        search.asked.connect(self._on_asked)
        pane.recent_requested.connect(self.open)
        self.popup.run.connect(pane.run_query)
        self.popup.delete_asked.connect(lambda search_id: self._change(lambda: memory.forget_recent(search_id)))
        self.popup.clear_asked.connect(lambda: self._change(memory.forget_recent))
        self.popup.remember_toggled.connect(lambda on: self._change(lambda: memory.set_remembers(on)))

    def restore(self) -> None:
        """Put the last search of the last run into the pane, without asking anybody."""
        self._start(self._memory.last, self._on_last_read)

    def open(self) -> None:
        """Show what was searched for lately."""
        self._start(lambda: (self._memory.recent(), self._memory.remembers), self._on_read)

    def _on_asked(self, query: SearchQuery) -> None:
        self._start(lambda: self._memory.note(query))

    def _change(self, change: Callable[[], object]) -> None:
        def work() -> tuple[RecentSearch, ...]:
            change()
            return self._memory.recent()

        self._start(work, self.popup.show_searches)

    def _on_read(self, read: tuple[tuple[RecentSearch, ...], bool]) -> None:
        self.popup.open(read[0], remembers=read[1])

    def _on_last_read(self, query: SearchQuery | None) -> None:
        if query is not None and self._pane.query() == SearchQuery(scope=self._pane.query().scope):
            self._pane.set_query(query)
            self._pane.focus_field()

    def _start(self, work: Callable[[], Any], done: Callable[[Any], object] | None = None) -> None:
        self._runner.start(lambda _token, _report: work(), lane=LANE, done=done, failed=self.failed.emit)
