"""The page of places by mouse and by keys, and how map, time line and filters follow each other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop_search.core.areas import Area
from desktop_search.core.map_points import PlacedClip
from desktop_search.core.map_projection import flat_of
from desktop_search.core.places import Place, ground_in, with_ground
from desktop_search.core.query import SearchFilters
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.places.places_page import PlacesPage
from desktop_search.ui.places.world import read_world
from tests.support.focus import wait_active

pytestmark = pytest.mark.display

BERLIN, PARIS = Place(52.52, 13.405), Place(48.8566, 2.3522)
SHIFT = Qt.KeyboardModifier.ShiftModifier


def clip(number: int, place: Place | None, month: int) -> PlacedClip:
    taken_ms = round(datetime(2026, month, 15, 12, tzinfo=UTC).timestamp() * 1000)
    return PlacedClip(("local", "default", f"VI{number}"), f"clip {number}", place, taken_ms)


CLIPS = (clip(1, BERLIN, 1), clip(2, BERLIN, 6), clip(3, PARIS, 6), clip(4, None, 12))


@pytest.fixture
def page(qtbot: QtBot) -> PlacesPage:
    """With four clips; what is chosen on it becomes its filters at once, as in the window."""
    page = PlacesPage(CommandSet())
    qtbot.addWidget(page)
    page.filters_chosen.connect(page.set_filters)
    page.resize(700, 640)
    page.set_world(read_world())
    page.set_clips(CLIPS)
    page.show()
    page.activateWindow()
    wait_active(qtbot, page)
    page.enter()
    qtbot.waitUntil(page.map.hasFocus)
    return page


def at(page: PlacesPage, place: Place) -> QPoint:
    return page.map.point_of(flat_of(place.latitude, place.longitude)).toPoint()


def ground(page: PlacesPage) -> Place | Area | None:
    return ground_in(page._filters)


def test_a_circle_is_chosen_by_a_click_and_its_clips_are_listed(page: PlacesPage, qtbot: QtBot) -> None:
    page.set_hits({CLIPS[1].clip})
    qtbot.mouseClick(page.map, Qt.MouseButton.LeftButton, pos=at(page, BERLIN))
    rows = page.chosen.view.model()
    assert [rows.index(row, 0).data().split(" · ")[0] for row in range(rows.rowCount())] == ["clip 2", "clip 1"]
    assert page.map.accessibleDescription() == "2 clips near 52.52° N, 13.405° E, 1 of them found"
    with qtbot.waitSignal(page.clip_opened) as opened:
        qtbot.keyClick(page.chosen.view, Qt.Key.Key_Return)
    assert opened.args == [CLIPS[1]]
    qtbot.mouseClick(page.map, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert not page.chosen.isVisible()


def test_the_keys_walk_from_circle_to_circle_open_one_and_search_near_it(page: PlacesPage, qtbot: QtBot) -> None:
    for _step in range(3):  # Paris, Berlin, and around
        qtbot.keyClick(page.map, Qt.Key.Key_N)
    with qtbot.waitSignal(page.clip_opened) as opened:
        qtbot.keyClick(page.map, Qt.Key.Key_Return)
    assert opened.args == [CLIPS[2]]
    qtbot.keyClick(page.map, Qt.Key.Key_F)
    assert ground(page) == PARIS
    assert [each.count for each in page.plot.bins] == [1]  # the time line counts what is near
    qtbot.keyClick(page.map, Qt.Key.Key_Backspace)
    assert ground(page) is None


def test_near_a_circle_are_all_of_its_clips(page: PlacesPage, qtbot: QtBot) -> None:
    """They may lie further apart than what the service takes as near."""
    while len(page.map.clusters()) > 1:
        page.map.zoom_out()
    qtbot.keyClick(page.map, Qt.Key.Key_N)
    qtbot.keyClick(page.map, Qt.Key.Key_F)
    assert ground(page) == Area(PARIS.latitude, PARIS.longitude, BERLIN.latitude, BERLIN.longitude)
    assert sum(each.count for each in page.plot.bins) == 3


def test_where_nothing_was_captured_the_time_line_says_so(page: PlacesPage) -> None:
    page.filters_chosen.emit(with_ground(SearchFilters(), Place(0.0, 0.0)))
    assert page.plot.words == "No clip with a capture date is from the chosen place."
    page.set_clips(())
    assert page.plot.words == "No clip has a capture date yet."


def test_the_map_is_moved_and_zoomed_by_mouse_and_keys(page: PlacesPage, qtbot: QtBot) -> None:
    start, there = page.map.view, at(page, BERLIN)
    turn = QPoint(0, 240)
    none, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    wheel = QWheelEvent(
        QPointF(there), page.map.mapToGlobal(there), QPoint(), turn, Qt.MouseButton.NoButton, none, phase, False
    )
    QApplication.sendEvent(page.map, wheel)
    assert page.map.view.world_px > start.world_px
    assert (at(page, BERLIN) - there).manhattanLength() <= 2
    QTest.mousePress(page.map, Qt.MouseButton.LeftButton, pos=there)
    QTest.mouseMove(page.map, there + QPoint(80, -50))
    QTest.mouseRelease(page.map, Qt.MouseButton.LeftButton, pos=there + QPoint(80, -50))
    assert (at(page, BERLIN) - there - QPoint(80, -50)).manhattanLength() <= 2
    assert page.map.cluster is None  # a drag chooses nothing
    for keys, is_closer in (("+", True), ("-", False)):
        before = page.map.view.world_px
        qtbot.keyClicks(page.map, keys)
        assert (page.map.view.world_px > before) is is_closer
    before_x = page.map.view.x
    qtbot.keyClick(page.map, Qt.Key.Key_Right)
    assert page.map.view.x > before_x
    qtbot.keyClick(page.map, Qt.Key.Key_Home)
    assert page.map.view == start


def test_a_rectangle_is_drawn_or_taken_from_what_is_on_show(page: PlacesPage, qtbot: QtBot) -> None:
    page.bar.draw.click()
    middle = at(page, BERLIN)
    QTest.mousePress(page.map, Qt.MouseButton.LeftButton, pos=middle - QPoint(20, 20))
    QTest.mouseMove(page.map, middle + QPoint(20, 20))
    QTest.mouseRelease(page.map, Qt.MouseButton.LeftButton, pos=middle + QPoint(20, 20))
    drawn = ground(page)
    assert isinstance(drawn, Area)
    assert drawn.has(BERLIN.latitude, BERLIN.longitude)
    assert not drawn.has(PARIS.latitude, PARIS.longitude)
    assert not page.bar.draw.isChecked()
    assert sum(each.count for each in page.plot.bins) == 2
    page.enter()
    qtbot.keyClick(page.map, Qt.Key.Key_R)
    shown = ground(page)
    assert isinstance(shown, Area)
    assert shown.has(PARIS.latitude, PARIS.longitude)


def test_a_span_is_dragged_on_the_time_line_and_narrows_the_map(page: PlacesPage, qtbot: QtBot) -> None:
    plot = page.plot
    assert [each.count for each in plot.bins] == [1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 1]
    first = plot.bar_of(5).center().toPoint()
    QTest.mousePress(plot, Qt.MouseButton.LeftButton, pos=first)
    QTest.mouseMove(plot, QPoint(plot.width() - 10, first.y()))
    QTest.mouseRelease(plot, Qt.MouseButton.LeftButton, pos=QPoint(plot.width() - 10, first.y()))
    filters = page._filters
    assert filters.taken_after is not None
    assert filters.taken_before is not None
    assert {each.clip for circle in page.map.clusters() for each in circle.clips} == {CLIPS[1].clip, CLIPS[2].clip}
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_Escape)
    assert page._filters == SearchFilters()


def test_a_span_is_chosen_by_keys_and_said(page: PlacesPage, qtbot: QtBot) -> None:
    plot = page.plot
    plot.setFocus()
    qtbot.waitUntil(plot.hasFocus)
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert "1 clip" in plot.accessibleDescription()
    for _bar in plot.bins[1:]:
        qtbot.keyClick(plot, Qt.Key.Key_Right, SHIFT)
    assert "4 clips" in plot.accessibleDescription()
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert page._filters.taken_after is not None
    for _step in range(6):
        qtbot.keyClick(plot, Qt.Key.Key_Plus)
    assert plot.bins[0].end - plot.bins[0].start == timedelta(1)  # closer, days fit
    for _step in range(8):
        qtbot.keyClick(plot, Qt.Key.Key_Minus)
    assert sum(each.count for each in plot.bins) == 4


def test_a_place_is_chosen_from_the_menu(page: PlacesPage, qtbot: QtBot) -> None:
    spot = at(page, PARIS) + QPoint(40, 0)
    right = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, page.map.mapToGlobal(spot))
    QApplication.sendEvent(page.map, right)
    (menu,) = page.map.findChildren(QMenu)
    qtbot.waitUntil(menu.isVisible)
    menu.setActiveAction(menu.actions()[0])
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    chosen = ground(page)
    assert isinstance(chosen, Place)
    assert chosen.latitude == pytest.approx(PARIS.latitude, abs=0.2)
    assert chosen.longitude > PARIS.longitude + 0.1


def test_what_comes_while_nobody_looks_is_shown_later(page: PlacesPage) -> None:
    page.hide()
    before = page.map.clusters()
    page.set_clips(CLIPS[:1])
    page.set_hits({CLIPS[0].clip})
    assert page.map.clusters() == before
    page.show()
    (circle,) = page.map.clusters()
    assert (circle.clips, circle.hits) == (CLIPS[:1], 1)


@pytest.mark.parametrize(
    ("clips", "words"),
    [((), "has no clips yet"), ((clip(1, None, 1),), "says where it was captured"), (CLIPS, "")],
)
def test_it_says_how_to_get_places(page: PlacesPage, clips: tuple[PlacedClip, ...], words: str) -> None:
    page.set_clips(clips)
    assert words in page._empty.text()
    assert page._empty.isVisible() is bool(words)


def test_the_chosen_circle_and_its_clip_outlive_news(page: PlacesPage, qtbot: QtBot) -> None:
    QTest.mouseClick(page.map, Qt.MouseButton.LeftButton, pos=at(page, BERLIN))
    view = page.chosen.view
    view.setCurrentIndex(view.model().index(1, 0))
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    page.set_clips((*CLIPS, clip(5, BERLIN, 3)))
    assert "3 clips" in page.chosen._words.text()
    assert view.hasFocus()
    assert str(view.currentIndex().data()).startswith("clip 2")
    page.set_clips(CLIPS[2:])  # nobody knows the place any more
    assert page.map.cluster is None
    assert not page.chosen.isVisible()
