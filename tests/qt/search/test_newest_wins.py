"""The newest search wins, also over libraries that cannot be stopped and go on to answer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop_search.core.findings import Asked, Findings, findings_of
from desktop_search.core.hits import Hit, SearchAnswer
from desktop_search.core.library import MEMORIES_AI, THIS_COMPUTER
from desktop_search.core.query import SearchQuery
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner
from desktop_search.ui.search.results_pane import ResultsPane
from desktop_search.ui.search.search_controller import LANE, SearchController
from desktop_search.ui.search.search_pane import SearchPane

pytestmark = pytest.mark.display
DEADLINE_S = 20.0


class Stubborn:
    """Two libraries. The second hears of no cancelling, and answers "slow" when it is let go."""

    def __init__(self) -> None:
        self.let_go, self.has_ended = threading.Event(), threading.Event()
        self.asked = 0

    def find(
        self,
        _ids: tuple[str, ...],
        query: SearchQuery,
        _token: CancelToken,
        report: Callable[[Findings], None],
        *,
        asks_anew: bool,
    ) -> Findings:
        self.asked += 1
        first = Asked(THIS_COMPUTER, SearchAnswer((Hit("VI1", f"{query.words} here", 0),)))
        report(findings_of((first, Asked(MEMORIES_AI)), 10))
        if query.words == "slow":
            self.let_go.wait(DEADLINE_S)
        second = Asked(MEMORIES_AI, SearchAnswer((Hit("VI2", f"{query.words} there", 0),)))
        found = findings_of((first, second), 10)
        report(found)
        if query.words == "slow":
            self.has_ended.set()
        return found


@pytest.fixture
def finder() -> Iterator[Stubborn]:
    made = Stubborn()
    yield made
    made.let_go.set()


@pytest.fixture
def results(qtbot: QtBot) -> ResultsPane:
    made = ResultsPane()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def controller(qtbot: QtBot, finder: Stubborn, results: ResultsPane, tmp_path: Path) -> Iterator[SearchController]:
    runner = JobRunner({LANE: 2}, results)
    pane = SearchPane()
    qtbot.addWidget(pane)
    made = SearchController(runner, finder, pane, results, lambda *_: {}, tmp_path)  # type: ignore[arg-type]
    made.set_library("local")
    yield made
    finder.let_go.set()
    runner.shut_down()


def names(results: ResultsPane) -> list[str]:
    return [hit.name for hit in results.hits()]


def test_a_late_word_of_an_older_search_changes_nothing(
    controller: SearchController, finder: Stubborn, results: ResultsPane, qtbot: QtBot
) -> None:
    controller.ask(SearchQuery("slow"))
    qtbot.waitUntil(lambda: names(results) == ["slow here"])  # what came is shown
    with qtbot.waitSignal(controller.answered):
        controller.ask(SearchQuery("quick"))
    finder.let_go.set()
    assert finder.has_ended.wait(DEADLINE_S)
    with qtbot.waitSignal(controller.answered) as answered:  # asked after all words of the older one were on their way
        controller.refresh()
    assert answered.args is not None
    assert answered.args[0].words == "quick"
    assert names(results) == ["quick here", "quick there"]


def test_nothing_comes_after_stop_nor_after_the_query_was_cleared(
    controller: SearchController, finder: Stubborn, results: ResultsPane, qtbot: QtBot
) -> None:
    pane = controller.parent()
    assert isinstance(pane, SearchPane)
    pane.run_query(SearchQuery("slow"))
    qtbot.waitUntil(lambda: names(results) == ["slow here"])
    controller.stop()
    assert not pane.is_busy
    pane.clear()
    assert names(results) == ["slow here"]  # the window around shows the page for the beginning instead
    with qtbot.assertNotEmitted(controller.answered):
        finder.let_go.set()
        assert finder.has_ended.wait(DEADLINE_S)
        pane.undo_requested.emit()  # brings back what was there, asks nobody
    assert names(results) == ["slow here"]
    assert finder.asked == 1
    said = [label.text() for label in controller.lines.findChildren(QLabel) if not label.isHidden()]
    assert "memories.ai: The search was stopped before there was an answer." in said
