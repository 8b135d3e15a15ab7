"""The filters that are on, as chips; and the ways by keys through fields and chips."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_search.core.query import SearchFilters, SearchQuery, Strictness
from desktop_search.ui.search.filter_chips import FilterChips
from desktop_search.ui.search.search_pane import SearchPane
from desktop_search.ui.style.theme import style_sheet
from desktop_search.ui.style.tokens import DARK
from tests.qt.search.filter_parts import WORDS, chips, completion, named, shown_pane
from tests.support.focus import wait_exposed


@pytest.fixture
def pane(qtbot: QtBot) -> SearchPane:
    return shown_pane(qtbot)


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
    chip = named(pane, QAbstractButton, "Remove filter strictness: High")
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
    assert len(named(made, QAbstractButton, f"Remove filter in {'a very long name ' * 9}".rstrip()).text()) == 60
    with qtbot.waitSignal(made.removed) as gone:
        qtbot.mouseClick(named(made, QAbstractButton, "Remove filter in 93 more videos"), Qt.MouseButton.LeftButton)
    assert gone.args == [SearchFilters(video_nos=numbers[:7])]


def test_signs_in_names_are_shown_as_they_are(qtbot: QtBot) -> None:
    made = FilterChips()
    qtbot.addWidget(made)
    made.show_filters(SearchFilters(tag="R&D <b>x</b>"))
    (chip,) = (child for child in made.findChildren(QAbstractButton) if child.accessibleName().startswith("Remove"))
    assert chip.accessibleName() == "Remove filter tag: R&D <b>x</b>"
    assert chip.text() == "tag: R&&D <b>x</b>"  # one "&" would underline the letter behind it
    assert "&lt;b&gt;" in chip.toolTip()  # a tip that looks like HTML is read as such


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


def test_chips_that_change_while_one_types_never_lie_upon_each_other(qtbot: QtBot) -> None:
    shown = QWidget()
    qtbot.addWidget(shown)
    shown.setStyleSheet(style_sheet(DARK))
    chips_on_show = FilterChips()
    QVBoxLayout(shown).addWidget(chips_on_show)
    shown.resize(700, 120)
    shown.show()
    wait_exposed(qtbot, shown)
    for tag in ("", "a", "a,", "a,b", "a,b,,;c"):
        for top_k in (9, 99, 9999):
            chips_on_show.show_filters(SearchFilters(tag=tag, top_k=top_k))
            QApplication.processEvents()
            areas = [each.geometry() for each in chips_on_show.findChildren(QAbstractButton) if each.isVisible()]
            assert not any(one.intersects(other) for one, other in combinations(areas, 2)), (tag, top_k, areas)
