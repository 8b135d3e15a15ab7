"""The filters: words for times, pasted places, completion from the library, chips and keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCalendarWidget,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_search.core.library_words import LibraryWords, VideoNames, Words
from desktop_search.core.query import Scope, SearchFilters, SearchQuery, Strictness
from desktop_search.core.when import Clock
from desktop_search.ui.search.filter_chips import FilterChips
from desktop_search.ui.search.filters_panel import FiltersPanel
from desktop_search.ui.search.search_pane import SearchPane
from tests.support.focus import wait_active, wait_exposed

W = TypeVar("W", bound=QWidget)
NOW = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)  # a Saturday
WORDS = LibraryWords(
    tags=Words(("Harbour", "night")),
    cameras=Words(("Canon EOS R5", "X100V")),
    videos=VideoNames({"VI1": "harbour.mp4", "VI2": "pier\nat night.mp4", "VI3": "a.mp4", "VI4": "a.mp4"}),
    is_whole=True,
)


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


@pytest.fixture
def pane(qtbot: QtBot) -> SearchPane:
    made = SearchPane()
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    made.activateWindow()
    wait_active(qtbot, made)
    return made


def named(parent: QWidget, kind: type[W], name: str) -> W:
    return next(child for child in parent.findChildren(kind) if child.accessibleName() == name)


def chips(pane: QWidget) -> list[str]:
    found = [
        child for child in pane.findChildren(QAbstractButton) if child.accessibleName().startswith("Remove filter")
    ]
    return [chip.accessibleName().removeprefix("Remove filter ") for chip in found if chip.isVisible()]


def said(parent: QWidget) -> str:
    return "\n".join(label.text() for label in parent.findChildren(QLabel) if label.isVisible())


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_words_for_a_time_are_understood_and_told(panel: FiltersPanel) -> None:
    named(panel, QLineEdit, "Taken").setText("last week")
    found = panel.filters(None)
    assert (found.taken_after, found.taken_before) == (utc("2026-11-09"), utc("2026-11-16"))
    assert "9 Nov 2026 to 15 Nov 2026" in said(panel)
    panel.set_filters(found)
    assert named(panel, QLineEdit, "Taken").text() == "last week"


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


def completion(entry: QLineEdit) -> QWidget:
    completer = entry.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    return popup


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


def test_several_chips_go_one_by_one_by_keys_and_all_at_once(pane: SearchPane, qtbot: QtBot) -> None:
    pane.filters.set_words(WORDS)
    pane.run_query(SearchQuery("x", filters=SearchFilters(tag="sea", cameras=("A", "B"), video_nos=("VI2",), top_k=7)))
    qtbot.waitUntil(lambda: len(chips(pane)) == 5)
    assert chips(pane) == ["best 7", "tag: sea", "camera: A", "camera: B", "in pier at night.mp4"]
    chip = named(pane, QAbstractButton, "Remove filter camera: A")
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert pane.query().filters.cameras == ("B",)
    here = QApplication.focusWidget()
    assert here is not None
    assert here.accessibleName() == "Remove filter camera: B"
    clear = named(pane, QAbstractButton, "Clear all filters")
    qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert pane.query().filters == SearchFilters()
    assert chips(pane) == []
    assert QApplication.focusWidget() is named(pane, QLineEdit, "Search words")


def test_the_last_chip_that_goes_by_a_key_gives_the_focus_to_the_query(pane: SearchPane, qtbot: QtBot) -> None:
    pane.run_query(SearchQuery("x", filters=SearchFilters(strictness=Strictness.HIGH)))
    chip = named(pane, QAbstractButton, "Remove filter strictness: high")
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Backspace)
    assert pane.query().filters == SearchFilters()
    assert QApplication.focusWidget() is named(pane, QLineEdit, "Search words")


def test_chips_of_many_videos_do_not_fill_the_pane(qtbot: QtBot) -> None:
    made = FilterChips()
    qtbot.addWidget(made)
    numbers = tuple(f"VI{number}" for number in range(100))
    made.show_filters(SearchFilters(video_nos=numbers), {"VI0": "a very long name " * 9})
    made.show()
    wait_exposed(qtbot, made)
    assert len(chips(made)) == 8
    assert chips(made)[-1] == "in 93 more videos"
    assert len(named(made, QAbstractButton, f"Remove filter in {'a very long name ' * 9}".rstrip()).text()) == 44
    with qtbot.waitSignal(made.removed) as gone:
        qtbot.mouseClick(named(made, QAbstractButton, "Remove filter in 93 more videos"), Qt.MouseButton.LeftButton)
    assert gone.args == [SearchFilters(video_nos=numbers[:7])]


@pytest.fixture(scope="module")
def shared(qapp: QApplication) -> Iterator[SearchPane]:
    made = SearchPane()
    yield made
    made.deleteLater()
    QApplication.processEvents()


words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30)
times = st.datetimes(datetime(1900, 1, 1), datetime(2190, 1, 1)).map(lambda time: time.replace(microsecond=0))  # noqa: DTZ001
places = st.tuples(st.none(), st.none()) | st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@st.composite
def all_filters(draw: st.DrawFn) -> SearchFilters:
    latitude, longitude = draw(places)
    start, end = draw(st.none() | times), draw(st.none() | times)
    if start is not None and end is not None and end <= start:
        end = None
    return SearchFilters(
        namespace=draw(words),
        top_k=draw(st.integers(1, 1000)),
        strictness=draw(st.none() | st.sampled_from(Strictness)),
        video_nos=tuple(draw(st.lists(words, max_size=100, unique=True))),
        tag=draw(st.just("") | words),
        cameras=tuple(draw(st.lists(words, max_size=5, unique=True))),
        taken_after=start,
        taken_before=end,
        latitude=latitude,
        longitude=longitude,
    )


@settings(max_examples=60, deadline=None)
@given(all_filters(), all_filters())
def test_every_state_of_the_filters_goes_there_and_back(
    shared: SearchPane, first: SearchFilters, then: SearchFilters
) -> None:
    asked: list[SearchQuery] = []
    shared.search_requested.connect(asked.append)
    try:
        for filters in (first, then):
            shared.run_query(SearchQuery("boat", Scope.SEEN, filters))
            assert shared.query().filters == filters
    finally:
        shared.search_requested.disconnect(asked.append)
    assert [query.filters for query in asked] == [first, then]


def test_signs_in_names_are_shown_as_they_are(qtbot: QtBot) -> None:
    made = FilterChips()
    qtbot.addWidget(made)
    made.show_filters(SearchFilters(tag="R&D <b>x</b>"))
    (chip,) = (child for child in made.findChildren(QAbstractButton) if child.accessibleName().startswith("Remove"))
    assert chip.accessibleName() == "Remove filter tag: R&D <b>x</b>"
    assert chip.text() == "tag: R&&D <b>x</b>"  # one "&" would underline the letter behind it
    assert "&lt;b&gt;" in chip.toolTip()  # a tip that looks like HTML is read as such


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


def test_tab_goes_through_the_fields_in_their_order(pane: SearchPane, qtbot: QtBot) -> None:
    qtbot.mouseClick(named(pane, QAbstractButton, "Filters"), Qt.MouseButton.LeftButton)
    pane.run_query(SearchQuery("x", filters=SearchFilters(tag="sea", top_k=7)))
    named(pane, QComboBox, "Namespace").setFocus()
    names = []
    for _step in range(11):
        here = QApplication.focusWidget()
        assert here is not None
        names.append(here.accessibleName())
        qtbot.keyClick(here, Qt.Key.Key_Tab)
    assert names == [
        "Namespace",
        "Results (1 to 1000)",
        "Tag",
        "Cameras",
        "Taken",
        "Choose the capture time by a calendar",
        "Place",
        "Videos",
        "Remove filter best 7",
        "Remove filter tag: sea",
        "Clear all filters",
    ]


def test_escape_closes_what_is_offered_first_and_then_the_panel(pane: SearchPane, qtbot: QtBot) -> None:
    qtbot.mouseClick(named(pane, QAbstractButton, "Filters"), Qt.MouseButton.LeftButton)
    pane.filters.set_words(WORDS)
    entry = named(pane, QLineEdit, "Tag")
    entry.setFocus()
    QTest.keyClicks(entry, "ni")
    popup = completion(entry)
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert entry.isVisible()
    qtbot.keyClick(entry, Qt.Key.Key_Escape)
    assert not entry.isVisible()
    assert pane.query().filters.tag == "ni"
    assert chips(pane) == ["tag: ni"]


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
