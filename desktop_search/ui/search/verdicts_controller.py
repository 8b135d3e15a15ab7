"""Thumbs up and down on results: kept for the search that is on show, off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop_search.core.hits import Hit, ImageHit
from desktop_search.core.language import _
from desktop_search.core.query import SearchQuery
from desktop_search.jobs.runner import JobRunner
from desktop_search.models.test_set_words import set_words
from desktop_search.ui.search.marks_controller import LANE
from desktop_search.ui.search.result_menu import Chosen, MenuEntry, ResultMenu, Section
from desktop_search.ui.search.results_pane import ResultsPane


class VerdictStore(Protocol):
    """Where verdicts are kept; every method may take long."""

    def verdicts(self, query: SearchQuery, found: Iterable[Hit | ImageHit]) -> dict[Hit | ImageHit, bool]:
        """What was said of these."""
        ...

    def judge(self, query: SearchQuery, found: Iterable[Hit | ImageHit], *, is_right: bool | None) -> tuple[int, int]:
        """Keep a verdict on these; how many searches and verdicts there are then."""
        ...


class VerdictsController(QObject):
    """Signals:
    judged(str): a verdict was kept, in words.
    failed(AppError): it was not.
    """

    judged = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        runner: JobRunner,
        store: VerdictStore,
        pane: ResultsPane,
        menu: ResultMenu,
        query_on_show: Callable[[], SearchQuery | None],
    ) -> None:
        super().__init__(pane)
        self._runner, self._store, self._query_on_show = runner, store, query_on_show
        self._found: Chosen = ()
        self._verdicts: dict[Hit | ImageHit, bool] = {}
        pane.found_shown.connect(self._on_found_shown)
        for command, is_right in (("results.right", True), ("results.wrong", False)):
            menu.add(
                MenuEntry(
                    command, partial(self._judge, is_right), Section.MARK, is_on=partial(self._are_judged, is_right)
                )
            )

    def _are_judged(self, is_right: bool, chosen: Chosen) -> bool:
        return bool(chosen) and all(self._verdicts.get(each) is is_right for each in chosen)

    def _judge(self, is_right: bool, chosen: Chosen) -> None:
        query = self._query_on_show()
        if query is None:
            return
        store, found = self._store, self._found
        verdict = None if self._are_judged(is_right, chosen) else is_right

        def judge(_token: object, _report: object) -> tuple[tuple[int, int], dict[Hit | ImageHit, bool]]:
            return store.judge(query, chosen, is_right=verdict), store.verdicts(query, found)

        def judged(outcome: tuple[tuple[int, int], dict[Hit | ImageHit, bool]]) -> None:
            counts, verdicts = outcome
            if found is self._found:
                self._verdicts = verdicts
            self.judged.emit(_("Your test set: {what}").format(what=set_words(*counts) or _("empty")))

        self._runner.start(judge, lane=LANE, done=judged, failed=self.failed.emit)

    def _on_found_shown(self, found: Chosen) -> None:
        self._found, self._verdicts = found, {}
        query, store = self._query_on_show(), self._store
        if query is None or not found:
            return

        def read(verdicts: dict[Hit | ImageHit, bool]) -> None:
            if found is self._found:
                self._verdicts = verdicts

        self._runner.start(
            lambda _token, _report: store.verdicts(query, found), lane=LANE, done=read, failed=self.failed.emit
        )
