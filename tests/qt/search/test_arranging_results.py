"""The list and the grid by keys and mouse: what opens and closes, where one is meanwhile, and the line at the floor."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QSlider, QToolButton
from pytestqt.qtbot import QtBot

from desktop_search.core.arranging import Sort
from desktop_search.core.hits import Found, Hit, ImageHit, SearchAnswer
from desktop_search.core.query import Scope, SearchFilters, SearchQuery, Strictness
from desktop_search.core.result_rows import Arrangement, MomentRow
from desktop_search.jobs.runner import JobRunner
from desktop_search.models.results_model import Role
from desktop_search.models.thumbnails import ThumbnailLoader
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.search.hit_parts import NUMBER_PX
from desktop_search.ui.search.results_pane import ResultsPane
from desktop_search.ui.search.results_view import ResultsView
from tests.support.focus import wait_active

pytestmark = pytest.mark.display


def hit(clip: str, start_s: int, score: float, words: str = "") -> Hit:
    scope = Scope.SAID if words else Scope.SEEN
    return Hit(clip, f"take_{clip}.mp4", start_s * 1000, start_s * 1000 + 900, score, words, scope)


A = tuple(hit("A", 30 * n, 0.9 - n / 100) for n in range(6))
B, C, FAR = hit("B", 0, 0.5), hit("C", 4, 0.3), hit("D", 0, 0.2)
BESIDE = Hit("B", "take_B.mp4", 500, 2000, 0.25, "ahoy", Scope.SAID)
HITS = (*A, B, C, BESIDE, FAR)
QUERY = SearchQuery("boat", filters=SearchFilters(strictness=Strictness.MEDIUM))


class Desk:
    """The pane with an answer on show, and what it told."""

    def __init__(self, qtbot: QtBot) -> None:
        self.commands = CommandSet()
        self.pane = ResultsPane(None, self.commands)
        self.view: ResultsView = self.pane.view
        self.told: list[Found] = []
        self.played: list[Hit] = []
        self.pane.hit_chosen.connect(self.told.append)
        self.pane.hit_played.connect(self.played.append)
        qtbot.addWidget(self.pane)
        self.pane.resize(520, 700)
        self.pane.show()
        self.pane.activateWindow()
        wait_active(qtbot, self.pane)
        self.pane.show_answer(QUERY, SearchAnswer(HITS), 0.1)

    def rows(self) -> list[str]:
        """The list in short: clip and second of a moment, what an opener says; "  " before what was opened."""
        model = self.view.model()
        lines = []
        for number in range(model.rowCount()):
            row = model.index(number, 0).data(Role.ROW)
            if isinstance(row, MomentRow):
                assert isinstance(row.found, Hit)
                lines.append(f"{'  ' * row.is_inner}{row.found.video_no}{row.found.start_ms // 1000}")
            else:
                lines.append(str(model.index(number, 0).data()))
        return lines

    def current(self) -> str:
        return self.rows()[self.view.currentIndex().row()]

    def press(self, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            QTest.keyClick(self.view, key, modifiers)

    def click(self, row: int, at: QPoint | None = None) -> None:
        place = at or self.view.visualRect(self.view.model().index(row, 0)).center()
        QTest.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)

    def texts(self) -> str:
        shown = [each for each in self.pane.findChildren(QLabel) if each.isVisible()]
        return "\n".join(label.text() for label in shown)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


CLOSED = ["A0", "A30", "A60", "+3 more of take_A.mp4", "B0", "C4", "below Medium (0.225)", "D0"]


def test_right_opens_and_left_closes_and_the_current_row_stays(desk: Desk) -> None:
    assert desk.rows() == CLOSED
    desk.pane.focus_list()
    desk.press(Qt.Key.Key_Down, Qt.Key.Key_Right)
    assert desk.rows()[:7] == ["A0", "A30", "A60", "A90", "A120", "A150", "Fewer of take_A.mp4"]
    assert desk.current() == "A30"
    desk.press(Qt.Key.Key_Left)
    assert desk.rows() == CLOSED
    assert desk.current() == "A30"
    assert desk.told == [A[0], A[1]]  # the player is not led anywhere by opening and closing


def test_the_opener_leads_to_what_it_shows_and_is_left_alone_by_the_player(desk: Desk) -> None:
    desk.pane.focus_list()
    desk.press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert desk.current().startswith("+3")
    assert desk.told[-1] == A[2]
    desk.press(Qt.Key.Key_Return)
    assert desk.current() == "A90"
    assert desk.played == []
    desk.press(Qt.Key.Key_Return)
    assert desk.played == [A[3]]
    desk.press(Qt.Key.Key_Minus)  # the current row is hidden: its clip's line stands for it
    assert desk.current().startswith("+3")


def test_a_folded_row_opens_by_key_and_by_its_number(desk: Desk) -> None:
    desk.pane.select(4)
    desk.press(Qt.Key.Key_Plus)
    assert desk.rows()[4:6] == ["B0", "  B0"]
    desk.press(Qt.Key.Key_Down, Qt.Key.Key_Left)
    assert desk.rows() == CLOSED
    assert desk.current() == "B0"
    index = desk.view.model().index(4, 0)
    chip = desk.view.hits.chip_rect(desk.view.visualRect(index), index.data(Role.ROW))
    desk.click(4, chip.center())
    assert desk.rows()[5] == "  B0"
    spoken = str(desk.view.model().index(4, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken == "seen, said: take_B.mp4 0:00.0 – 0:00.9, score 0.50, with 1 next to it"


def test_the_line_hides_and_shows_what_is_below(desk: Desk) -> None:
    line = CLOSED.index("below Medium (0.225)")
    desk.click(line)
    assert desk.rows()[-1] == "1 below Medium (0.225)"
    assert FAR not in desk.pane.hits()
    desk.click(line)
    assert desk.rows() == CLOSED
    assert FAR in desk.pane.hits()


def test_the_slider_moves_the_line_without_asking(desk: Desk, qtbot: QtBot) -> None:
    slider = next(each for each in desk.pane.findChildren(QSlider) if each.isVisible())
    assert slider.value() == 225
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_PageUp)
    assert desk.rows()[-3:] == ["C4", "below 0.3", "D0"]
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert desk.rows()[-3:] == ["below 0.325", "C4", "D0"]
    assert "7 moments" in desk.texts()
    QTest.keyClick(slider, Qt.Key.Key_Home)
    assert desk.rows()[-1] == "D0"
    assert "any match" in desk.texts()


def test_when_nothing_is_close_enough_the_closest_is_named_and_shown(desk: Desk, qtbot: QtBot) -> None:
    desk.pane.show_answer(QUERY, SearchAnswer((FAR, hit("D", 3, 0.11))), 0.1)
    assert "Nothing is close enough" in desk.texts()
    assert "The closest was “take_D.mp4” at 0:00.0, with a score of 0.20." in desk.texts()
    assert desk.pane.hits() == ()
    button = next(each for each in desk.pane.findChildren(QPushButton) if each.text() == "Show the closest")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert desk.rows() == ["below Medium (0.225)", "D0", "D3"]


def test_sorting_keeps_the_current_row_and_the_selection(desk: Desk) -> None:
    desk.pane.select(4)
    desk.press(Qt.Key.Key_Down, modifiers=Qt.KeyboardModifier.ShiftModifier)
    told = list(desk.told)
    assert desk.pane.chosen() == (B, C)
    for command, first in (("results.by-name", "A0"), ("results.by-position", "A0"), ("results.by-relevance", "A0")):
        assert desk.commands.run(command)
        assert desk.rows()[0] == first
        assert desk.current() == "C4"
        assert desk.pane.chosen() == (B, C)
    assert desk.told == told
    assert desk.commands.run("results.group")
    assert desk.rows()[:6] == ["A0", "A30", "A60", "A90", "A120", "A150"]
    assert desk.pane.arrangement == Arrangement(sort=Sort.RELEVANCE, is_grouped=False)


def test_the_grid_goes_by_all_four_arrows(desk: Desk, qtbot: QtBot) -> None:
    desk.pane.set_arrangement(Arrangement(is_grouped=False))
    desk.pane.focus_list()
    toggle = next(each for each in desk.pane.findChildren(QToolButton) if each.accessibleName() == "Show as a grid")
    QTest.mouseClick(toggle, Qt.MouseButton.LeftButton)
    assert toggle.accessibleName() == "Show as a list"
    qtbot.waitUntil(lambda: desk.view.visualRect(desk.view.model().index(1, 0)).left() > 100)
    desk.view.setFocus()
    desk.press(Qt.Key.Key_Right)
    assert desk.current() == "A30"
    desk.press(Qt.Key.Key_Down)
    assert desk.current() == "A90"  # two in a row
    desk.press(Qt.Key.Key_End)
    assert desk.current() == "D0"
    line = desk.view.visualRect(desk.view.model().index(desk.rows().index("below Medium (0.225)"), 0))
    assert line.width() == desk.view.viewport().width()
    assert desk.commands.run("results.view")
    assert not desk.view.is_grid
    assert desk.current() == "D0"


def test_a_cell_of_the_grid_shows_the_whole_timecode(desk: Desk) -> None:
    desk.pane.set_arrangement(Arrangement(is_grouped=False, is_grid=True))
    for pane_px in (340, 520, 616, 900):
        desk.pane.resize(pane_px, 700)
        QApplication.processEvents()
        cell = desk.view.visualRect(desk.view.model().index(0, 0))
        row = desk.view.model().index(0, 0).data(Role.ROW)
        words_px = desk.view.hits.picture_rect(cell, row).width() - 19 - NUMBER_PX - 6  # less a badge and the score
        assert words_px >= desk.view.fontMetrics().horizontalAdvance("10:00:05:08")


def test_letters_find_a_name(desk: Desk) -> None:
    desk.pane.focus_list()
    for letter in "take_c":
        QTest.keyClicks(desk.view, letter)
    assert desk.current() == "C4"


def test_next_and_previous_hits_go_past_lines(desk: Desk) -> None:
    desk.pane.select(2)
    desk.pane.move_by(1)
    assert desk.current() == "B0"
    desk.pane.move_by(-1)
    assert desk.current() == "A60"
    desk.pane.select(0)
    desk.pane.move_by(-1)
    assert desk.current() == "A0"


def test_more_of_the_same_answer_leaves_everything_where_it_is(desk: Desk) -> None:
    desk.pane.select(1)
    desk.press(Qt.Key.Key_Right)
    told = list(desk.told)
    desk.pane.show_answer(QUERY, SearchAnswer((hit("Z", 0, 0.99), *HITS)), 0.2, is_continued=True)
    assert desk.rows()[0] == "Z0"
    assert "A150" in desk.rows()
    assert (desk.current(), desk.told) == ("A30", told)
    desk.pane.show_answer(QUERY, SearchAnswer(HITS), 0.2)
    assert desk.rows() == CLOSED


def test_images_are_arranged_too(desk: Desk) -> None:
    images = tuple(ImageHit(str(n), "still.jpg", score=0.5, taken_ms=taken) for n, taken in enumerate((1, None, 3)))
    desk.pane.show_answer(SearchQuery("pier", Scope.IMAGE), SearchAnswer(images=images), 0.1)
    assert desk.commands.run("results.by-time")
    assert desk.pane.images() == (images[2], images[0], images[1])
    QApplication.processEvents()


def test_pictures_that_look_the_same_are_folded_when_they_are_there(qtbot: QtBot) -> None:
    twins = tuple(hit(clip, 4, score) for clip, score in (("A", 0.9), ("B", 0.8), ("C", 0.7)))

    def load(key: object, _side: int, _token: object, _early: object) -> bytes:
        image = Image.new("RGB", (64, 36), "#304060")
        ImageDraw.Draw(image).ellipse((10, 5, 40, 30) if key != twins[1] else (30, 15, 60, 30), fill="#e0c0a0")
        data = BytesIO()
        image.save(data, "JPEG")
        return data.getvalue()

    runner = JobRunner()
    pane = ResultsPane(ThumbnailLoader(runner, load))
    qtbot.addWidget(pane)
    pane.resize(520, 700)
    pane.show()
    pane.show_answer(SearchQuery("boat"), SearchAnswer(twins), 0.1)
    pane.select(2)
    model = pane.view.model()
    qtbot.waitUntil(lambda: model.rowCount() == 2, timeout=10_000)
    assert pane.hits() == (twins[0], twins[2], twins[1])
    assert pane.chosen() == (twins[0],)  # what was chosen is in it now
    pane.set_arrangement(Arrangement(is_folded=False))
    assert model.rowCount() == 3
    runner.shut_down()
