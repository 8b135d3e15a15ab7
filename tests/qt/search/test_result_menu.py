"""The menu of results: opened by mouse and keys, greyed with the reason, and what its entries really do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QMenu
from pytestqt.qtbot import QtBot

from desktop_search.core.errors import AppError
from desktop_search.core.hits import ClipKey, Hit, ImageHit, SearchAnswer
from desktop_search.core.query import Scope, SearchQuery
from desktop_search.core.result_rows import Arrangement
from desktop_search.core.timecode import Timebase
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.revealing import Revealer
from desktop_search.ui.search.result_actions import ResultActions
from desktop_search.ui.search.result_menu import ResultMenu
from desktop_search.ui.search.results_pane import ResultsPane
from desktop_search.ui.search.results_view import ResultsView
from tests.support.focus import wait_active

pytestmark = pytest.mark.display
DROP = Timebase(Fraction(30000, 1001), drop_frame=True, start_frame=107892)
HITS = (
    Hit("VI1", "pier\n1.mov", 2002, 4004, 0.7, "", Scope.SEEN, library_id="local"),
    Hit("VI2", "cloud.mp4", 61_500, 65_000, 0.6, "", Scope.SEEN, library_id="memories.ai"),
    Hit("VI1", "pier\n1.mov", 10_010, 12_012, 0.5, "", Scope.SEEN, library_id="local"),
)


class Desk(QObject):
    """The pane with its menu; originals are as the test says, opened files are noted."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        commands = CommandSet(self)
        self.runner, self.pane = JobRunner(), ResultsPane(commands=commands)
        qtbot.addWidget(self.pane)
        self.menu = ResultMenu(self.pane, commands)
        self.paths: dict[str, Path] = {}
        self.revealed: list[Sequence[Path]] = []
        self.opened: list[str] = []
        self.problems: list[AppError] = []
        self.has_file_manager = True
        revealer = Revealer(self.runner, self.reveal, self.menu)
        self.actions = ResultActions(self.runner, self, self.timebases, revealer, self.menu)
        self.actions.failed.connect(self.problems.append)

    def originals(self, found: tuple[Hit | ImageHit, ...]) -> tuple[Path, ...]:
        ids = (each.video_no if isinstance(each, Hit) else each.image_id for each in found)
        return tuple(dict.fromkeys(self.paths[each] for each in ids if each in self.paths))

    def timebases(self, hits: Iterable[Hit], _token: CancelToken) -> dict[ClipKey, Timebase]:
        return {hit.clip: DROP for hit in hits if hit.video_no == "VI1"}

    def reveal(self, paths: Sequence[Path]) -> bool:
        self.revealed.append(paths)
        return self.has_file_manager

    @Slot(QUrl)
    def open_url(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())

    @property
    def view(self) -> QListView:
        found: QListView = self.pane.findChild(ResultsView)  # type: ignore[assignment]
        return found


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    made.pane.resize(520, 600)
    made.pane.show()
    made.pane.activateWindow()
    wait_active(qtbot, made.pane)
    made.pane.set_arrangement(Arrangement(is_grouped=False))
    made.pane.show_answer(SearchQuery("boat"), SearchAnswer(HITS), 0.1)
    made.pane.focus_list()
    QDesktopServices.setUrlHandler("file", made, "open_url")  # type: ignore[arg-type]  # the stub asks for bytes, PySide for text
    yield made
    QDesktopServices.unsetUrlHandler("file")
    made.runner.shut_down()


def open_menu(qtbot: QtBot) -> QMenu:
    def menu() -> QMenu | None:
        popup = QApplication.activePopupWidget()
        return popup if isinstance(popup, QMenu) else None

    qtbot.waitUntil(lambda: menu() is not None)
    found = menu()
    assert found is not None
    return found


def wait_gone(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)


def texts(menu: QMenu, *, enabled: bool) -> list[str]:
    entries = [each for each in menu.actions() if not each.isSeparator() and each.isEnabled() is enabled]
    return [each.text().split("\t")[0] for each in entries]


def copied(qtbot: QtBot, text: str) -> None:
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == text)


def test_timecodes_are_those_of_the_clip_one_line_for_each(desk: Desk, qtbot: QtBot) -> None:
    QTest.keyClick(desk.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied(qtbot, "01:00:02;00 – 01:00:04;00")
    QTest.keyClick(desk.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(desk.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = [
        "pier 1.mov\t01:00:02;00 – 01:00:04;00",
        "cloud.mp4\t1:01.5 – 1:05.0",
        "pier 1.mov\t01:00:10;00 – 01:00:12;00",
    ]
    copied(qtbot, "\n".join(lines))


def test_the_mouse_opens_the_menu_and_copies_the_name(desk: Desk, qtbot: QtBot) -> None:
    place = desk.view.visualRect(desk.view.model().index(1, 0)).center()
    inside = desk.view.viewport().mapTo(desk.pane, place)
    QTest.mouseClick(desk.pane.windowHandle(), Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, inside)
    menu = open_menu(qtbot)
    entry = next(each for each in menu.actions() if each.text() == "Copy name")
    at = menu.actionGeometry(entry).center()
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    copied(qtbot, "cloud.mp4")
    wait_gone(qtbot)


def test_without_an_original_entries_say_so(desk: Desk, qtbot: QtBot) -> None:
    desk.paths["VI1"] = Path("/media/pier 1.mov")
    desk.pane.select(1)
    QTest.keyClick(desk.view, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    menu = open_menu(qtbot)
    greyed = [
        f"{words} (not on this computer)"
        for words in ("Copy path", "Show in its folder", "Open in the system's player")
    ]
    qtbot.waitUntil(lambda: texts(menu, enabled=False) == greyed)
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    wait_gone(qtbot)
    QTest.keyClick(desk.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)  # one of them has its original
    QTest.keyClick(desk.view, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    again = open_menu(qtbot)
    qtbot.waitUntil(lambda: texts(again, enabled=False) == [])
    QTest.keyClick(again, Qt.Key.Key_Escape)
    wait_gone(qtbot)
    assert not desk.problems


def test_files_are_shown_and_opened(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    clip = tmp_path / "pier # 100% ü.mov"
    desk.paths["VI1"] = clip
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(desk.view, Qt.Key.Key_R, both)
    qtbot.waitUntil(lambda: desk.revealed == [(clip,)])
    desk.has_file_manager = False
    QTest.keyClick(desk.view, Qt.Key.Key_R, both)
    qtbot.waitUntil(lambda: desk.opened == [str(tmp_path)])  # the folder, where no file manager can choose a file in it
    QTest.keyClick(desk.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(desk.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: desk.opened == [str(tmp_path), str(clip)])  # two moments of it, but one file
    QTest.keyClick(desk.view, Qt.Key.Key_C, both)
    copied(qtbot, str(clip))


def test_a_key_for_a_file_that_is_not_there_says_why(desk: Desk, qtbot: QtBot) -> None:
    desk.pane.select(1)
    QTest.keyClick(desk.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(desk.problems) == 1)
    assert "not on this computer" in str(desk.problems[0])


def test_pictures_have_no_timecode(desk: Desk, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("before")
    image = ImageHit("9", "pier.jpg")
    desk.pane.show_answer(SearchQuery("pier", Scope.IMAGE), SearchAnswer(images=(image,)), 0.1)
    desk.pane.focus_list()
    QTest.keyClick(desk.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    desk.menu.popup(desk.pane.mapToGlobal(QPoint(5, 5)))
    menu = open_menu(qtbot)
    assert "Copy timecode (pictures have none)" in texts(menu, enabled=False)
    menu.close()
    wait_gone(qtbot)
    assert QGuiApplication.clipboard().text() == "before"
