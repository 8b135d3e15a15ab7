"""What a query is compared with: by key, by click, and what a picture or one clip leaves to choose."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDoubleSpinBox, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_search.core.commands import Place
from desktop_search.core.query import Platform, Scope, SearchFilters, SearchQuery, Strictness
from desktop_search.core.token import CancelToken, Pause
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.search.search_pane import SearchPane
from tests.qt.search.test_search_pane import field, named, shown_text
from tests.support.focus import wait_active

pytestmark = pytest.mark.display
CLIP = ("local", "default", "VI1")


@pytest.fixture
def pane(qtbot: QtBot) -> SearchPane:
    commands = CommandSet()
    made = SearchPane(commands)
    commands.attach(Place.WINDOW, made)
    qtbot.addWidget(made)
    made.resize(789, 200)  # beside the uploads in a window of 1024
    made.show()
    made.activateWindow()
    wait_active(qtbot, made)
    return made


def button(pane: SearchPane, name: str) -> QAbstractButton:
    return named(pane, QAbstractButton, name)


@pytest.mark.parametrize(
    ("key", "scope"),
    [
        (Qt.Key.Key_2, Scope.SEEN),
        (Qt.Key.Key_3, Scope.SAID),
        (Qt.Key.Key_4, Scope.PHRASE),
        (Qt.Key.Key_5, Scope.IMAGE),
        (Qt.Key.Key_6, Scope.PUBLIC),
    ],
)
def test_each_scope_has_a_key(pane: SearchPane, qtbot: QtBot, key: Qt.Key, scope: Scope) -> None:
    assert pane.query().scope is Scope.ALL
    qtbot.keyClick(field(pane), key, Qt.KeyboardModifier.ControlModifier)
    assert pane.query().scope is scope
    qtbot.keyClicks(field(pane), "cast off")
    with qtbot.waitSignal(pane.search_requested) as asked:
        qtbot.keyClick(field(pane), Qt.Key.Key_Return)
    assert asked.args == [SearchQuery("cast off", scope)]
    qtbot.keyClick(field(pane), Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert pane.query().scope is Scope.ALL


def test_the_platform_can_be_chosen_in_the_public_library_alone(pane: SearchPane, qtbot: QtBot) -> None:
    box = named(pane, QComboBox, "Platform")
    assert not box.isVisible()
    qtbot.keyClick(field(pane), Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    assert box.isVisible()
    qtbot.keyClicks(box, "You")
    assert pane.query().platform is Platform.YOUTUBE
    qtbot.keyClick(field(pane), Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert pane.query().platform is None
    assert not box.isVisible()


@pytest.mark.parametrize(
    "query",
    [
        SearchQuery("cast off", Scope.PHRASE),
        SearchQuery("storm", Scope.PUBLIC, platform=Platform.INSTAGRAM),
        SearchQuery(scope=Scope.PUBLIC, picture=Path("a.png"), similarity=0.5),
        SearchQuery("red", Scope.SEEN, picture=Path("a.png"), inside=CLIP, inside_name="take 1"),
    ],
)
def test_a_query_goes_there_and_back(pane: SearchPane, qtbot: QtBot, query: SearchQuery) -> None:
    pane.run_query(SearchQuery("before", Scope.IMAGE))
    with qtbot.waitSignal(pane.search_requested) as asked:
        pane.run_query(query)
    assert asked.args == [query]


def test_a_picture_is_compared_with_what_is_seen(pane: SearchPane, qtbot: QtBot, tmp_path: Path) -> None:
    qtbot.mouseClick(button(pane, "Search what is said"), Qt.MouseButton.LeftButton)
    pane.search_by(tmp_path / "frame.png")
    assert pane.query().scope is Scope.ALL
    assert not field(pane).isVisible()
    for name in ("Search what is said", "Search for an exact phrase", "Search still images"):
        assert not button(pane, name).isEnabled()
    qtbot.mouseClick(button(pane, "Search the public library"), Qt.MouseButton.LeftButton)
    assert pane.query().scope is Scope.PUBLIC
    qtbot.mouseClick(button(pane, "Remove the picture"), Qt.MouseButton.LeftButton)
    assert button(pane, "Search still images").isEnabled()


def test_inside_a_clip_a_picture_goes_with_words(pane: SearchPane, qtbot: QtBot, tmp_path: Path) -> None:
    qtbot.mouseClick(button(pane, "Search the public library"), Qt.MouseButton.LeftButton)
    pane.search_inside(CLIP, "take 1 & 2\n<b>")
    assert pane.query().scope is Scope.ALL
    assert not button(pane, "Search the public library").isEnabled()
    pane.search_by(tmp_path / "frame.png")
    alike = named(pane, QDoubleSpinBox, "Similarity")
    assert alike.isEnabled()
    qtbot.keyClicks(field(pane), "red")
    assert not alike.isEnabled()  # the library judges both together
    with qtbot.waitSignal(pane.search_requested) as asked:
        qtbot.keyClick(field(pane), Qt.Key.Key_Return)
    assert asked.args is not None
    query = asked.args[0]
    assert (query.words, query.picture, query.inside) == ("red", tmp_path / "frame.png", CLIP)
    chip = button(pane, "Search everywhere, not only inside take 1 & 2 <b>")
    assert chip.text() == "inside: take 1 && 2 <b>"
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert pane.query().inside is None
    assert not chip.isVisible()
    assert alike.isEnabled()
    assert not field(pane).isVisible()


def test_a_wait_is_told_with_its_seconds_and_escape_ends_it(pane: SearchPane, qtbot: QtBot) -> None:
    token = CancelToken()
    pane.set_busy(True, token)
    go = next(child for child in pane.findChildren(QAbstractButton) if child.text() == "Stop")
    token.pause = Pause("The library takes only so many calls at a time.", time.monotonic() + 9)
    qtbot.waitUntil(lambda: go.text() == "Stop · 9 s")
    assert "only so many calls at a time. Going on in 9 s" in shown_text(pane)
    qtbot.waitUntil(lambda: go.text() == "Stop · 8 s")
    with qtbot.waitSignal(pane.stop_requested):
        qtbot.keyClick(named(pane, QComboBox, "Strictness"), Qt.Key.Key_Escape)
    pane.set_busy(False)
    assert go.text() == "Search"
    assert "Going on" not in shown_text(pane)


def test_a_short_wait_moves_nothing(pane: SearchPane, qtbot: QtBot) -> None:
    token = CancelToken()
    pane.set_busy(True, token)
    token.pause = Pause("Full.", time.monotonic() + 1)
    qtbot.waitUntil(lambda: any(child.text() == "Stop · 1 s" for child in pane.findChildren(QAbstractButton)))
    assert "Full." not in shown_text(pane)


def test_all_scopes_fit_beside_the_rest_in_a_narrow_window(pane: SearchPane, qtbot: QtBot) -> None:
    qtbot.keyClick(field(pane), Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)  # with the platforms
    for child in (*pane.findChildren(QAbstractButton), *pane.findChildren(QComboBox)):
        if child.isVisible() and not isinstance(child.parent(), QLineEdit):
            right = child.mapTo(pane, child.rect().topRight()).x()
            assert right <= pane.width(), child.accessibleName()
            assert child.width() >= child.minimumSizeHint().width()
    assert pane.minimumSizeHint().width() <= 789


def test_filters_that_mean_nothing_in_public_are_said_to(pane: SearchPane, qtbot: QtBot) -> None:
    pane.run_query(SearchQuery("storm", Scope.PUBLIC, SearchFilters(top_k=20, strictness=Strictness.HIGH)))
    assert "public library knows no filters" not in shown_text(pane)
    pane.run_query(SearchQuery("storm", Scope.PUBLIC, SearchFilters(tag="harbour")))
    assert "public library knows no filters" in shown_text(pane)
    qtbot.keyClick(field(pane), Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert "public library knows no filters" not in shown_text(pane)


def test_words_take_the_place_of_a_picture_as_soon_as_they_are_typed(pane: SearchPane, tmp_path: Path) -> None:
    pane.search_by(tmp_path / "frame.png")
    pane.focus_field()
    here = QApplication.focusWidget()
    assert isinstance(here, QDoubleSpinBox)
    QTest.keyClicks(here, "0")
    assert pane.query().picture == tmp_path / "frame.png"
    QTest.keyClicks(here, "b")
    there = QApplication.focusWidget()
    assert isinstance(there, QLineEdit)
    QTest.keyClicks(there, "oat")
    assert (pane.query().words, pane.query().picture) == ("boat", None)
