"""The grid of the library under real keys and clicks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from desktop_search.core.library_items import ItemKind, LibraryItem
from desktop_search.core.library_rows import ItemArrangement, ItemGroup, ItemSort
from desktop_search.ui.browse.library_page import LibraryPage
from desktop_search.ui.commands.command_set import CommandSet
from tests.support.focus import wait_exposed

pytestmark = pytest.mark.display
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
LEFT, Key = Qt.MouseButton.LeftButton, Qt.Key


def item(number: int) -> LibraryItem:
    namespace = "a" if number < 5 else "b"
    return LibraryItem("local", ItemKind.VIDEO, namespace, f"VI{number}", f"{number:03}", "PARSE", width=1, fps=1.0)


class Desk:
    """Five cells in namespace "a", the others in "b", three in a line, by name."""

    def __init__(self, qtbot: QtBot, count: int = 12) -> None:
        self.qtbot, self.page = qtbot, LibraryPage(None, CommandSet())
        qtbot.addWidget(self.page)
        self.page.resize(600, 800)
        self.page.set_arrangement(ItemArrangement(ItemSort.NAME, descending=False, group=ItemGroup.NAMESPACE))
        self.page.show_kept([item(number) for number in range(count)])
        self.page.show()
        wait_exposed(qtbot, self.page)
        self.page.activateWindow()
        self.grid = self.page.views.grid
        self.grid.setFocus()
        qtbot.waitUntil(self.grid.hasFocus, timeout=20_000)

    def place(self, name: str) -> QPoint:
        model = self.page.model
        row = next(row for row in range(model.rowCount()) if str(model.index(row).data()) == name)
        return self.grid.visualRect(model.index(row)).center()

    def click(self, name: str, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> list[str]:
        self.qtbot.mouseClick(self.grid.viewport(), LEFT, keys, self.place(name))
        return self.chosen()

    def press(self, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> str:
        self.qtbot.keyClick(self.grid, key, keys)
        current = self.page.views.current()
        return "" if current is None else current.name

    def chosen(self) -> list[str]:
        return [each.name for each in self.page.views.chosen()]


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_keys_go_over_headings_and_choose_ranges(desk: Desk) -> None:
    assert [desk.press(key) for key in (Key.Key_Home, Key.Key_Right, Key.Key_Down)] == ["000", "001", "004"]
    assert [desk.press(key) for key in (Key.Key_Right, Key.Key_Down, Key.Key_Up)] == ["005", "008", "005"]
    assert [desk.press(key) for key in (Key.Key_End, Key.Key_PageUp, Key.Key_Home)] == ["011", "000", "000"]
    assert desk.press(Key.Key_Left) == "000"
    assert desk.press(Key.Key_Down, SHIFT) == "003"
    assert desk.chosen() == ["000", "001", "002", "003"]
    assert desk.press(Key.Key_Down, SHIFT) == "005"
    assert desk.chosen() == ["000", "001", "002", "003", "004", "005"]
    desk.press(Key.Key_A, CTRL)
    assert len(desk.chosen()) == 12


def test_clicks_choose_one_several_a_range_or_none(desk: Desk) -> None:
    assert desk.click("001") == ["001"]
    assert desk.click("006", CTRL) == ["001", "006"]
    assert desk.click("001", CTRL) == ["006"]
    assert desk.click("003") == ["003"]
    assert desk.click("006", SHIFT) == ["003", "004", "005", "006"]
    assert desk.click("001", SHIFT) == ["001", "002", "003"]
    assert desk.click("b · 7") == []
    desk.click("002")
    beside = QPoint(desk.place("002").x(), desk.place("004").y())
    desk.qtbot.mouseClick(desk.grid.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, beside)
    assert desk.chosen() == []


def test_a_drag_chooses_what_it_passes(desk: Desk) -> None:
    viewport = desk.grid.viewport()
    desk.qtbot.mousePress(viewport, LEFT, Qt.KeyboardModifier.NoModifier, desk.place("001"))
    for name in ("002", "004", "005"):
        desk.qtbot.mouseMove(viewport, desk.place(name))
    desk.qtbot.mouseRelease(viewport, LEFT, Qt.KeyboardModifier.NoModifier, desk.place("005"))
    assert desk.chosen() == ["001", "002", "003", "004", "005"]


def test_what_is_gone_to_comes_into_sight_and_stays_chosen_in_any_width(qtbot: QtBot) -> None:
    desk = Desk(qtbot, 400)
    views, room = desk.page.views, desk.grid.viewport().rect()
    assert len(views.in_sight()) < 30
    desk.press(Key.Key_End)
    assert views.in_sight()[-1].name == "399"
    assert room.contains(desk.place("399"))
    bottom = desk.grid.verticalScrollBar().value()
    assert desk.press(Key.Key_PageUp) != "399"
    assert desk.grid.verticalScrollBar().value() < bottom
    views.choose(item(200).key)
    assert room.contains(desk.place("200"))
    for width_px in (310, 900, 20):
        desk.page.resize(width_px, 700)
        assert desk.chosen() == ["200"]
    desk.page.resize(900, 700)
    desk.page.bar.words.setText("00")
    assert desk.grid.verticalScrollBar().value() <= desk.grid.verticalScrollBar().maximum()
    assert "100" in [each.name for each in views.in_sight()]


def test_a_screen_reader_finds_the_items(desk: Desk) -> None:
    spoken = QAccessible.queryAccessibleInterface(desk.grid)
    assert spoken.text(QAccessible.Text.Name) == "Items of the library"
    assert (spoken.role(), spoken.childCount()) == (QAccessible.Role.List, desk.page.model.rowCount())
    heading, first = spoken.child(0), spoken.child(1)
    assert heading.text(QAccessible.Text.Name) == "a · 5"
    assert first.text(QAccessible.Text.Name).startswith("000, searchable")
    assert desk.grid.viewport().rect().translated(desk.grid.mapToGlobal(QPoint())).contains(first.rect().center())
