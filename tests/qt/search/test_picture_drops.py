"""Pictures from another program: dropped on the query, on the pane and on the results, or pasted anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_search.core.commands import Place
from desktop_search.core.hits import Hit, SearchAnswer
from desktop_search.core.query import Scope, SearchQuery
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.search.results_pane import ResultsPane
from desktop_search.ui.search.search_pane import SearchPane
from tests.qt.search.test_search_pane import field
from tests.support.focus import wait_active
from tests.support.xdnd import SOURCE_CENTRE, Start, drag, other_program, xdotool

pytestmark = pytest.mark.display


class Desk(QWidget):
    """The search pane above results that have a row."""

    def __init__(self) -> None:
        super().__init__()
        commands = CommandSet(self)
        self.search, self.results = SearchPane(commands), ResultsPane()
        self.search.intake.watch(self.results)
        commands.attach(Place.WINDOW, self)
        column = QVBoxLayout(self)
        column.addWidget(self.search)
        column.addWidget(self.results, 1)
        hit = Hit("VI1", "take 1", 0, 1000, 0.5)
        self.results.show_answer(SearchQuery("boat"), SearchAnswer(hits=(hit,)), 0.1)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setGeometry(10, 10, 640, 500)

    def cover(self, pane: QWidget) -> QLabel:
        """What lights up over a pane below a picture."""
        return next(label for label in pane.findChildren(QLabel) if label.text().startswith("Let go"))


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    made = Desk()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    wait_active(qtbot, made)
    return made


@pytest.fixture
def source() -> Iterator[Start]:
    with other_program() as start:
        yield start


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    place = tmp_path / "a # 100% “straße”.PNG"
    QImage(8, 8, QImage.Format.Format_RGB32).save(str(place))
    return place


def let_go_over(qtbot: QtBot, desk: Desk, place: QPoint, lit: QWidget) -> SearchQuery:
    cover = desk.cover(lit)
    drag(qtbot, SOURCE_CENTRE, place, cover.isVisible)
    with qtbot.waitSignal(desk.search.search_requested, timeout=20_000) as asked:
        xdotool("mouseup", 1)
    assert not cover.isVisible()
    assert asked.args is not None
    query = asked.args[0]
    assert isinstance(query, SearchQuery)
    return query


def test_a_picture_dropped_on_the_results_is_searched_by(
    qtbot: QtBot, desk: Desk, source: Start, picture: Path
) -> None:
    source(picture)
    place = desk.results.mapToGlobal(desk.results.rect().center())
    assert let_go_over(qtbot, desk, place, desk.results) == SearchQuery(scope=Scope.ALL, picture=picture)
    assert picture.exists()


def test_a_picture_dropped_beside_the_query_is_searched_by(
    qtbot: QtBot, desk: Desk, source: Start, picture: Path
) -> None:
    source(picture)
    place = desk.search.mapToGlobal(QPoint(desk.search.width() // 2, desk.search.height() - 4))
    assert let_go_over(qtbot, desk, place, desk.search).picture == picture


def test_a_picture_dropped_on_the_query_is_searched_by(qtbot: QtBot, desk: Desk, source: Start, picture: Path) -> None:
    source(picture)
    query = field(desk.search)
    end = query.mapToGlobal(query.rect().center())
    drag(qtbot, SOURCE_CENTRE, end, query.underMouse)
    with qtbot.waitSignal(desk.search.search_requested, timeout=20_000) as asked:
        xdotool("mouseup", 1)
    assert asked.args == [SearchQuery(scope=Scope.ALL, picture=picture)]


def test_what_is_no_picture_is_not_taken(qtbot: QtBot, desk: Desk, source: Start, tmp_path: Path) -> None:
    video = tmp_path / "take 1.mp4"
    video.touch()
    source(video)
    with qtbot.assertNotEmitted(desk.search.search_requested):
        xdotool("mousemove", SOURCE_CENTRE.x(), SOURCE_CENTRE.y(), "mousedown", 1)
        end = desk.results.mapToGlobal(desk.results.rect().center())
        for step in range(1, 30):
            xdotool("mousemove", end.x() + step, end.y())
        xdotool("mouseup", 1)
        qtbot.waitUntil(lambda: not desk.cover(desk.results).isVisible())


def paste(qtbot: QtBot, desk: Desk) -> None:
    desk.results.focus_list()
    focused = QGuiApplication.focusObject()
    assert isinstance(focused, QWidget)
    assert desk.results.isAncestorOf(focused)
    qtbot.keyClick(focused, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_a_picture_is_pasted_from_anywhere_in_the_window(qtbot: QtBot, desk: Desk) -> None:
    image = QImage(8, 6, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    with qtbot.waitSignal(desk.search.image_given) as given:
        paste(qtbot, desk)
    assert given.args is not None
    assert given.args[0].size() == image.size()


def test_words_pasted_from_anywhere_go_into_the_query(qtbot: QtBot, desk: Desk) -> None:
    QGuiApplication.clipboard().setText("boat")
    paste(qtbot, desk)
    assert field(desk.search).text() == "boat"
    assert field(desk.search).hasFocus()
