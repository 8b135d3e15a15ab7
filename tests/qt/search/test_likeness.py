"""More like this takes its time off the window's thread, can be stopped, and never comes after a newer search."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QListView, QPushButton
from pytestqt.qtbot import QtBot

from desktop_search.core.commands import Place
from desktop_search.core.errors import NotFound
from desktop_search.core.hits import Hit, ImageHit, SearchAnswer
from desktop_search.core.query import SearchQuery
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.search.likeness_controller import LikenessController
from desktop_search.ui.search.result_menu import ResultMenu
from desktop_search.ui.search.results_pane import ResultsPane
from desktop_search.ui.search.results_view import ResultsView
from desktop_search.ui.search.search_pane import SearchPane
from tests.qt.search.test_search_pane import field
from tests.support.focus import wait_active

pytestmark = pytest.mark.display
HITS = (
    Hit("VI1", "take 1", 0, 1000, 0.9, library_id="local"),
    Hit("VI1", "take 1", 5000, 6000, 0.8, library_id="local"),
    Hit("VI2", "take 2", 0, 1000, 0.7, library_id="local"),
    Hit("PI-3", "post", 0, 1000, 0.6, library_id="local", is_public=True),
)


class SlowPictures:
    """Makes a picture when it is let."""

    def __init__(self) -> None:
        self.begun, self.may_end, self.ended = threading.Event(), threading.Event(), threading.Event()
        self.made: list[object] = []
        self.problem: NotFound | None = None

    def frame(self, path: Path, at_ms: int, token: CancelToken) -> Path:
        return self._make((path, at_ms), token)

    def found(self, found: Hit | ImageHit, token: CancelToken) -> Path:
        return self._make(found, token)

    def _make(self, what: object, token: CancelToken) -> Path:
        self.made.append(what)
        self.begun.set()
        try:
            while not self.may_end.wait(0.01):
                token.check()
            if self.problem is not None:
                raise self.problem
            return Path("/pictures/like.png")
        finally:
            self.ended.set()


class Desk:
    def __init__(self, qtbot: QtBot) -> None:
        self.runner, self.pictures = JobRunner(), SlowPictures()
        commands = CommandSet()
        self.search, self.results = SearchPane(commands), ResultsPane(commands=commands)
        for pane in (self.search, self.results):
            qtbot.addWidget(pane)
        commands.attach(Place.WINDOW, self.search)
        menu = ResultMenu(self.results, commands)
        self.controller = LikenessController(self.runner, self.pictures, self.search, menu)
        self.results.show_answer(SearchQuery("boat"), SearchAnswer(hits=HITS), 0.1)
        self.asked: list[SearchQuery] = []
        self.search.search_requested.connect(self.asked.append)

    def choose(self, row: int) -> None:
        self.results.select(row)
        self.results.focus_list()

    @property
    def button(self) -> str:
        texts = (button.text() for button in self.search.findChildren(QPushButton))
        return next(text for text in texts if text.startswith(("Search", "Stop")))


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    for pane in (made.search, made.results):
        pane.show()
    made.search.activateWindow()
    wait_active(qtbot, made.search)
    yield made
    made.pictures.may_end.set()
    made.runner.shut_down()


def test_the_search_begins_when_the_picture_is_there(desk: Desk, qtbot: QtBot) -> None:
    desk.controller.like_result(HITS[1])
    qtbot.waitUntil(desk.pictures.begun.is_set)
    assert desk.button == "Stop"
    assert desk.asked == []
    desk.pictures.may_end.set()
    qtbot.waitUntil(lambda: [query.picture for query in desk.asked] == [Path("/pictures/like.png")])
    assert desk.pictures.made == [HITS[1]]


def test_a_search_that_was_asked_meanwhile_wins(desk: Desk, qtbot: QtBot) -> None:
    desk.controller.like_frame(Path("/a.mp4"), 40)
    qtbot.waitUntil(desk.pictures.begun.is_set)
    qtbot.keyClicks(field(desk.search), "boat")
    qtbot.keyClick(field(desk.search), Qt.Key.Key_Return)
    desk.pictures.may_end.set()
    later = list[str]()
    desk.runner.start(lambda _token, _report: "done", lane="likeness", done=later.append)
    qtbot.waitUntil(lambda: later == ["done"])  # what was made before would have come before
    assert desk.search.query().picture is None
    assert [query.words for query in desk.asked] == ["boat"]


def test_escape_stops_it(desk: Desk, qtbot: QtBot) -> None:
    desk.controller.like_result(HITS[0])
    qtbot.waitUntil(desk.pictures.begun.is_set)
    with qtbot.waitSignal(desk.search.stop_requested):
        qtbot.keyClick(field(desk.search), Qt.Key.Key_Escape)
    qtbot.waitUntil(desk.pictures.ended.is_set)  # without being let
    assert desk.asked == []


def test_where_there_is_no_picture_the_button_searches_again(desk: Desk, qtbot: QtBot) -> None:
    desk.pictures.problem = NotFound("There is no picture of this moment.")
    desk.pictures.may_end.set()
    with qtbot.waitSignal(desk.controller.failed) as failed:
        desk.controller.like_result(HITS[0])
    assert failed.args == [desk.pictures.problem]
    assert desk.button == "Search"


@pytest.mark.parametrize(("rows", "clip"), [([0], "VI1"), ([0, 1], "VI1"), ([0, 2], ""), ([3], "")])
def test_one_clip_of_the_users_own_can_be_searched_inside(desk: Desk, qtbot: QtBot, rows: list[int], clip: str) -> None:
    desk.choose(rows[0])
    view = desk.results.findChild(ResultsView)
    assert isinstance(view, QListView)
    for row in rows:
        view.selectionModel().select(view.model().index(row, 0), QItemSelectionModel.SelectionFlag.Select)
    qtbot.keyClick(view, Qt.Key.Key_Y, Qt.KeyboardModifier.ShiftModifier)
    inside = desk.search.query().inside
    assert (inside[2] if inside else "") == clip
