"""The filters: words for times, pasted places, and completion from the library."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCalendarWidget,
    QLineEdit,
    QPushButton,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_search.core.query import SearchFilters
from desktop_search.core.when import Clock
from desktop_search.ui.search.filters_panel import FiltersPanel
from tests.qt.search.filter_parts import WORDS, completion, named, said
from tests.support.focus import wait_active

NOW = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)  # a Saturday


@pytest.fixture
def panel(qtbot: QtBot) -> FiltersPanel:
    made = FiltersPanel(lambda: Clock(NOW, UTC))
    qtbot.addWidget(made)
    made.resize(900, 200)
    made.show()
    made.activateWindow()
    wait_active(qtbot, made)
    made.set_words(WORDS)
    return made


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_words_for_a_time_are_understood_and_told(panel: FiltersPanel) -> None:
    named(panel, QLineEdit, "Taken").setText("last week")
    found = panel.filters(None)
    assert (found.taken_after, found.taken_before) == (utc("2026-11-09"), utc("2026-11-16"))
    assert "9 Nov 2026 to 15 Nov 2026" in said(panel)
    assert found.taken_words == "last week"
    panel.set_filters(found)
    assert named(panel, QLineEdit, "Taken").text() == "last week"
    panel.set_filters(SearchFilters().with_taken(utc("2020-01-06"), utc("2020-01-13"), "Letzte  Woche"))
    assert panel.filters(None).with_taken(None, None) == SearchFilters()
    assert (panel.filters(None).taken_after, panel.filters(None).taken_words) == (utc("2026-11-09"), "Letzte Woche")
    panel.set_filters(found.with_taken(utc("2020-01-06"), utc("2020-01-13")))  # by the map, or a chip
    assert named(panel, QLineEdit, "Taken").text() == "6 Jan 2020 to 12 Jan 2020"
    assert panel.filters(None).taken_words == ""


def test_a_wrong_time_is_told_below_its_field_and_mended(panel: FiltersPanel) -> None:
    entry = named(panel, QLineEdit, "Taken")
    entry.setText("3/4/2026")
    assert list(panel.problems()) == ["taken"]
    assert "Day or month first? Write 2026-03-04 or 2026-04-03." in said(panel)
    assert entry.property("invalid") is True
    entry.setText("2026-03-04")
    assert panel.problems() == {}
    assert entry.property("invalid") is False


def test_what_is_being_typed_is_judged_when_it_is_left(panel: FiltersPanel, qtbot: QtBot) -> None:
    entry = named(panel, QLineEdit, "Taken")
    entry.setFocus()
    QTest.keyClicks(entry, "las")
    assert "Not understood" not in said(panel)
    named(panel, QLineEdit, "Place").setFocus()
    assert "Not understood" in said(panel)
    entry.setFocus()
    QTest.keyClicks(entry, "t")
    assert "Not understood" in said(panel)
    QTest.keyClicks(entry, " week")
    assert "Not understood" not in said(panel)


def test_a_pasted_place_is_understood_and_told(panel: FiltersPanel, qtbot: QtBot) -> None:
    entry = named(panel, QLineEdit, "Place")
    QApplication.clipboard().setText("https://www.google.com/maps/@48.8583,2.2945,17z")
    qtbot.keyClick(entry, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    found = panel.filters(None)
    assert (found.latitude, found.longitude) == (48.8583, 2.2945)
    assert "48.8583° N, 2.2945° E" in said(panel)


def test_what_is_typed_in_another_case_is_taken_as_the_library_writes_it(panel: FiltersPanel, qtbot: QtBot) -> None:
    tag, cameras = named(panel, QLineEdit, "Tag"), named(panel, QLineEdit, "Cameras")
    tag.setText(" HARBOUR")
    cameras.setText("x100v ")
    found = panel.filters(None)
    assert (found.tag, found.cameras) == ("Harbour", ("X100V",))
    tag.setFocus()
    cameras.setFocus()
    assert tag.text() == "Harbour"
    tag.setText("harbor")
    assert "Tag (not in the library)" in said(panel)
    assert panel.problems() == {}


def test_a_completion_is_taken_by_enter_and_searches_for_nothing_yet(panel: FiltersPanel, qtbot: QtBot) -> None:
    entry = named(panel, QLineEdit, "Cameras")
    entry.setFocus()
    with qtbot.assertNotEmitted(panel.search_asked):
        QTest.keyClicks(entry, "eos")
        popup = completion(entry)
        qtbot.waitUntil(popup.isVisible)
        qtbot.keyClick(popup, Qt.Key.Key_Down)
        qtbot.keyClick(popup, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: entry.text() == "")
    assert panel.filters(None).cameras == ("Canon EOS R5",)
    QTest.keyClicks(entry, "FX6")
    with qtbot.waitSignal(panel.search_asked):
        qtbot.keyClick(entry, Qt.Key.Key_Return)
    assert panel.filters(None).cameras == ("Canon EOS R5", "FX6")
    assert entry.text() == ""


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("harbour.mp4", ("VI1",)),
        ("HARBOUR.MP4", ("VI1",)),
        ("pier at night.mp4", ("VI2",)),
        ("a.mp4", ("VI3", "VI4")),
        ("a.mp4 (VI4)", ("VI4",)),
        ("VI9, VI10; VI11", ("VI9", "VI10", "VI11")),
        ("pier", ()),
    ],
)
def test_videos_are_chosen_by_name_or_id(panel: FiltersPanel, typed: str, numbers: tuple[str, ...]) -> None:
    entry = named(panel, QLineEdit, "Videos")
    entry.setText(typed)
    assert panel.filters(None).video_nos == numbers
    assert ("video_nos" in panel.problems()) is not bool(numbers)
    entry.editingFinished.emit()
    assert entry.text() == ("" if numbers else typed)
    assert panel.filters(None).video_nos == numbers


def test_a_day_is_chosen_in_the_calendar(panel: FiltersPanel, qtbot: QtBot) -> None:
    button = named(panel, QAbstractButton, "Choose the capture time by a calendar")
    entry = named(panel, QLineEdit, "Taken")
    entry.setText("2026-03-14")

    def choose(way: str, day: QDate) -> None:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        calendar = named(panel, QCalendarWidget, "Day")
        qtbot.waitUntil(calendar.isVisible)
        assert (calendar.yearShown(), calendar.monthShown()) == (2026, 3)
        qtbot.mouseClick(named(panel, QAbstractButton, f"{way} the day"), Qt.MouseButton.LeftButton)
        calendar.setSelectedDate(day)
        view = named_view(calendar)
        qtbot.keyClick(view, Qt.Key.Key_Return)
        assert not calendar.isVisible()

    choose("Since", QDate(2026, 3, 10))
    assert entry.text() == "10 Mar 2026 to 14 Mar 2026"
    choose("Until", QDate(2026, 3, 12))
    assert entry.text() == "10 Mar 2026 to 12 Mar 2026"
    choose("Until", QDate(2026, 3, 2))
    assert entry.text() == "before 3 Mar 2026"
    choose("On", QDate(2026, 3, 1))
    assert entry.text() == "1 Mar 2026"
    choose("Since", QDate(2026, 3, 20))
    assert entry.text() == "since 20 Mar 2026"


def named_view(calendar: QCalendarWidget) -> QWidget:
    view = calendar.findChild(QWidget, "qt_calendar_calendarview")
    assert view is not None
    return view


def test_a_stretch_is_chosen_beside_the_calendar_and_escape_closes_it(panel: FiltersPanel, qtbot: QtBot) -> None:
    button = named(panel, QAbstractButton, "Choose the capture time by a calendar")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    calendar = named(panel, QCalendarWidget, "Day")
    qtbot.waitUntil(calendar.isVisible)
    with qtbot.assertNotEmitted(panel.left):
        qtbot.keyClick(named_view(calendar), Qt.Key.Key_Escape)
    assert not calendar.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    stretch = next(child for child in panel.findChildren(QPushButton) if child.text() == "Last month")
    qtbot.mouseClick(stretch, Qt.MouseButton.LeftButton)
    assert panel.filters(None).taken_after == utc("2026-10-01")


def test_a_namespace_is_taken_as_the_library_writes_it_and_one_that_is_not_there_is_told(
    panel: FiltersPanel, qtbot: QtBot
) -> None:
    entry = named(panel, QLineEdit, "Namespace")
    panel.set_namespaces(("Field work", "default"))
    entry.setText("field  work")
    assert panel.filters(None).namespace == "Field work"
    entry.setText("fieldwork")
    assert panel.filters(None).namespace == "fieldwork"
    assert "Namespace (not in the library)" in said(panel)
    assert panel.problems() == {}
    entry.clear()
    QTest.keyClicks(entry, "work")
    popup = completion(entry)
    qtbot.waitUntil(popup.isVisible)
    assert entry.text() == "work"  # nothing is written in behind it
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert panel.filters(None).namespace == "Field work"


def test_a_click_on_a_day_chooses_it(panel: FiltersPanel, qtbot: QtBot) -> None:
    named(panel, QLineEdit, "Taken").setText("since 2026-03-14")
    button = named(panel, QAbstractButton, "Choose the capture time by a calendar")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    calendar = named(panel, QCalendarWidget, "Day")
    qtbot.waitUntil(calendar.isVisible)
    view = calendar.findChild(QTableView, "qt_calendar_calendarview")
    assert view is not None
    cells = [view.model().index(row, column) for row in range(1, 7) for column in range(7)]
    first = next(cell for cell in cells if cell.data() == 1)  # those before are of February
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(first).center())
    assert not calendar.isVisible()
    assert named(panel, QLineEdit, "Taken").text() == "1 Mar 2026"
