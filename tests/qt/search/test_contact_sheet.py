"""The contact sheet: stills that arrive, where they lead, stopping and going on."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_search.core.errors import NetworkError, NotFound
from desktop_search.core.hits import ClipKey, Hit, SearchAnswer
from desktop_search.core.outline import Outline
from desktop_search.core.query import Scope, SearchQuery
from desktop_search.core.timecode import Timebase
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner
from desktop_search.models.sheet_model import SheetRole
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.search.contact_sheet import ContactSheet
from desktop_search.ui.search.result_menu import ResultMenu
from desktop_search.ui.search.results_pane import ResultsPane
from desktop_search.ui.search.sheet_controller import SheetController
from desktop_search.ui.style.theme import Theme, apply_theme
from tests.support.controls import controls, looks_focused, named, texts_cut_off, walk
from tests.support.focus import wait_active

pytestmark = pytest.mark.display
HITS = (
    Hit("VI1", "pier.mov", 10_000, 14_000, 0.9, "", Scope.SEEN, library_id="local"),
    Hit("VI1", "pier.mov", 31_000, 33_000, 0.8, "", Scope.SEEN, library_id="local"),
    Hit("VI2", "gone.mov", 0, 4000, 0.7, "", Scope.SEEN, library_id="local"),
)
COUNT = 12


@dataclass(frozen=True)
class OneStill:
    at_ms: int
    jpeg: bytes


class Desk:
    """The list and its sheets; a still each five seconds, from the third on when the gate is open."""

    def __init__(self, qtbot: QtBot) -> None:
        self.runner, commands = JobRunner(), CommandSet()
        self.pane = ResultsPane(commands=commands)
        qtbot.addWidget(self.pane)
        menu = ResultMenu(self.pane, commands)
        self.controller = SheetController(self.runner, self, self, self.timebases, self.pane.hits, menu, self.pane)
        self.gate, self.cued = threading.Event(), list[Hit]()
        self.gate.set()
        self.has_outline, self.shots = True, list[tuple[int, ...]]()
        self.controller.cue_asked.connect(self.cued.append)

    def timebases(self, hits: Sequence[Hit], _token: CancelToken) -> dict[ClipKey, Timebase]:
        return {hit.clip: Timebase(Fraction(25), start_frame=90_000) for hit in hits}

    def outline(self, hit: Hit, _token: CancelToken) -> Outline:
        if self.has_outline:
            return Outline((0, 7000))
        raise NetworkError("The engine does not answer.")

    def sheet(
        self,
        hit: Hit,
        shots_ms: Sequence[int],
        token: CancelToken,
        report: Callable[[tuple[OneStill, int]], None],
    ) -> None:
        self.shots.append(tuple(shots_ms))
        if hit.video_no != "VI1":
            raise NotFound("This clip is not on this computer.")
        data = io.BytesIO()
        Image.new("RGB", (160, 90), "teal").save(data, "JPEG")
        for number in range(COUNT):
            while number >= 3 and not self.gate.is_set():
                token.wait(0.01)
            token.check()
            report((OneStill(5000 * number, data.getvalue()), COUNT))

    @property
    def window(self) -> ContactSheet:
        assert self.controller.sheet is not None
        return self.controller.sheet


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    made.pane.resize(520, 600)
    made.pane.show()
    made.pane.activateWindow()
    wait_active(qtbot, made.pane)
    made.pane.show_answer(SearchQuery("boat"), SearchAnswer(HITS), 0.1)
    made.pane.focus_list()
    yield made
    made.gate.set()
    made.runner.shut_down()


def rows(desk: Desk, role: int = Qt.ItemDataRole.DisplayRole) -> list[object]:
    model = desk.window.model
    return [model.index(row).data(role) for row in range(model.rowCount())]


def open_by_key(desk: Desk, qtbot: QtBot) -> None:
    QTest.keyClick(desk.pane.view, Qt.Key.Key_C)
    wait_active(qtbot, desk.window)


def test_stills_have_timecodes_and_hits_are_marked(desk: Desk, qtbot: QtBot) -> None:
    open_by_key(desk, qtbot)
    qtbot.waitUntil(lambda: desk.window.words.text() == "12 stills")
    assert rows(desk)[:3] == ["01:00:00:00", "01:00:05:00", "01:00:10:00"]
    marked = [number for number, has_hit in enumerate(rows(desk, SheetRole.HAS_HIT)) if has_hit]
    assert marked == [2, 6]
    assert desk.window.windowTitle() == "Contact sheet: pier.mov"
    assert not desk.window.progress.isVisible()
    assert desk.cued == []


def test_clicks_and_arrows_lead_the_player(desk: Desk, qtbot: QtBot) -> None:
    open_by_key(desk, qtbot)
    qtbot.waitUntil(lambda: desk.window.words.text() == "12 stills")
    view = desk.window.view
    assert view.currentIndex().row() == 2  # where the hit is that it was opened for
    QTest.keyClick(view, Qt.Key.Key_Right)
    place = view.visualRect(desk.window.model.index(5)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)  # once more
    assert desk.cued == [replace(HITS[0], start_ms=at_ms, end_ms=None) for at_ms in (15_000, 25_000, 25_000)]


def test_it_is_stopped_and_goes_on(desk: Desk, qtbot: QtBot) -> None:
    desk.gate.clear()
    open_by_key(desk, qtbot)
    qtbot.waitUntil(lambda: desk.window.words.text() == "3 of 12")
    assert desk.window.progress.isVisible()
    qtbot.mouseClick(desk.window.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.window.words.text() == "Stopped after 3")
    desk.gate.set()
    assert desk.window.button.text() == "Go on"
    qtbot.mouseClick(desk.window.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.window.words.text() == "12 stills")
    assert len(rows(desk)) == 12
    assert not desk.window.button.isVisible()


def test_another_clip_takes_its_place(desk: Desk, qtbot: QtBot) -> None:
    desk.gate.clear()
    open_by_key(desk, qtbot)
    qtbot.waitUntil(lambda: desk.window.words.text() == "3 of 12")
    window = desk.window
    desk.pane.select(2)
    desk.controller.open((HITS[2],))
    qtbot.waitUntil(lambda: window.words.text() == "This clip is not on this computer.")
    assert desk.window is window
    assert rows(desk) == []


def test_escape_puts_it_away_and_stops(desk: Desk, qtbot: QtBot) -> None:
    desk.gate.clear()
    open_by_key(desk, qtbot)
    qtbot.waitUntil(lambda: desk.window.words.text() == "3 of 12")
    QTest.keyClick(desk.window.view, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not desk.window.isVisible() and desk.window.words.text() == "Stopped after 3")
    desk.gate.set()
    desk.pane.activateWindow()
    wait_active(qtbot, desk.pane)
    open_by_key(desk, qtbot)
    qtbot.waitUntil(lambda: desk.window.words.text() == "12 stills")


def test_shots_are_taken_where_they_are_known(desk: Desk, qtbot: QtBot) -> None:
    open_by_key(desk, qtbot)
    qtbot.waitUntil(lambda: desk.window.words.text() == "12 stills")
    desk.has_outline = False
    desk.controller.open((replace(HITS[0], part_start_ms=500),))
    qtbot.waitUntil(lambda: len(desk.shots) == 2)
    desk.has_outline = True
    desk.controller.open((replace(HITS[0], part_start_ms=500),))
    qtbot.waitUntil(lambda: desk.shots == [(0, 7000), (), (500, 7500)])
    qtbot.waitUntil(lambda: desk.window.words.text() == "12 stills")


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK])
def test_controls_are_named_reached_and_whole(desk: Desk, qtbot: QtBot, theme: Theme) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, theme)
    desk.gate.clear()
    open_by_key(desk, qtbot)
    qtbot.waitUntil(lambda: desk.window.words.text() == "3 of 12")
    desk.window.resize(desk.window.minimumSize())
    assert texts_cut_off(desk.window, qtbot) == []
    mine = controls(desk.window)
    assert {named(each) for each in mine} == {"Contact sheet", "Stop"}
    assert set(mine) <= set(walk(desk.window.view, qtbot))
    assert all(looks_focused(each, other) for each, other in (mine, mine[::-1]))
    desk.gate.set()
    qtbot.waitUntil(lambda: desk.window.words.text() == "12 stills")
