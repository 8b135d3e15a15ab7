"""Words for a capture time in searches that are remembered mean what they mean on the day of asking again."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from desktop_search.core.query import Scope, SearchFilters, SearchQuery
from desktop_search.core.when import Span, span_of, words_of
from desktop_search.ui.local_clock import local_clock
from tests.e2e.acting import query_field
from tests.qt.search.filter_parts import chips

pytestmark = pytest.mark.display
TIMEOUT_MS = 20_000
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
LONG_AGO = SearchFilters().with_taken(datetime(2020, 1, 6), datetime(2020, 1, 13), "last week")  # noqa: DTZ001 - UTC


def test_last_week_is_the_week_before_this_one(program: Composition, qtbot: QtBot) -> None:
    asked: list[SearchQuery] = []
    program.search.answered.connect(lambda query, _answer: asked.append(query))
    memory, popup = program.services.memory, program.memory.saved.popup
    memory.save("Rushes", SearchQuery("boat", Scope.SEEN, LONG_AGO), ("local",), None)
    memory.note(SearchQuery("quay", Scope.SEEN, LONG_AGO))
    now = span_of("last week", local_clock())
    chip = f"taken: last week, {words_of(now, None)}"

    qtbot.keyClick(program.window, Qt.Key.Key_S, CONTROL_SHIFT)
    qtbot.waitUntil(lambda: popup.isVisible() and popup.view.titles == ["Rushes"], timeout=TIMEOUT_MS)
    assert chip in popup.view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    qtbot.keyClick(popup.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(asked) == 1, timeout=TIMEOUT_MS)
    assert chips(program.search_pane) == [chip]

    recent = program.memory.recent.popup
    qtbot.keyClick(query_field(program), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: recent.isVisible() and recent.view.titles == ["boat", "quay"], timeout=TIMEOUT_MS)
    qtbot.keyClick(recent.view, Qt.Key.Key_Down)
    qtbot.keyClick(recent.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(asked) == 2, timeout=TIMEOUT_MS)

    program.search.ask(SearchQuery("rope", Scope.SEEN, LONG_AGO))  # as it was asked back then
    qtbot.waitUntil(lambda: len(asked) == 3, timeout=TIMEOUT_MS)
    qtbot.keyClick(program.window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: len(asked) == 4, timeout=TIMEOUT_MS)

    spans = [Span(query.filters.taken_after, query.filters.taken_before) for query in asked]
    long_ago = Span(LONG_AGO.taken_after, LONG_AGO.taken_before)
    assert [query.words for query in asked] == ["boat", "quay", "rope", "rope"]
    assert spans == [now, now, long_ago, now]
