"""The newest search wins, a running one can be stopped, and a wait for the library's limit is told and stopped."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.query import Scope, SearchQuery
from desktop_search.settings.folders import Folders
from desktop_search.ui.search.results_view import ResultsView
from tests.e2e.acting import query_field
from tests.e2e.conftest import active_window
from tests.e2e.slow_library import SlowLibrary, slow_library

pytestmark = pytest.mark.display
TIMEOUT_MS = 20_000


@pytest.fixture
def library(profile: Folders) -> Iterator[SlowLibrary]:
    with slow_library(profile) as made:
        yield made


@pytest.fixture
def program(qapp: QApplication, profile: Folders, library: SlowLibrary, qtbot: QtBot) -> Iterator[Composition]:
    """The open program, looking for what is seen in the slow library."""
    with active_window(profile, qtbot) as composition:
        qtbot.waitUntil(lambda: not composition.switch.library.is_local, timeout=TIMEOUT_MS)
        qtbot.keyClick(query_field(composition), Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
        yield composition


def ask(program: Composition, qtbot: QtBot, library: SlowLibrary, words: str) -> None:
    """Type the words, press Enter, and wait until the library has been asked."""
    field = query_field(program)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, words)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: words in library.asked, timeout=TIMEOUT_MS)


def answer(program: Composition, qtbot: QtBot, library: SlowLibrary, words: str) -> None:
    with qtbot.waitSignal(program.search.answered, timeout=TIMEOUT_MS):
        library.may_answer[words].set()
    assert names(program) == [words]


def answer_in_vain(program: Composition, qtbot: QtBot, library: SlowLibrary, words: str) -> None:
    """The answer goes out, and is not heard by anybody."""
    with qtbot.assertNotEmitted(program.search.answered), qtbot.assertNotEmitted(program.search.failed):
        library.may_answer[words].set()
        qtbot.waitUntil(lambda: words in library.served, timeout=TIMEOUT_MS)
        ask(program, qtbot, library, "something later")  # comes through the same door behind it


def names(program: Composition) -> list[str]:
    return [hit.name for hit in program.results.hits()]


def go_button(program: Composition) -> QPushButton:
    buttons = program.search_pane.findChildren(QPushButton)
    return next(button for button in buttons if button.isVisible() and button.text().startswith(("Search", "Stop")))


def shown(program: Composition) -> str:
    return "\n".join(label.text() for label in program.search_pane.findChildren(QLabel) if label.isVisible())


def test_an_older_answer_never_overwrites_a_newer_one(program: Composition, qtbot: QtBot, library: SlowLibrary) -> None:
    ask(program, qtbot, library, "old")
    ask(program, qtbot, library, "newer")
    answer(program, qtbot, library, "newer")
    answer_in_vain(program, qtbot, library, "old")
    assert names(program) == ["newer"]


def test_a_stopped_search_leaves_what_was_on_show(program: Composition, qtbot: QtBot, library: SlowLibrary) -> None:
    ask(program, qtbot, library, "first")
    answer(program, qtbot, library, "first")
    ask(program, qtbot, library, "by Escape")
    assert go_button(program).text() == "Stop"
    qtbot.keyClick(query_field(program), Qt.Key.Key_Escape)
    assert go_button(program).text() == "Search"
    answer_in_vain(program, qtbot, library, "by Escape")
    qtbot.mouseClick(go_button(program), Qt.MouseButton.LeftButton)
    assert go_button(program).text() == "Search"
    answer_in_vain(program, qtbot, library, "something later")
    assert names(program) == ["first"]


def test_escape_in_the_results_stops_too(program: Composition, qtbot: QtBot, library: SlowLibrary) -> None:
    ask(program, qtbot, library, "first")
    answer(program, qtbot, library, "first")
    ask(program, qtbot, library, "slow")
    program.results.focus_list()
    qtbot.keyClick(program.results.findChild(ResultsView), Qt.Key.Key_Escape)
    assert go_button(program).text() == "Search"
    assert query_field(program).hasFocus()


def test_a_refused_search_counts_its_wait_down_and_can_be_stopped(
    program: Composition, qtbot: QtBot, library: SlowLibrary
) -> None:
    library.refuse_s = [40]
    ask(program, qtbot, library, "boat")
    seconds: set[int] = set()

    def counts_down() -> bool:
        seconds.update(map(int, re.findall(r"Stop · (\d+) s", go_button(program).text())))
        return len(seconds) > 1

    qtbot.waitUntil(counts_down, timeout=TIMEOUT_MS)
    assert max(seconds) <= 40
    assert "The library gets too many requests. Going on in " in shown(program)
    with qtbot.assertNotEmitted(program.search.failed):
        qtbot.keyClick(query_field(program), Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: go_button(program).text() == "Search")
    assert "Going on" not in shown(program)
    assert library.asked == ["boat"]


def test_a_refused_search_goes_on_by_itself(program: Composition, qtbot: QtBot, library: SlowLibrary) -> None:
    library.refuse_s = [2]
    ask(program, qtbot, library, "boat")
    qtbot.waitUntil(lambda: library.asked == ["boat", "boat"], timeout=TIMEOUT_MS)
    answer(program, qtbot, library, "boat")
    assert go_button(program).text() == "Search"


def test_a_wait_of_more_than_a_minute_is_an_error_that_says_so(
    program: Composition, qtbot: QtBot, library: SlowLibrary
) -> None:
    library.refuse_s = [90]
    with qtbot.waitSignal(program.search.failed, timeout=TIMEOUT_MS):
        ask(program, qtbot, library, "boat")
    said = " ".join(label.text() for label in program.results.findChildren(QLabel) if label.isVisible())
    assert "too many requests" in said


def test_counting_new_hits_says_how_far_it_is_and_is_stopped_in_its_place(
    program: Composition, qtbot: QtBot, library: SlowLibrary
) -> None:
    program.services.memory.save("Boats", SearchQuery("boat", Scope.SEEN), (), None)
    program.memory.saved.start()
    popup = program.memory.saved.popup
    qtbot.waitUntil(lambda: popup.view.titles == ["Boats"], timeout=TIMEOUT_MS)
    qtbot.keyClick(
        program.window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    qtbot.waitUntil(popup.isVisible)
    low = popup.height()
    qtbot.mouseClick(popup.count, Qt.MouseButton.LeftButton)
    half = "Counting new hits: 1 of 2 libraries have answered…"
    qtbot.waitUntil(lambda: popup.counting.isVisible() and popup.counting.label.text() == half, timeout=TIMEOUT_MS)
    qtbot.waitUntil(lambda: popup.height() > low)
    with qtbot.waitSignal(popup.counting.over, timeout=TIMEOUT_MS):
        qtbot.mouseClick(popup.counting.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not popup.counting.isVisible() and popup.height() == low)
    assert program.services.memory.saved()[0].fresh == frozenset()

    library.may_answer["boat"].set()
    qtbot.mouseClick(popup.count, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(program.services.memory.saved()[0].fresh) == 1, timeout=TIMEOUT_MS)
    qtbot.waitUntil(lambda: not popup.counting.isVisible())
    popup.hide()
