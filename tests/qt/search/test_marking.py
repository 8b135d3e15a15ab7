"""Marks by key and menu: what the list shows, hides, and what is kept in the catalog; with undo."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop_search.catalog.database import Catalog
from desktop_search.core.errors import AppError
from desktop_search.core.hits import Hit, SearchAnswer
from desktop_search.core.marks import NO_MARK, Mark
from desktop_search.core.query import Scope, SearchQuery
from desktop_search.jobs.runner import JobRunner
from desktop_search.models.results_model import Role
from desktop_search.services.marks import Marks
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.search.marks_controller import MarksController
from desktop_search.ui.search.result_menu import ResultMenu
from desktop_search.ui.search.results_pane import ResultsPane
from desktop_search.ui.style.theme import Theme, apply_theme
from tests.support.controls import controls, looks_focused, named, texts_cut_off, walk
from tests.support.focus import wait_active

pytestmark = pytest.mark.display
HITS = tuple(
    Hit(f"VI{n}", f"take {n}.mp4", 10_000 * n, 10_000 * n + 900, 0.9 - n / 10, "", Scope.SEEN, library_id="local")
    for n in range(4)
)
ALL = "Ctrl+A"


class Desk:
    """The pane with its marks, kept in a catalog of the test's own."""

    def __init__(self, qtbot: QtBot, catalog: Catalog) -> None:
        self.qtbot, self.catalog, self.store = qtbot, catalog, Marks(catalog)
        self.runner, commands = JobRunner(), CommandSet()
        self.pane = ResultsPane(commands=commands)
        qtbot.addWidget(self.pane)
        self.menu = ResultMenu(self.pane, commands)
        self.marks = MarksController(self.runner, self.store, self.pane, self.menu, commands)
        self.problems: list[AppError] = []
        self.marks.failed.connect(self.problems.append)

    def answer(self, hits: tuple[Hit, ...] = HITS) -> None:
        self.pane.show_answer(SearchQuery("boat"), SearchAnswer(hits), 0.1)
        self.pane.focus_list()

    def press(self, keys: str) -> None:
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keySequence(target, keys)

    def shown(self) -> list[str]:
        model = self.pane.view.model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def mark(self, row: int) -> Mark:
        found: Mark = self.pane.view.model().index(row, 0).data(Role.MARK)
        return found

    def wait_mark(self, row: int, mark: Mark) -> None:
        self.qtbot.waitUntil(lambda: self.mark(row) == mark)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with closing(Catalog(tmp_path / "catalog.db")) as catalog:
        made = Desk(qtbot, catalog)
        made.pane.resize(520, 600)
        made.pane.show()
        made.pane.activateWindow()
        wait_active(qtbot, made.pane)
        made.answer()
        yield made
        made.runner.shut_down()


def test_digits_rate_and_zero_clears(desk: Desk) -> None:
    desk.press("4")
    desk.wait_mark(0, Mark(4))
    assert desk.store.of(HITS) == {HITS[0]: Mark(4)}
    desk.press("2")
    desk.wait_mark(0, Mark(2))
    assert "2 stars" in str(desk.pane.view.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    desk.press("0")
    desk.wait_mark(0, NO_MARK)
    assert desk.store.of(HITS) == {}


def test_many_are_rated_at_once_and_taken_back_at_once(desk: Desk) -> None:
    desk.press(ALL)
    desk.press("5")
    desk.wait_mark(3, Mark(5))
    assert all(desk.mark(row) == Mark(5) for row in range(4))
    desk.press("Ctrl+Z")
    desk.wait_mark(0, NO_MARK)
    assert desk.store.of(HITS) == {}
    desk.press("Ctrl+Shift+Z")
    desk.wait_mark(2, Mark(5))


def test_rejected_ones_are_hidden_counted_and_shown(desk: Desk, qtbot: QtBot) -> None:
    desk.pane.select(1)
    with qtbot.waitSignal(desk.pane.hit_chosen) as chosen:  # the next one takes its place
        desk.press("X")
    assert chosen.args == [HITS[2]]
    assert desk.shown() == ["take 0.mp4", "take 2.mp4", "take 3.mp4"]
    bar = desk.marks.bar
    assert (bar.isVisible(), bar.hidden.text(), bar.rejected.text()) == (True, "1 rejected", "Show")
    qtbot.mouseClick(bar.rejected, Qt.MouseButton.LeftButton)
    assert desk.shown() == [f"take {n}.mp4" for n in range(4)]
    assert desk.mark(1).is_rejected
    desk.pane.select(1)
    desk.pane.focus_list()
    desk.press("X")  # rejected already: taken back
    desk.wait_mark(1, NO_MARK)
    desk.press("Ctrl+Z")
    desk.wait_mark(1, Mark(is_rejected=True))
    qtbot.mouseClick(bar.rejected, Qt.MouseButton.LeftButton)
    assert len(desk.shown()) == 3


def test_the_last_one_can_be_rejected_too(desk: Desk, qtbot: QtBot) -> None:
    desk.press(ALL)
    desk.press("X")
    qtbot.waitUntil(lambda: desk.shown() == [])
    assert desk.marks.bar.hidden.text() == "4 rejected"
    assert desk.pane.chosen() == ()
    desk.press("3")  # nothing is chosen: nothing happens
    desk.press("Ctrl+Z")
    qtbot.waitUntil(lambda: len(desk.shown()) == 4)
    assert desk.store.of(HITS) == {}


def test_a_note_is_typed_in_place(desk: Desk, qtbot: QtBot) -> None:
    desk.press("N")
    editor = desk.marks.editor
    qtbot.waitUntil(lambda: QApplication.focusWidget() is editor.note)
    qtbot.keyClicks(editor.note, "gulls 5 x")  # keys of the list are letters here
    qtbot.keyClick(editor.note, Qt.Key.Key_Return)
    desk.wait_mark(0, Mark(note="gulls 5 x"))
    assert QApplication.focusWidget() is desk.pane.view
    assert not editor.isVisible()
    desk.press("N")
    qtbot.keyClicks(editor.note, "something else")
    qtbot.keyClick(editor.note, Qt.Key.Key_Escape)
    desk.press("1")
    desk.wait_mark(0, Mark(1, "gulls 5 x"))


def test_tags_are_added_to_many_that_differ(desk: Desk, qtbot: QtBot) -> None:
    desk.press("T")
    entry = desk.marks.editor.tags.entry
    qtbot.waitUntil(lambda: QApplication.focusWidget() is entry)
    qtbot.keyClicks(entry, "sea, gull")
    qtbot.keyClick(entry, Qt.Key.Key_Return)
    qtbot.keyClick(entry, Qt.Key.Key_Return)
    desk.wait_mark(0, Mark(tags=("sea", "gull")))
    desk.press(ALL)
    desk.press("T")
    qtbot.keyClicks(entry, "day")
    qtbot.mouseClick(desk.marks.editor._keep, Qt.MouseButton.LeftButton)
    desk.wait_mark(3, Mark(tags=("day",)))
    assert desk.mark(0) == Mark(tags=("sea", "gull", "day"))
    assert desk.pane.chosen() == HITS
    box = desk.marks.bar.tag
    assert [box.itemText(row) for row in range(box.count())] == ["Any tag", "day", "gull", "sea"]
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.currentText() == "gull"
    assert desk.shown() == ["take 0.mp4"]


def test_only_well_rated_ones_are_shown_also_of_the_next_answer(desk: Desk, qtbot: QtBot) -> None:
    desk.press("3")
    desk.wait_mark(0, Mark(3))
    box = desk.marks.bar.rating
    box.setFocus()
    for _ in range(2):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert (box.currentText(), desk.shown()) == ("★★ or more", ["take 0.mp4"])
    desk.answer((HITS[3], HITS[0]))
    qtbot.waitUntil(lambda: desk.shown() == ["take 0.mp4"])
    for _ in range(2):
        qtbot.keyClick(box, Qt.Key.Key_Up)
    assert desk.shown() == ["take 3.mp4", "take 0.mp4"]


def test_the_menu_shows_what_is_on(desk: Desk, qtbot: QtBot) -> None:
    desk.press("4")
    desk.wait_mark(0, Mark(4))
    desk.press("Shift+F10")
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    rate = next(each.menu() for each in menu.actions() if each.text() == "Rate")
    assert isinstance(rate, QMenu)
    assert [each.text().split("\t")[0] for each in rate.actions() if each.isChecked()] == ["Rate ★★★★"]
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)


def test_marks_that_cannot_be_kept_say_so(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: desk.mark(0) == NO_MARK)
    desk.catalog.close()
    desk.press("4")
    qtbot.waitUntil(lambda: bool(desk.problems))
    assert desk.mark(0) == NO_MARK


def test_marks_are_there_before_the_last_library_has_answered(desk: Desk, qtbot: QtBot) -> None:
    desk.store.change([HITS[3]], lambda mark: mark.rated(2), "")
    desk.store.change([HITS[2]], lambda mark: mark.rejected(True), "")
    desk.pane.show_answer(SearchQuery("boat"), SearchAnswer(HITS[:1]), 0.1)
    desk.pane.show_answer(SearchQuery("boat"), SearchAnswer((HITS[0], *HITS[2:])), 0.2, is_continued=True)
    qtbot.waitUntil(lambda: desk.shown() == ["take 0.mp4", "take 3.mp4"])
    assert desk.mark(1) == Mark(2)


def test_there_is_no_line_of_marks_where_there_is_no_list(desk: Desk, qtbot: QtBot) -> None:
    desk.press("4")
    qtbot.waitUntil(desk.marks.bar.isVisible)
    desk.pane.show_answer(SearchQuery("unicorn"), SearchAnswer(), 0.1)
    assert not desk.marks.bar.isVisible()
    desk.answer()
    qtbot.waitUntil(desk.marks.bar.isVisible)


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK])
@pytest.mark.parametrize("key", ["N", "T"])
def test_controls_are_named_reached_seen_and_whole_in_a_narrow_pane(
    desk: Desk, qtbot: QtBot, theme: Theme, key: str
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, theme)
    desk.store.change(HITS[1:], lambda mark: mark.rejected(True).tagged(["a very long tag indeed, so long"]), "")
    desk.answer()
    qtbot.waitUntil(lambda: desk.marks.bar.rejected.isVisible())
    desk.pane.resize(320, 560)
    desk.press(ALL)
    desk.press(key)
    qtbot.waitUntil(desk.marks.editor.isVisible)
    assert texts_cut_off(desk.pane, qtbot) == []
    ours = [each for part in (desk.marks.bar, desk.marks.editor) for each in part.findChildren(QWidget)]
    mine = [each for each in controls(desk.pane) if each in ours]
    assert [type(each).__name__ for each in mine if not named(each)] == []
    assert len(mine) >= 6
    reached = set(walk(desk.pane.view, qtbot))
    assert [named(each) for each in mine if each not in reached] == []
    assert [named(each) for each in mine if not looks_focused(each, desk.pane.view)] == []
