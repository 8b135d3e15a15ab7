"""What is known of clips reaches the list: capture times when it is sorted by them, copies at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop_search.core.arranging import Sort
from desktop_search.core.errors import AppError, NetworkError
from desktop_search.core.hits import ClipKey, Hit, SearchAnswer
from desktop_search.core.query import Scope, SearchQuery
from desktop_search.core.result_rows import Arrangement
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner
from desktop_search.ui.search.facts_controller import FactsController
from desktop_search.ui.search.results_pane import ResultsPane

HITS = tuple(Hit(clip, clip, 4000, 8000, 0.9, found_by=Scope.SEEN) for clip in "abcd")
A, B, C, D = HITS


class Facts:
    """Says what the test says, and counts how often it was asked for capture times."""

    def __init__(self) -> None:
        self.prints: dict[ClipKey, str] = {}
        self.times: dict[ClipKey, int] = {A.clip: 1, B.clip: 3, D.clip: 2}
        self.problem: AppError | None = None
        self.asked = 0

    def fingerprints(self, _hits: Iterable[Hit], _token: CancelToken) -> dict[ClipKey, str]:
        return self.prints

    def taken_ms(self, _hits: Iterable[Hit], _token: CancelToken) -> dict[ClipKey, int]:
        self.asked += 1
        if self.problem is not None:
            raise self.problem
        return self.times


class Desk:
    def __init__(self, qtbot: QtBot, runner: JobRunner) -> None:
        self.facts, self.pane = Facts(), ResultsPane()
        qtbot.addWidget(self.pane)
        self.controller = FactsController(runner, self.facts, self.pane)

    def answer(self) -> None:
        answer = SearchAnswer(HITS)
        self.pane.show_answer(SearchQuery("boat"), answer, 0.1)
        self.controller.on_answered(SearchQuery("boat"), answer)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    runner = JobRunner()
    yield Desk(qtbot, runner)
    runner.shut_down()


def test_capture_times_are_read_once_and_only_when_they_are_of_use(desk: Desk, qtbot: QtBot) -> None:
    desk.answer()
    desk.pane.set_arrangement(Arrangement(sort=Sort.NAME))
    assert desk.facts.asked == 0
    desk.pane.set_arrangement(Arrangement(sort=Sort.TAKEN))
    qtbot.waitUntil(lambda: desk.pane.hits() == (B, D, A, C))
    desk.pane.set_arrangement(Arrangement())
    desk.pane.set_arrangement(Arrangement(sort=Sort.TAKEN))
    assert desk.pane.hits() == (B, D, A, C)
    assert desk.facts.asked == 1
    desk.answer()
    qtbot.waitUntil(lambda: desk.pane.hits() == (B, D, A, C))
    assert desk.facts.asked == 2


def test_a_library_that_does_not_tell_leaves_the_order_and_may_be_asked_again(desk: Desk, qtbot: QtBot) -> None:
    desk.facts.problem = NetworkError("gone")
    desk.answer()
    with qtbot.waitSignal(desk.controller.failed):
        desk.pane.set_arrangement(Arrangement(sort=Sort.TAKEN))
    assert desk.pane.hits() == HITS
    desk.facts.problem = None
    desk.pane.set_arrangement(Arrangement(sort=Sort.TAKEN, is_grid=True))
    qtbot.waitUntil(lambda: desk.pane.hits() == (B, D, A, C))


def test_copies_of_a_file_are_folded_when_they_are_known(desk: Desk, qtbot: QtBot) -> None:
    desk.facts.prints = {A.clip: "f1", C.clip: "f1"}
    desk.answer()
    rows = desk.pane.view.model()
    qtbot.waitUntil(lambda: rows.rowCount() == 3)
    assert desk.pane.hits() == (A, C, B, D)
