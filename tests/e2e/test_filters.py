"""The filters in the whole window, by keys: names from the real engine, and out of a search that finds nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_search.bootstrap.compose import Composition
from tests.clips import Clip
from tests.e2e.acting import drop, query_field, type_query
from tests.e2e.conftest import items, wait_until_done

pytestmark = pytest.mark.display


def entry(program: Composition, name: str) -> QLineEdit:
    fields = program.search_pane.filters.findChildren(QLineEdit)
    return next(field for field in fields if field.accessibleName() == name)


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_a_video_is_chosen_by_name_and_a_filter_that_finds_nothing_is_taken_away(
    program: Composition, qtbot: QtBot, footage: Clip
) -> None:
    drop(program.uploads_pane, footage.path)
    wait_until_done(qtbot, program, 1)
    filters_keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(query_field(program), Qt.Key.Key_F, filters_keys)
    videos, taken = entry(program, "Videos"), entry(program, "Taken")
    qtbot.waitUntil(lambda: footage.path.stem in program.search_pane.filters.video_names.values(), timeout=20_000)
    while focused() is not videos:
        qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    QTest.keyClicks(videos, "take 1")
    popup = videos.completer().popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.search_pane.query().filters.video_nos == (items(program)[0].remote_id,))
    assert type_query(program, qtbot, "green")

    taken.setFocus()
    QTest.keyClicks(taken, "until yesterday")
    with qtbot.waitSignal(program.search.answered, timeout=20_000):
        qtbot.keyClick(taken, Qt.Key.Key_Return)
    assert program.results.hits() == ()
    buttons = program.results.findChildren(QPushButton)
    way_out = next(button for button in buttons if button.isVisible() and button.text() == "Taken at any time")
    with qtbot.waitSignal(program.search.answered, timeout=20_000):
        qtbot.mouseClick(way_out, Qt.MouseButton.LeftButton)
    assert program.results.hits()
    assert program.search_pane.query().filters.video_nos == (items(program)[0].remote_id,)
    assert taken.text() == ""
